package io.ticketmesh.ticket;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A list was asked for in a way that cannot be understood; the same question will be refused again. */
public class InvalidQueryException extends InvalidChangeException {
    private static final long serialVersionUID = 1;

    private final int position;
    private final List<String> allowed;

    /**
     * @param field the parameter at fault, such as {@code q} or {@code status}
     * @param code a stable word for programs, such as {@code unknown-qualifier}
     * @param problem what is wrong, as the rest of a sentence that begins with the parameter
     * @param position of the first wrong character, from 0; -1 when the whole parameter is meant
     * @param allowed what would have been understood instead; empty when that cannot be listed
     */
    public InvalidQueryException(String field, String code, String problem, int position, List<String> allowed) {
        this(field, code, problem, position, allowed, null);
    }

    InvalidQueryException(
            String field, String code, String problem, int position, List<String> allowed, @Nullable Long limit) {
        super(field, code, problem, limit);
        this.position = position;
        this.allowed = List.copyOf(allowed);
    }

    /** Where in the parameter the problem is: the number of characters (UTF-16 units) before it. */
    public OptionalInt position() {
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** What would have been understood instead; empty when that cannot be listed. */
    public List<String> allowed() {
        return allowed;
    }
}
