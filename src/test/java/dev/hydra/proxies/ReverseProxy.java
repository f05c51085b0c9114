package dev.hydra.proxies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reverse proxies that {@code docker/} has a configuration for. */
enum ReverseProxy {
    NGINX("/usr/sbin/nginx") {
        @Override
        List<String> prepare(Path directory, Setup setup, int port, int upstream) throws IOException {
            String site = switch (setup) {
                case SHIPPED -> shipped("nginx/upstream.conf").replace("127.0.0.1:8000", "127.0.0.1:" + upstream)
                        + shipped("nginx/hydra.conf").replace("listen 80;", "listen 127.0.0.1:" + port + ";").replace("/var/log/nginx",
                                directory.toString());
                case BARE -> "server { listen 127.0.0.1:%d; location / { proxy_pass http://127.0.0.1:%d; } }".formatted(port, upstream);
            };
            // What Debian's own nginx.conf has around a site, with paths of the test.
            Path main = Files.writeString(directory.resolve("nginx.conf"), """
                    daemon off;
                    user root;
                    pid %1$s/nginx.pid;
                    error_log %1$s/main-error.log;
                    events { worker_connections 768; }
                    http {
                        access_log %1$s/main.log;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        %2$s
                    }
                    """.formatted(directory, site));
            return List.of(program, "-e", "stderr", "-c", main.toString());
        }
    },

    APACHE("/usr/sbin/apache2") {
        @Override
        List<String> prepare(Path directory, Setup setup, int port, int upstream) throws IOException {
            String site = switch (setup) {
                case SHIPPED -> shipped("apache/hydra.conf").replace("*:80>", "127.0.0.1:" + port + ">").replace("127.0.0.1:8000/",
                        "127.0.0.1:" + upstream + "/");
                case BARE -> "ProxyPass / http://127.0.0.1:%d/".formatted(upstream);
            };
            // Debian's modules with their settings, and the three that the configuration asks for.
            Path main = Files.writeString(directory.resolve("apache2.conf"), """
                    Define APACHE_LOG_DIR %1$s
                    ServerRoot %1$s
                    ServerName 127.0.0.1
                    PidFile %1$s/apache2.pid
                    DefaultRuntimeDir %1$s
                    ErrorLog %1$s/main-error.log
                    User www-data
                    Group www-data
                    Include /etc/apache2/mods-enabled/*.load
                    Include /etc/apache2/mods-enabled/*.conf
                    Include /etc/apache2/mods-available/proxy.load
                    Include /etc/apache2/mods-available/proxy_http.load
                    Include /etc/apache2/mods-available/headers.load
                    Listen 127.0.0.1:%2$d
                    %3$s
                    """.formatted(directory, port, site));
            return List.of(program, "-D", "FOREGROUND", "-f", main.toString());
        }
    },

    HAPROXY("/usr/sbin/haproxy") {
        @Override
        List<String> prepare(Path directory, Setup setup, int port, int upstream) throws IOException {
            String site = switch (setup) {
                case SHIPPED -> shipped("haproxy/haproxy.cfg").replace("bind :80", "bind 127.0.0.1:" + port).replace("127.0.0.1:8000",
                        "127.0.0.1:" + upstream);
                case BARE -> """
                        defaults
                            mode http
                            timeout connect 5s
                            timeout client 60s
                            timeout server 60s
                        listen bare
                            bind 127.0.0.1:%d
                            server hydra 127.0.0.1:%d
                        """.formatted(port, upstream);
            };
            return List.of(program, "-f", Files.writeString(directory.resolve("haproxy.cfg"), site).toString());
        }
    };

    /** How a proxy is set up. */
    enum Setup {
        /** As {@code docker/} has it. */
        SHIPPED,
        /** The least that proxies at all: no header is set by it on purpose. */
        BARE
    }

    /** The installed program; a test without it fails. */
    final String program;

    ReverseProxy(String program) {
        this.program = program;
    }

    /**
     * Writes the configuration.
     *
     * @param directory where all files of this run go
     * @param upstream  the gateway's port on 127.0.0.1
     * @return the command that runs it in the foreground
     */
    abstract List<String> prepare(Path directory, Setup setup, int port, int upstream) throws IOException;

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("docker", name)) + "\n";
    }
}
