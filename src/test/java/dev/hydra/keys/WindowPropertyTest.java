package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The arithmetic of a window against what a provider sees, which counts every request when it arrives. */
class WindowPropertyTest {
    private static final long MINUTE = 60_000;

    private record Arrival(long at, long tokens) {
    }

    private record Open(Window.Use use, long estimate, long at) {
    }

    @Property(tries = 300)
    void noSixtySecondsOfTheProvidersHoldMoreThanTheLimit(@ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int rpm,
            @ForAll @IntRange(min = 100, max = 20_000) int tpm) {
        Window window = new Window();
        Limit limit = new Limit(rpm, tpm, Limit.UNKNOWN);
        List<Arrival> arrivals = new ArrayList<>();
        long now = 1_000_000;
        for (int i = 0; i < 400; i++) {
            now += random.nextInt(4) == 0 ? random.nextInt(8_000) : random.nextInt(40);
            long estimate = 1 + random.nextInt(Math.max(1, tpm / 3));
            if (window.freeAt(limit, estimate, now) <= now) {
                window.claim(estimate, now);
                arrivals.add(new Arrival(now + random.nextInt((int) Window.TRAVEL), estimate));
            }
        }
        arrivals.sort((a, b) -> Long.compare(a.at, b.at));
        for (Arrival first : arrivals) {
            List<Arrival> within = arrivals.stream().filter(other -> other.at >= first.at && other.at < first.at + MINUTE).toList();
            assertThat(within.size()).isLessThanOrEqualTo(rpm);
            assertThat(within.stream().mapToLong(Arrival::tokens).sum()).isLessThanOrEqualTo(tpm);
        }
    }

    @Property(tries = 300)
    void itIsFreeWhenItSaidSoAndNotAStepEarlier(@ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int rpm) {
        Window window = new Window();
        Limit limit = new Limit(rpm, Limit.UNKNOWN, Limit.UNKNOWN);
        long now = 5_000;
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(3_000);
            long free = window.freeAt(limit, 0, now);
            if (free > now) {
                assertThat(window.freeAt(limit, 0, free - 1)).isEqualTo(free);
                now = free;
                assertThat(window.freeAt(limit, 0, now)).isEqualTo(now);
            }
            window.claim(0, now);
        }
    }

    @Property(tries = 300)
    void nothingIsLeftOfUsesThatAreOver(@ForAll Random random) {
        Window window = new Window();
        Deque<Open> open = new ArrayDeque<>();
        long now = 0;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(2_000);
            if (random.nextBoolean() || open.isEmpty()) {
                long estimate = random.nextInt(1_000);
                open.add(new Open(window.claim(estimate, now), estimate, now));
            } else {
                Open back = open.remove();
                Window.settle(back.use, back.estimate, random.nextInt(5_000), random.nextInt(5) > 0);
            }
            assertThat(window.requests(now)).isNotNegative();
            assertThat(window.tokens(now)).isNotNegative();
            assertThat(window.open()).isEqualTo(open.size());
        }
        open.forEach(back -> Window.settle(back.use, back.estimate, 0, true));
        long later = now + 2 * MINUTE;
        assertThat(window.requests(later)).isZero();
        assertThat(window.tokens(later)).isZero();
        assertThat(window.isIdle(later)).isTrue();
    }

    @Property(tries = 300)
    void twoWindowsBecomeOneByTheirSum(@ForAll Random random) {
        Window one = new Window();
        Window other = new Window();
        List<Open> open = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 50; i++) {
            now += random.nextInt(4_000);
            open.add(new Open((random.nextBoolean() ? one : other).claim(10, now), 10, now));
        }
        long moment = now;
        long least = open.stream().filter(use -> use.at + MINUTE + Window.TRAVEL > moment).count();
        long most = open.stream().filter(use -> use.at + MINUTE + Window.TRAVEL + 20 > moment).count();
        one.merge(other);
        assertThat(one.requests(now)).isBetween(least, most);
        assertThat(one.tokens(now)).isEqualTo(one.requests(now) * 10);
        open.forEach(use -> Window.settle(use.use, 10, 0, false));
        assertThat(one.open()).isZero();
        assertThat(one.requests(now)).isZero();
        assertThat(one.tokens(now)).isZero();
    }

    /** A step of {@link Window#STEP} in a list that is looked through as a whole. */
    private static final class Step {
        final long begins;
        long requests;
        long tokens;

        Step(long begins) {
            this.begins = begins;
        }
    }

    /** With a clock that is sometimes set back, and so many uses that the window has to grow. */
    @Property(tries = 300)
    void itIsAListOfSteps(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3_000) int pace) {
        Window window = new Window();
        List<Step> model = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        long now = 1_000_000;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(30) == 0 ? -random.nextInt(1_000) : random.nextInt(pace);
            long moment = now;
            window.requests(now);
            model.removeIf(step -> step.begins + Window.SPAN <= moment);
            if (random.nextInt(3) > 0 || open.isEmpty()) {
                Open use = new Open(window.claim(10, now), 10, stepOf(model, now).begins);
                add(model, use.at, 1, 10);
                open.add(use);
            } else {
                Open back = open.remove(random.nextInt(open.size()));
                boolean counted = random.nextBoolean();
                Window.settle(back.use, back.estimate, 7, counted);
                add(model, back.at, counted ? 0 : -1, counted ? -3 : -10);
            }
            assertThat(window.requests(now)).isEqualTo(model.stream().mapToLong(step -> step.requests).sum());
            assertThat(window.tokens(now)).isEqualTo(model.stream().mapToLong(step -> step.tokens).sum());
            assertThat(window.nextChange()).isEqualTo(model.isEmpty() ? Ranked.NEVER : model.getFirst().begins + Window.SPAN);
        }
        assertThat(window.steps(now)).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(model.stream()
                .filter(step -> step.requests > 0).map(step -> new long[] {step.begins, step.requests, step.tokens}).toList());
    }

    private static Step stepOf(List<Step> model, long now) {
        if (model.isEmpty() || now >= model.getLast().begins + Window.STEP) {
            model.add(new Step(now));
        }
        return model.getLast();
    }

    private static void add(List<Step> model, long begins, long requests, long tokens) {
        model.stream().filter(step -> step.begins == begins).forEach(step -> {
            step.requests += requests;
            step.tokens += tokens;
        });
    }
}
