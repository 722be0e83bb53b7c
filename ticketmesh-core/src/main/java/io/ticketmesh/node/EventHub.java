package io.ticketmesh.node;

import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.TicketId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands events to subscribers, each of which has a queue and a thread of its own: none holds up the replica or another one. */
final class EventHub implements AutoCloseable {
    /** How long {@link #close()} waits for queued events to be delivered, in milliseconds. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private boolean closed;

    synchronized Subscription subscribe(EventListener listener) {
        Subscriber subscriber = new Subscriber(listener);
        if (!closed) {
            subscribers.add(subscriber);
            subscriber.start();
        }
        return new Listening(subscriber);
    }

    private final class Listening implements Subscription {
        private final Subscriber subscriber;

        Listening(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public int waiting() {
            return subscriber.waiting();
        }

        @Override
        public boolean finish(Duration patience) {
            subscriber.finish();
            boolean heard = subscriber.hasEnded(Deadline.in(patience.toMillis()));
            close();
            return heard;
        }

        @Override
        public void close() {
            subscribers.remove(subscriber);
            subscriber.end();
        }
    }

    /**
     * Never waits.
     *
     * @param books that were written
     */
    void publish(List<TicketEvent> events, List<TicketId> books) {
        if (events.isEmpty() && books.isEmpty()) {
            return;
        }
        List<Consumer<EventListener>> calls = new ArrayList<>(events.size() + books.size());
        books.forEach(book -> calls.add(listener -> listener.bookWritten(book)));
        events.forEach(event -> calls.add(listener -> listener.ticketChanged(event)));
        subscribers.forEach(subscriber -> subscriber.offer(calls));
    }

    /** Delivers what is queued, for at most a second. A listener that never returns keeps its thread until it does. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        subscribers.forEach(Subscriber::finish);
        Deadline deadline = Deadline.in(PATIENCE_MILLIS);
        subscribers.forEach(subscriber -> {
            subscriber.join(deadline);
            subscriber.end();
        });
    }
}
