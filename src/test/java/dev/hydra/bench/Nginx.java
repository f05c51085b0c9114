package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx as a plain reverse proxy, set up as well as the gateway is: connections kept on both sides, nothing held back, nothing logged. */
final class Nginx {
    private static final String CONFIG = """
            daemon off;
            worker_processes 2;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
                access_log off;
                tcp_nodelay on;
                keepalive_requests 1000000000;
                # A body in a file goes out behind its head, and waits 40 ms for the head's acknowledgement.
                client_body_buffer_size 8m;
                client_max_body_size 0;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                upstream provider {
                    server 127.0.0.1:PROVIDER;
                    keepalive 64;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:PORT;
                    location / {
                        proxy_pass http://provider;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering off;
                    }
                }
            }
            """;

    private Nginx() {
    }

    /** The program, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
                .map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
    }

    /** What it calls itself, e.g. {@code nginx/1.22.1}. */
    static String version(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().replace("nginx version: ", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalProcess start(Path program, Path directory, int provider) {
        int port = LocalProcess.freePort();
        try {
            // Started by root, its workers run as another user, who must get to the folders for temporary files.
            Path home = Files.createDirectory(directory.resolve("nginx"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path config = Files.writeString(home.resolve("nginx.conf"),
                    CONFIG.replace("PROVIDER", Integer.toString(provider)).replace("PORT", Integer.toString(port)));
            return LocalProcess.start(List.of(program.toString(), "-e", "stderr", "-p", home.toString(), "-c", config.toString()), port,
                    directory.resolve("nginx.txt"), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
