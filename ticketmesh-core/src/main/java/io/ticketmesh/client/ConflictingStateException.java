package io.ticketmesh.client;

/**
 * The state of things does not allow it: {@code transition-refused}, {@code ambiguous-reference}, {@code exists}, {@code no-conflict},
 * {@code webhook-refused}, {@code own-node}.
 */
public final class ConflictingStateException extends RefusedException {
    private static final long serialVersionUID = 1L;

    ConflictingStateException(Problem problem) {
        super(problem);
    }
}
