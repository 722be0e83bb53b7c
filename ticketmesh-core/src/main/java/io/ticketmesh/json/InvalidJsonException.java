package io.ticketmesh.json;

import java.util.List;
import java.util.stream.Collectors;

/** Valid JSON that breaks rules: over HTTP a 422 with all of the {@link #violations}. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;
    private final int omitted;

    /** All violations are told; there is at least one. */
    public InvalidJsonException(List<Violation> violations) {
        this(violations, 0);
    }

    InvalidJsonException(List<Violation> violations, int omitted) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; "))
                + (omitted == 0 ? "" : "; and " + omitted + " more"));
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("no violation, nothing to throw");
        }
        this.violations = List.copyOf(violations);
        this.omitted = omitted;
    }

    /** In the order in which they were found; at least one. */
    public List<Violation> violations() {
        return violations;
    }

    /** How many more there were than {@link #violations} holds. */
    public int omitted() {
        return omitted;
    }
}
