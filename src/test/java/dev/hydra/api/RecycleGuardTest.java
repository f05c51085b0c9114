package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecycleGuardTest {
    private final RecycleGuard guard = new RecycleGuard();
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

    private static RecycleGuard told(int event) {
        RecycleGuard guard = new RecycleGuard();
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
