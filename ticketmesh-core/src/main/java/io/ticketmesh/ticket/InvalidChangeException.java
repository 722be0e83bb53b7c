package io.ticketmesh.ticket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change breaks a rule of the ticket model. Nothing was stored; the same change will be refused again. */
public class InvalidChangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String code;
    private final String problem;
    private final @Nullable Long limit;

    /** A value of {@code field} that is wrong in the way that {@code problem} says, as in "is blank". */
    public InvalidChangeException(String field, String problem) {
        this(field, "invalid", problem, null);
    }

    /**
     * @param code a stable word for programs, such as {@code too-long}
     * @param limit the limit that was passed, if one was
     */
    public InvalidChangeException(String field, String code, String problem, @Nullable Long limit) {
        super(field + " " + problem);
        this.field = field;
        this.code = code;
        this.problem = problem;
        this.limit = limit;
    }

    /** The field at fault, by its name in JSON. */
    public String field() {
        return field;
    }

    /** A stable word for programs. */
    public String code() {
        return code;
    }

    /** What is wrong, as the rest of a sentence that begins with the field. */
    public String problem() {
        return problem;
    }

    /** The limit that was passed, if one was. */
    public Optional<Long> limit() {
        return Optional.ofNullable(limit);
    }
}
