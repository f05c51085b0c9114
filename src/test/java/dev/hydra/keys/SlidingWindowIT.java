package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.redis.Script;
import dev.hydra.support.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The lease's script, with a minute of 400 ms, against a count of its own that knows nothing of steps and windows. */
class SlidingWindowIT {
    private static final long SPAN = 400;
    private static final long STEP = 20;
    private static final int REQUESTS = 7;
    private static final int TOKENS = 100;
    private static final Script LEASE = Script.of("project.lua", "lease.lua");

    @TempDir
    Path directory;

    /** Redis took it between these two moments, in nanoseconds. */
    private record Taken(long before, long after, int tokens) {
    }

    @Test
    void noTimeAsLongAsTheMinuteHoldsMoreThanTheLimits() throws Exception {
        Queue<Taken> taken = new ConcurrentLinkedQueue<>();
        try (RedisServer redis = new RedisServer(directory)) {
            try (Jedis client = redis.client()) {
                List.of("a", "b", "c").forEach(node -> client.hset(names().getFirst(), "#n:" + node, "1"));
            }
            long end = System.nanoTime() + 4_000_000_000L;
            ClusterStateIT.inParallel(9, client -> {
                try (Jedis line = redis.client()) {
                    for (int i = 0; System.nanoTime() < end; i++) {
                        int tokens = ThreadLocalRandom.current().nextInt(1, 40);
                        long before = System.nanoTime();
                        List<?> reply = (List<?>) line.eval(LEASE.text(), names(), args(client, i, tokens));
                        if (reply.getFirst().equals("taken")) {
                            taken.add(new Taken(before, System.nanoTime(), tokens));
                        }
                    }
                }
            });
        }
        List<Taken> all = new ArrayList<>(taken);
        long certain = (SPAN - STEP - 2) * 1_000_000;
        for (Taken first : all) {
            List<Taken> within = all.stream().filter(one -> one.before >= first.before && one.after <= first.before + certain).toList();
            assertThat(within).hasSizeLessThanOrEqualTo(REQUESTS);
            assertThat(within.stream().mapToInt(Taken::tokens).sum()).isLessThanOrEqualTo(TOKENS);
        }
        assertThat(all).as("the window moves on").hasSizeGreaterThan(3 * REQUESTS);
    }

    private static List<String> names() {
        return Referee.names("p", "m");
    }

    private static List<String> args(int client, int number, int tokens) {
        return List.of(List.of("a", "b", "c").get(client % 3), client + ":" + number, "k", "m", "m", Integer.toString(tokens),
                Integer.toString(REQUESTS),
                Integer.toString(TOKENS), "-1", "0", "15000", "1", Long.toString(STEP), Long.toString(SPAN), "0", "1", "9000000000000",
                "9100000000000", "m");
    }
}
