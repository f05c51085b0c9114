package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who waits, for how long, and whose turn it is. */
class WaitQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestPool pool = new TestPool(new Pool(Strategy.BALANCED, 0, LimitMode.ENFORCE, PATIENCE, 3, 1), LimitTable.none())
            .with(1);

    private Ticket ticket(Duration patience) {
        return ticket(TestPool.MODEL, patience);
    }

    private Ticket ticket(String model, Duration patience) {
        return new Ticket(pool.pool.queue(), new LeaseRequest(model, 0, List.of(), Set.of()), pool.clock.instant(), patience);
    }

    private static Lease lease(Optional<Offer> offer) {
        return ((Offer.Granted) offer.orElseThrow()).lease();
    }

    @Test
    void whoComesFirstIsServedFirst() {
        Lease open = pool.lease();
        List<Ticket> line = new ArrayList<>();
        List<Integer> woken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int place = i;
            Ticket ticket = ticket(PATIENCE);
            ticket.onWake(() -> woken.add(place));
            line.add(ticket);
            assertThat(ticket.poll()).isEmpty();
            assertThat(ticket.poll()).isEmpty();
        }
        assertThat(pool.pool.queue().lengths().get(TestPool.MODEL)).isEqualTo(new WaitQueue.Length(3, pool.clock.instant()));

        open.succeeded(1);
        assertThat(woken).containsExactly(0);
        assertThat(line.get(1).poll()).isEmpty();
        assertThat(ticket(PATIENCE).poll()).as("one who comes now").isEmpty();
        Lease first = lease(line.get(0).poll());
        line.get(0).leave();
        assertThat(woken).containsExactly(0, 1);
        assertThat(line.get(1).poll()).isEmpty();
        first.close();
        lease(line.get(1).poll());
    }

    @Test
    void aWaiterLeavesAtItsDeadlineWithTheTruth() {
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(15)), false, "429");
        Ticket first = ticket(PATIENCE);
        Ticket second = ticket(Duration.ofSeconds(16));
        assertThat(first.poll()).isEmpty();
        assertThat(second.poll()).isEmpty();
        assertThat(first.poll()).isEmpty();
        assertThat(first.again()).isEqualTo(pool.clock.in(Duration.ofSeconds(15)));
        pool.clock.advance(Duration.ofSeconds(15));
        Lease lease = lease(first.poll());
        first.leave();
        assertThat(second.poll()).isEmpty();
        lease.coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(30)), false, "429");
        assertThat(second.poll()).contains(new Offer.Cooling(pool.clock.in(Duration.ofSeconds(30)), false,
                "The quota per minute for 'gemini-2.5-flash' is used up on every key."));
        second.leave();
        assertThat(pool.pool.queue().lengths()).isEmpty();
    }

    @Test
    void nobodyWaitsInVain() {
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(21)), false, "429");
        assertThat(ticket(PATIENCE).poll()).isPresent();
        assertThat(ticket(Duration.ZERO).poll()).isPresent();
        assertThat(ticket(Duration.ofSeconds(22)).poll()).isEmpty();
        assertThat(ticket(PATIENCE).poll()).as("behind one who waits longer").isPresent();
    }

    private static TestPool ofTokens(int projects) {
        return new TestPool(new Pool(Strategy.BALANCED, 0, LimitMode.ENFORCE, PATIENCE, 3, 100),
                LimitTable.parse("[[limit]]\nmodels = \"*\"\ntpm = 1000\n")).with(projects);
    }

    private static Ticket ticket(TestPool pool, long tokens) {
        return new Ticket(pool.pool.queue(), new LeaseRequest(TestPool.MODEL, tokens, List.of(), Set.of()), pool.clock.instant(),
                Duration.ofSeconds(60));
    }

    @Test
    void smallerRequestsUseWhatALargeOneCannotAndDoNotDelayIt() {
        TestPool two = ofTokens(2);
        String first = two.lease(900).keyId();
        two.clock.advance(Duration.ofSeconds(10));
        two.lease(700);
        two.clock.advance(Duration.ofSeconds(49));
        Ticket large = ticket(two, 500);
        List<Ticket> woken = new ArrayList<>();
        assertThat(large.poll()).isEmpty();
        assertThat(large.poll()).isEmpty();
        assertThat(large.again()).as("when the first project's 900 tokens are a minute old")
                .isEqualTo(two.clock.in(Duration.ofMillis(1_420)));

        Ticket tooLarge = ticket(two, 400);
        Ticket small = ticket(two, 200);
        Ticket other = ticket(two, 50);
        for (Ticket ticket : List.of(tooLarge, small, other)) {
            ticket.onWake(() -> woken.add(ticket));
            assertThat(ticket.poll()).isEmpty();
        }
        assertThat(large.poll()).isEmpty();
        assertThat(woken).as("the first one in the line for whom there is room").containsExactly(small);
        assertThat(tooLarge.poll()).isEmpty();
        Lease overtaking = lease(small.poll());
        small.leave();
        assertThat(overtaking.keyId()).as("not the project that the large one waits for").isNotEqualTo(first);
        assertThat(large.poll()).isEmpty();
        assertThat(woken).containsExactly(small, other);
        assertThat(lease(other.poll()).keyId()).isNotEqualTo(first);
        other.leave();
        Ticket last = ticket(two, 90);
        assertThat(last.poll()).isEmpty();
        assertThat(last.poll()).as("the 100 tokens that the first project has left are not for others").isEmpty();

        two.clock.advance(Duration.ofMillis(1_420));
        assertThat(lease(large.poll()).keyId()).isEqualTo(first);
        large.leave();
        lease(tooLarge.poll());
    }

    @Test
    void onlySoManyGoBeforeOne() {
        TestPool two = ofTokens(2);
        two.lease(900);
        two.clock.advance(Duration.ofSeconds(10));
        two.lease(500);
        Ticket large = ticket(two, 800);
        assertThat(large.poll()).isEmpty();
        int granted = 0;
        for (int i = 0; i < 30; i++) {
            assertThat(large.poll()).isEmpty();
            Ticket small = ticket(two, 1);
            if (small.poll().isPresent() || small.poll().isPresent()) {
                granted++;
                small.leave();
            }
        }
        assertThat(granted).isEqualTo(16);
    }

    @Test
    void modelsDoNotWaitForEachOther() {
        pool.add("p2", Optional.of(Set.of("other")));
        pool.add("p3", Optional.of(Set.of(TestPool.MODEL)));
        pool.lease(TestPool.MODEL);
        Lease open = pool.lease(TestPool.MODEL);
        Ticket waiting = ticket(PATIENCE);
        assertThat(waiting.poll()).isEmpty();
        lease(ticket("other", PATIENCE).poll());
        open.close();
        lease(waiting.poll());
    }

    @Test
    void theLineIsBounded() {
        WaitQueue queue = new WaitQueue(pool.pool, pool.clock, 2);
        pool.lease();
        List<Optional<Offer>> offers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            offers.add(new Ticket(queue, new LeaseRequest(TestPool.MODEL, 0, List.of(), Set.of()), pool.clock.instant(), PATIENCE).poll());
        }
        assertThat(offers.subList(0, 2)).containsOnly(Optional.empty());
        assertThat(offers.subList(2, 4)).allMatch(Optional::isPresent);
    }

    @Test
    void aThreadIsWokenByAReleaseAndByTheEndOfTheGateway() throws Exception {
        Lease open = pool.lease();
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<Offer>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> {
                Offer offer = waited();
                served.incrementAndGet();
                return offer;
            }, task -> Thread.ofVirtual().start(task)));
        }
        await().until(() -> pool.pool.queue().lengths().get(TestPool.MODEL) instanceof WaitQueue.Length length && length.requests() == 3);
        open.close();
        await().until(() -> served.get() == 1);
        pool.pool.queue().close();
        await().until(() -> served.get() == 3);
        assertThat(waiting).extracting(CompletableFuture::join).hasAtLeastOneElementOfType(Offer.Granted.class)
                .hasAtLeastOneElementOfType(Offer.NoKeys.class);
        assertThat(pool.pool.queue().lengths()).isEmpty();
    }

    private Offer waited() {
        try {
            return pool.pool.lease(new LeaseRequest(TestPool.MODEL, 0, List.of(), Set.of()), Duration.ofMinutes(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClientThatHasGoneLeavesTheLine() throws Exception {
        pool.lease();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                pool.pool.lease(new LeaseRequest(TestPool.MODEL, 0, List.of(), Set.of()), Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                ended.complete(e);
            }
        });
        await().until(() -> !pool.pool.queue().lengths().isEmpty());
        client.interrupt();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(pool.pool.queue().lengths()).isEmpty();
        assertThat(pool.inFlight()).isEqualTo(1);
        assertThatThrownBy(pool::lease).isInstanceOf(AssertionError.class);
    }
}
