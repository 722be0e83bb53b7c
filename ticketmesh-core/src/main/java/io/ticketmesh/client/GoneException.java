package io.ticketmesh.client;

/** The ticket was deleted, or purged. */
public final class GoneException extends RefusedException {
    private static final long serialVersionUID = 1L;

    GoneException(Problem problem) {
        super(problem);
    }

    /** Whether it is gone for good; otherwise it can be restored. */
    public boolean isPurged() {
        return problem().code().equals("purged");
    }
}
