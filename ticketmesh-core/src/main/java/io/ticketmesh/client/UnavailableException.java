package io.ticketmesh.client;

import java.util.List;

/**
 * All servers that were asked answered that they cannot do it now: they are read-only, have too much to do, or are slow.
 * {@link #problem} is what the last one said, {@link #attempts} what all did.
 */
public final class UnavailableException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final transient List<FailedAttempt> attempts;

    UnavailableException(Problem problem, List<FailedAttempt> attempts) {
        super(problem);
        this.attempts = List.copyOf(attempts);
    }

    /** In order. */
    public List<FailedAttempt> attempts() {
        return attempts;
    }
}
