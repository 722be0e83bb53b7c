package io.ticketmesh.client;

/** Who asks is not known, or may not do this. */
public final class AccessRefusedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    AccessRefusedException(Problem problem) {
        super(problem);
    }
}
