package io.ticketmesh.node;

import java.time.Duration;

/** What a listener hears by; thread-safe. A call of the listener that has begun is not ended by anything. */
public interface Subscription extends AutoCloseable {
    /** How many events wait for the listener. */
    int waiting();

    /**
     * Takes nothing new, and ends when the listener has heard what waits, at the latest after {@code patience}. Waits for that, unless the
     * listener itself calls.
     *
     * @return whether the listener has heard all
     */
    boolean finish(Duration patience);

    /** Ends now: what waits is thrown away. A second call does nothing. */
    @Override
    void close();
}
