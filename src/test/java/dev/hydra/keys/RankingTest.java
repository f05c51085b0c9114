package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A ranking against a list that is sorted anew after each step. */
class RankingTest {
    private static final class Entry extends Ranked {
        Entry(long order) {
            super(order, "entry-" + order);
        }
    }

    private final Ranking<Entry> ranking = new Ranking<>();
    private final List<Entry> model = new ArrayList<>();
    private final List<Entry> absent = new ArrayList<>();
    private long uses;

    /** @param busy how many in a hundred entries come in with something under way, and so not at the end of the others */
    @Property(tries = 200)
    void itIsASortedList(@ForAll Random random, @ForAll @IntRange(min = 1, max = 400) int entries, @ForAll @IntRange(max = 100) int busy) {
        for (int i = 0; i < entries; i++) {
            absent.add(new Entry(i));
        }
        for (int step = 0; step < 1_500; step++) {
            if (!model.isEmpty() && random.nextInt(100) < (step / 500 == 1 ? 60 : 40)) {
                leave(random.nextInt(4) == 0 ? model.get(random.nextInt(model.size())) : model.getFirst());
            } else if (!absent.isEmpty()) {
                come(random, busy);
            }
            assertThat(ranking.first()).isSameAs(model.isEmpty() ? null : model.getFirst());
            assertThat(ranking.isEmpty()).isEqualTo(model.isEmpty());
            if (step % 50 == 0) {
                assertThat(ranking).containsExactlyElementsOf(model);
            }
        }
        assertThat(ranking).containsExactlyElementsOf(model);
        for (Entry entry : List.copyOf(model)) {
            leave(entry);
        }
        assertThat(ranking).isEmpty();
    }

    private void come(Random random, int busy) {
        Entry entry = absent.remove(random.nextInt(absent.size()));
        entry.load = random.nextInt(100) < busy ? random.nextInt(4) / 3.0 : 0;
        entry.overload = entry.load >= 1 ? entry.load : 0;
        entry.lastUse = random.nextInt(10) == 0 ? entry.lastUse : ++uses;
        model.add(entry);
        model.sort(Ranked.BEST_FIRST);
        ranking.add(entry);
    }

    private void leave(Entry entry) {
        model.remove(entry);
        ranking.remove(entry);
        absent.add(entry);
    }

    @Test
    void whatIsNotThereCanBeRemoved() {
        Entry entry = new Entry(1);
        ranking.remove(entry);
        ranking.add(entry);
        ranking.remove(entry);
        ranking.remove(entry);
        assertThat(ranking.first()).isNull();
    }
}
