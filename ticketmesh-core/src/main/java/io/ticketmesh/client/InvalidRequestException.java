package io.ticketmesh.client;

/** The request breaks rules: {@link Problem#errors} tells all of them, each with its place. */
public final class InvalidRequestException extends RefusedException {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(Problem problem) {
        super(problem);
    }
}
