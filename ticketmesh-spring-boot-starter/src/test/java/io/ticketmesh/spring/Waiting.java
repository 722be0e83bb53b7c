package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what other threads do, and for the clock. */
public final class Waiting {
    private Waiting() {}

    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in vain").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Asks until the answer is one that is wanted, and returns that. */
    public static <T> T answer(Supplier<T> question, Predicate<T> wanted) {
        AtomicReference<T> answer = new AtomicReference<>();
        until(() -> {
            answer.set(question.get());
            return wanted.test(answer.get());
        });
        return answer.get();
    }

    /** What is made after this is younger by the milliseconds that lists are ordered by. */
    public static void untilTheClockMoves() {
        long now = System.currentTimeMillis();
        until(() -> System.currentTimeMillis() != now);
    }
}
