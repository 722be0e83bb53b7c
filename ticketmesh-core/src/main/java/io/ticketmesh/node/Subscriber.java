package io.ticketmesh.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener with its queue and its thread. The queue holds {@link #CAPACITY} events. When it is full, all of it is thrown away and
 * the listener is told that it missed events, before any that come later: so what it hears after that is never older than what it
 * then reads. Thread-safe.
 */
final class Subscriber {
    static final int CAPACITY = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final EventListener listener;
    private final Thread thread = new Thread(this::run, "ticketmesh-events");

    /** Guarded by this, as are the three flags. */
    private final Deque<Consumer<EventListener>> queue = new ArrayDeque<>();

    private boolean missed;
    private boolean finishing;
    private boolean ended;

    /** Whether the last call failed; used by the thread alone. */
    private boolean failing;

    Subscriber(EventListener listener) {
        this.listener = listener;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Queues what the listener is to be told; never waits for it. */
    synchronized void offer(List<Consumer<EventListener>> calls) {
        if (ended || finishing) {
            return;
        }
        for (Consumer<EventListener> call : calls) {
            if (queue.size() >= CAPACITY) {
                queue.clear();
                missed = true;
            }
            queue.add(call);
        }
        notifyAll();
    }

    /** Lets the thread end once the queue is delivered. */
    synchronized void finish() {
        finishing = true;
        notifyAll();
    }

    /** Delivers nothing more, except a call that has begun. */
    synchronized void end() {
        ended = true;
        queue.clear();
        notifyAll();
    }

    synchronized int waiting() {
        return queue.size();
    }

    /** Waits until the thread has ended, and says whether it has; of one that was never started too. */
    boolean hasEnded(Deadline deadline) {
        return deadline.join(thread);
    }

    void join(Deadline deadline) {
        if (!hasEnded(deadline)) {
            LOG.warn("A listener of ticket events still works although the node is closed");
        }
    }

    private void run() {
        Runnable call = next();
        while (call != null) {
            guarded(call);
            call = next();
        }
    }

    /** The next call of the listener; null when there will be none. */
    private synchronized @Nullable Runnable next() {
        while (queue.isEmpty() && !missed && !ended && !finishing) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                // Nobody stops it this way.
            }
        }
        if (missed && !ended) {
            missed = false;
            return listener::eventsMissed;
        }
        Consumer<EventListener> call = queue.poll();
        return call == null ? null : () -> call.accept(listener);
    }

    /** One that fails every time is logged in full once, not ten thousand times. */
    private void guarded(Runnable call) {
        try {
            call.run();
            failing = false;
        } catch (Throwable failure) { // also what Kotlin throws undeclared, and errors: neither may end the thread
            if (failing) {
                LOG.debug("A listener of ticket events failed again", failure);
            } else {
                LOG.warn("A listener of ticket events failed; it stays subscribed", failure);
            }
            failing = true;
        }
        Thread.interrupted(); // what the listener may have left is not for its next call
    }
}
