package io.ticketmesh.client;

import java.util.function.Consumer;

/**
 * Incidents, of which reports under one key become one ticket in the whole mesh, which counts them and is opened again when it comes back.
 * Thread-safe.
 */
public final class RemoteIncidents {
    private final AsyncRemoteIncidents async;

    RemoteIncidents(AsyncRemoteIncidents async) {
        this.async = async;
    }

    /** Reports an incident of which the key says all; see {@link #report(String, Consumer)}. */
    public RemoteIncident report(String dedupKey) {
        return Outcome.of(async.report(dedupKey));
    }

    /**
     * Reports an incident. The server counts it and writes it in a moment, with others of its key. Asked of one server only, unless it is
     * certain that it was not carried out, because a repetition is counted again: after {@link UnreachableException} it is open whether it
     * was counted. What a server has not written yet is lost when it is killed.
     *
     * @param dedupKey says which incidents are the same; 1 to 255 characters
     * @throws GoneException when its ticket was purged
     */
    public RemoteIncident report(String dedupKey, Consumer<IncidentDraft> details) {
        return Outcome.of(async.report(dedupKey, details));
    }
}
