package io.ticketmesh.client;

import java.util.List;

/** A server said no. The {@link #problem} says why; its {@link Problem#code} is stable. */
public class RefusedException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.toString(), null);
        this.problem = problem;
    }

    /** The exception for a problem, of the class that fits it best. */
    static RefusedException of(Problem problem) {
        if (problem.code().equals("acks-not-reached")) {
            return new TooFewCopiesException(problem);
        }
        return switch (problem.status()) {
            case 400, 413, 415, 422 -> new InvalidRequestException(problem);
            case 401, 403 -> new AccessRefusedException(problem);
            case 404 -> new NotFoundException(problem);
            case 409 -> new ConflictingStateException(problem);
            case 410 -> new GoneException(problem);
            case 412 -> new ChangedMeanwhileException(problem);
            case 429, 503 -> new UnavailableException(problem, List.of());
            default -> new RefusedException(problem);
        };
    }

    /** What the server said. */
    public Problem problem() {
        return problem;
    }
}
