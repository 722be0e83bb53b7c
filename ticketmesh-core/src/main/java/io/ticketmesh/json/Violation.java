package io.ticketmesh.json;

import io.ticketmesh.ticket.InvalidChangeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule that valid JSON broke, and where. Immutable.
 *
 * @param pointer RFC 6901, empty for the whole document
 * @param code for programs: one of the constants here, or one of the rule's own in the same lower-case-with-dashes style
 * @param detail for people: a sentence without subject, like {@code must be a string, not a number}
 * @param limit what would have been allowed, if that can be said in a value that {@link JsonWriter#value} can write: the
 *     longest length, the bound, the list of names; else null
 */
public record Violation(
        String pointer,
        String code,
        String detail,
        @Nullable Object limit) {
    /** A member that must be there is absent or null. */
    public static final String REQUIRED = "required";
    /** A member that may be absent but not null is null. */
    public static final String NOT_NULL = "not-null";
    /** Another JSON type was expected. */
    public static final String WRONG_TYPE = "wrong-type";
    /** The right type, but no acceptable value: a timestamp that is none, a title that is blank. */
    public static final String INVALID = "invalid";
    /** Not one of the names that {@code limit} lists. */
    public static final String NOT_ALLOWED = "not-allowed";
    /** A number beyond the bound in {@code limit}. */
    public static final String OUT_OF_RANGE = "out-of-range";
    /** More characters or elements than {@code limit}. */
    public static final String TOO_LONG = "too-long";
    /** A member that does not exist in this place. */
    public static final String UNKNOWN_FIELD = "unknown-field";
    /** A member that only the server writes. */
    public static final String READ_ONLY = "read-only";

    public Violation {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }

    /** What a refused change says, with the pointer of the field that it names: {@code customFields.floor} is {@code /customFields/floor}. */
    public static Violation of(InvalidChangeException refused) {
        JsonPointer pointer = JsonPointer.ROOT;
        for (String name : refused.field().split("\\.", 2)) {
            pointer = pointer.child(name);
        }
        return new Violation(
                pointer.toString(),
                refused.code(),
                refused.problem(),
                refused.limit().orElse(null));
    }

    /** Like {@code /title must be a string, not a number}. */
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the document" : pointer) + " " + detail;
    }
}
