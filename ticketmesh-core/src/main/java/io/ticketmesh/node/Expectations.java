package io.ticketmesh.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for the replica to reach: a version, or copies on other nodes. Anybody adds; the replica thread looks whether
 * they are fulfilled or their time is over. Holds at most {@link #MOST}; further ones are answered at once.
 */
final class Expectations {
    static final int MOST = 8_192;

    private final List<Expectation<?>> waiting = new ArrayList<>();
    private boolean closed;

    /**
     * @param answer what is known now
     * @param fulfilled whether that is what is waited for
     */
    private record Expectation<T>(
            Supplier<T> answer, Predicate<T> fulfilled, long deadlineNanos, CompletableFuture<T> future) {
        /** What completes the future; null while it is to be waited for. */
        @Nullable
        Runnable completion(boolean atOnce) {
            T known = answer.get();
            boolean over = atOnce || fulfilled.test(known) || System.nanoTime() - deadlineNanos >= 0;
            return over ? () -> future.complete(known) : null;
        }
    }

    /**
     * Completes with the {@code answer} that {@code fulfilled} accepts, or with what it is when the time is over or the node stops. Both
     * are asked by the replica thread.
     *
     * @param refused the answer when too many wait already, or the node has stopped
     */
    <T> CompletableFuture<T> add(Supplier<T> answer, Predicate<T> fulfilled, Duration timeout, T refused) {
        CompletableFuture<T> future = new CompletableFuture<>();
        long deadline = System.nanoTime() + Math.max(0, timeout.toNanos());
        Expectation<T> expectation = new Expectation<>(answer, fulfilled, deadline, future);
        synchronized (this) {
            if (!closed && waiting.size() < MOST) {
                waiting.add(expectation);
                return future;
            }
        }
        future.complete(refused);
        return future;
    }

    /** Answers those that are fulfilled or late. The replica thread calls. */
    void look() {
        look(false);
    }

    private void look(boolean atOnce) {
        List<Runnable> completions = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Expectation<?>> each = waiting.iterator(); each.hasNext(); ) {
                Runnable completion = each.next().completion(atOnce);
                if (completion != null) {
                    completions.add(completion);
                    each.remove();
                }
            }
        }
        completions.forEach(Runnable::run); // outside of the lock: what depends on them may add others
    }

    /** Answers all as things stand, and later ones at once. The replica thread calls. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        look(true);
    }
}
