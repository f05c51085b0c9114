package dev.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    @Property(tries = 200)
    void aBodyIsReadAsItIsHoweverItArrives(@ForAll @IntRange(min = 0, max = 100_000) int size,
            @ForAll @IntRange(min = 1, max = 20_000) int piece, @ForAll boolean announced) throws IOException {
        byte[] body = bytes(size);
        ByteBudget budget = new ByteBudget(1_000_000);
        BodyReader.Outcome outcome = new BodyReader(budget, 100_000).read(new Chunks(body, List.of(piece)), announced ? size : -1);
        assertThat(outcome).isInstanceOfSatisfying(BodyReader.Outcome.Complete.class, complete -> {
            assertThat(complete.bytes()).isEqualTo(body);
            assertThat(budget.taken()).isBetween((long) size, Math.max(8192, 2L * size));
            complete.share().close();
            complete.share().close();
        });
        assertThat(budget.taken()).isZero();
    }

    @Test
    void aLargeBodyWithItsLengthAnnouncedIsReadWhole() throws IOException {
        byte[] body = bytes(5_000_000);
        BodyReader reader = new BodyReader(new ByteBudget(5_000_000), 10_000_000);
        assertThat(reader.read(new Chunks(body, List.of(65_536)), body.length)).isInstanceOfSatisfying(BodyReader.Outcome.Complete.class,
                complete -> assertThat(complete.bytes()).isEqualTo(body));
    }

    @Test
    void whatIsLargerThanAllowedIsRefusedBeforeItIsReadWhenItSaysSo() throws IOException {
        BodyReader reader = new BodyReader(new ByteBudget(1_000_000), 1000);
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("nothing should be read");
            }
        };
        assertThat(reader.read(unread, 1001)).isEqualTo(new BodyReader.Outcome.TooLarge(1000));
        for (int announced : new int[] {-1, 10, 1000}) {
            assertThat(reader.read(new ByteArrayInputStream(new byte[1001]), announced)).isEqualTo(new BodyReader.Outcome.TooLarge(1000));
        }
        assertThat(reader.read(new ByteArrayInputStream(new byte[1000]), -1)).isInstanceOf(BodyReader.Outcome.Complete.class);
    }

    @Test
    void whenOthersTakeTooMuchThereIsNoRoomAndNothingIsKept() throws IOException {
        ByteBudget budget = new ByteBudget(100_000);
        BodyReader reader = new BodyReader(budget, 90_000);
        ByteBudget.Share other = budget.take(50_000).orElseThrow();
        assertThat(reader.read(new ByteArrayInputStream(new byte[60_000]), 60_000)).isInstanceOf(BodyReader.Outcome.NoRoom.class);
        assertThat(reader.read(new ByteArrayInputStream(new byte[60_000]), -1)).isInstanceOf(BodyReader.Outcome.NoRoom.class);
        assertThat(budget.taken()).isEqualTo(50_000);
        other.close();
        assertThat(reader.read(new ByteArrayInputStream(new byte[60_000]), -1)).isInstanceOf(BodyReader.Outcome.Complete.class);
    }

    @Test
    void aBodyThatBreaksOffKeepsNothing() {
        ByteBudget budget = new ByteBudget(100_000);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        };
        assertThatThrownBy(() -> new BodyReader(budget, 1000).read(broken, 10)).isInstanceOf(IOException.class);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void theBudgetIsNeverOverdrawnByManyThreadsAndComesBackWhole() {
        ByteBudget budget = new ByteBudget(1000);
        long most = IntStream.range(0, 20_000).parallel().mapToLong(i -> budget.take(1 + i % 300).map(share -> {
            try (share) {
                return budget.taken();
            }
        }).orElse(0L)).max().orElseThrow();
        assertThat(most).isBetween(1L, 1000L);
        assertThat(budget.taken()).isZero();
        assertThat(budget.take(1001)).isEmpty();
        assertThat(budget.take(Long.MAX_VALUE)).isEmpty();
        assertThat(budget.take(1000)).isPresent();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
