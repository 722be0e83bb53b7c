package io.ticketmesh.client;

/** There is no such ticket, comment, view, reply, webhook, erasure or member of the mesh. */
public final class NotFoundException extends RefusedException {
    private static final long serialVersionUID = 1L;

    NotFoundException(Problem problem) {
        super(problem);
    }
}
