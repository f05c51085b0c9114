package dev.hydra.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the JVM's AOT cache (JEP 483, 514, 515): classes as they are once loaded and linked, and what the compiler should know of them. A start that uses it
 * takes half the time and half the CPU, for a file of some 120 MB and 65 MB of memory. {@code ./hydra} runs this after a build, the image when it is built.
 */
public final class AotCache {
    /** Name of the file with the JVM's options for a start with the cache. A cache that does not fit the JVM is ignored by it, without a word. */
    static final String OPTIONS = "java.options";

    private static final String CACHE = "hydra.aot";
    private static final Pattern LISTENS = Pattern.compile("Hydra listens on (http://\\S+)");
    private static final long END_SECONDS = 180;

    private AotCache() {
    }

    /**
     * Unpacks the WAR that this class is in, has it answer simulated requests, and writes {@value #OPTIONS} last, when all is there.
     *
     * @param args the folder for all of it, which has to stay where it is
     */
    public static void main(String[] args) {
        try {
            make(Path.of(args[0]).toAbsolutePath().normalize());
        } catch (IOException | InterruptedException e) {
            System.err.println("hydra: no cache for the start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void make(Path folder) throws IOException, InterruptedException {
        Unpacked app = Unpacked.of(Unpacked.source(), folder);
        Path cache = app.directory().resolve(CACHE);
        String classPath = app.jars().stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
        train(cache, classPath);
        Path options = Files.createTempFile(folder, OPTIONS, null);
        Files.writeString(options, option("-XX:AOTCache=" + cache) + "-Xlog:aot*=off\n-Xlog:cds*=off\n-cp\n" + option(classPath)
                + Executable.class.getName() + "\n");
        Files.move(options, folder.resolve(OPTIONS), StandardCopyOption.ATOMIC_MOVE);
    }

    /** One argument in the syntax of the java command's argument files. */
    private static String option(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }

    private static void train(Path cache, String classPath) throws IOException, InterruptedException {
        Path app = cache.getParent();
        Path home = Files.createTempDirectory(app.getParent(), app.getFileName() + ".training");
        Path made = home.resolve(CACHE);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "--enable-native-access=ALL-UNNAMED", "-XX:AOTCacheOutput=" + made,
                "-cp", classPath, Executable.class.getName(), "gateway", "--demo", "--port", "0", "--home", home.toString());
        builder.directory(home.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HYDRA_") || name.startsWith("GEMINI_"));
        Process gateway = builder.start();
        try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
            TrainingRequests.send(address(said));
            gateway.toHandle().destroy(); // Process.destroy would close its output too
            List<String> rest = said.lines().toList();
            if (!gateway.waitFor(END_SECONDS, TimeUnit.SECONDS) || !Files.exists(made)) {
                throw new IOException("the JVM wrote none: " + rest);
            }
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE); // others may make the same at the same time
        } finally {
            gateway.destroyForcibly();
            Unpacked.delete(home);
        }
    }

    private static URI address(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return URI.create(listens.group(1));
            }
            all.append(line).append('\n');
        }
        throw new IOException("the gateway did not start: " + all);
    }
}
