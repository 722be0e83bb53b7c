package io.ticketmesh.client;

/**
 * Hears of what happens to tickets. Called by one thread at a time, never in a thread of the caller; it may take its time and call the client:
 * while it does nothing is read, and a server that gives up on it is asked again for what it did not get rid of. Whatever it throws is logged,
 * and the event counts as heard.
 */
@FunctionalInterface
public interface RemoteEventListener {
    /** Something happened. The same event may come twice; those of one ticket come in the order of causes. */
    void happened(RemoteEvent event);

    /**
     * Something may have been missed, because no server can tell any more what happened since the last event. Whatever is shown should be
     * read anew; what is heard from now on happened later. Does nothing by default.
     */
    default void reset() {}

    /** The stream broke, and another one is begun, which goes on with what comes next. Does nothing by default. */
    default void interrupted(FailedAttempt failure) {}
}
