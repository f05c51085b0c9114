package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RecycleGuardTest {
    private final RecycleGuard guard = new RecycleGuard(Duration.ofMinutes(1));
    private final List<String> done = new ArrayList<>();

    @Test
    void allUsesPassUntilTheEnd() throws IOException {
        guard.send(() -> done.add("sent"));
        guard.change(() -> done.add("changed"));

        assertThat(guard.receive(() -> 1)).isEqualTo(1);
        assertThat(guard.look(() -> "there", "gone")).isEqualTo("there");
        assertThat(done).containsExactly("sent", "changed");
    }

    @Test
    void theEndComesOnceAndIsTheLastUse() {
        guard.end(() -> done.add("ended"));
        guard.end(() -> done.add("ended again"));
        guard.onComplete(null);

        assertThat(done).containsExactly("ended");
        assertUnusable();
    }

    @Test
    void theContainersWordIsTheEnd() {
        for (RecycleGuard other : List.of(told(1), told(2), told(3))) {
            other.end(() -> done.add("completed"));
            other.change(() -> done.add("changed"));
        }

        assertThat(done).isEmpty();
    }

    /** A container may call the listeners from within {@code complete()}. */
    @Test
    void theEndMayBeToldFromWithin() {
        guard.end(() -> guard.onComplete(null));

        assertUnusable();
    }

    /** Tomcat has the requests of a stopping application time out long before their grace is over. */
    @Test
    void aTimeoutWaitsForTheRequestsOwnEnd() throws Exception {
        Thread container = Thread.ofPlatform().start(() -> guard.onTimeout(null));
        Awaitility.await().until(() -> container.getState() == Thread.State.TIMED_WAITING);

        guard.send(() -> done.add("last words"));
        guard.end(() -> done.add("completed"));
        container.join();

        assertThat(done).containsExactly("last words", "completed");
        assertUnusable();
    }

    private static RecycleGuard told(int event) {
        RecycleGuard guard = new RecycleGuard(Duration.ZERO);
        switch (event) {
            case 1 -> guard.onError(null);
            case 2 -> guard.onTimeout(null);
            default -> guard.onComplete(null);
        }
        return guard;
    }

    private void assertUnusable() {
        assertThatThrownBy(() -> guard.send(() -> done.add("late"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> guard.receive(() -> done.add("late"))).isInstanceOf(IOException.class);
        assertThat(guard.look(() -> "there", "gone")).isEqualTo("gone");
        assertThat(done).doesNotContain("late");
    }
}
