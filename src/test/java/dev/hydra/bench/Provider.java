package dev.hydra.bench;

import dev.hydra.demo.Quota;
import dev.hydra.demo.SimulatedGemini;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The simulated Gemini as a process of its own: any key, no quota, no delay. */
final class Provider {
    private Provider() {
    }

    static LocalProcess start(Path directory) {
        return start(directory, Content.CHUNKS.size(), Duration.ZERO);
    }

    /** @param pace time between two chunks of a stream */
    static LocalProcess start(Path directory, int chunks, Duration pace) {
        return start(directory, LocalProcess.freePort(), chunks, pace, 0);
    }

    /** @param faults share of the requests that go wrong, 0 to 1; see {@link ProviderFaults} */
    static LocalProcess start(Path directory, int port, int chunks, Duration pace, double faults) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return LocalProcess.start(
                List.of(java, "-Xmx1g", "-cp", System.getProperty("java.class.path"), Provider.class.getName(), Integer.toString(port),
                        Integer.toString(chunks), pace.toString(), Double.toString(faults)),
                port, directory.resolve("provider.txt"), Map.of());
    }

    /** Serves on the port in the first argument until the process is stopped; the others are number and pace of chunks, and the share of faults. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SimulatedGemini gemini = SimulatedGemini.builder().listenOn("127.0.0.1", Integer.parseInt(arguments[0]))
                .anyKey(Quota.UNLIMITED)
                .answer(Content.chunks(Integer.parseInt(arguments[1]))).pace(Duration.parse(arguments[2])).start()) {
            System.out.println(gemini.url());
            new ProviderFaults(gemini, Double.parseDouble(arguments[3])).order();
        }
    }
}
