package io.ticketmesh.json;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One member of an object as a form read it: absent, null, a value, or invalid, in which case its violation is noted already
 * and further checks stay silent. Unless it is made {@link #required} or {@link #notNull}, absence and null are fine and told
 * apart, which is what a merge patch (RFC 7396) needs:
 *
 * <pre>{@code
 * Violations violations = new Violations();
 * ObjectForm form = ObjectForm.of(body, violations);
 * Field<String> title = form.string("title").notNull();
 * Field<Instant> dueAt = form.instant("dueAt");
 * form.readOnly(Set.of("id", "createdAt")).rejectUnknown();
 * violations.throwIfAny();
 * title.ifValue(text -> changes.add(new SetTitle(text)));
 * dueAt.ifValue(at -> changes.add(SetDue.at(at))).ifNull(() -> changes.add(SetDue.never()));
 * }</pre>
 *
 * For one thread, like its form. Checks return a field to go on with: use what they return.
 */
public final class Field<T> {
    /** What was found. */
    public enum Presence {
        /** The member is not there. */
        ABSENT,
        /** The member is there and null. */
        NULL,
        /** The member has a good value. */
        VALUE,
        /** The member has a violation, or its object has: there is no value. */
        INVALID
    }

    private final JsonPointer pointer;
    private final Violations violations;
    private final Presence presence;
    private final @Nullable T value;

    private Field(JsonPointer pointer, Violations violations, Presence presence, @Nullable T value) {
        this.pointer = pointer;
        this.violations = violations;
        this.presence = presence;
        this.value = value;
    }

    static <T> Field<T> without(JsonPointer pointer, Violations violations, Presence presence) {
        return new Field<>(pointer, violations, presence, null);
    }

    static <T> Field<T> with(JsonPointer pointer, Violations violations, T value) {
        return new Field<>(pointer, violations, Presence.VALUE, value);
    }

    public JsonPointer pointer() {
        return pointer;
    }

    public Presence presence() {
        return presence;
    }

    /** Absent and null are violations. */
    public Field<T> required() {
        if (presence == Presence.ABSENT || presence == Presence.NULL) {
            return reject(
                    Violation.REQUIRED, presence == Presence.ABSENT ? "is required" : "is required, but null", null);
        }
        return this;
    }

    /** Null is a violation, absent is fine. */
    public Field<T> notNull() {
        return presence == Presence.NULL ? reject(Violation.NOT_NULL, "must not be null", null) : this;
    }

    /** A value that does not pass is a violation. */
    public Field<T> check(Predicate<? super T> passes, String code, String detail, @Nullable Object limit) {
        return value == null || passes.test(value) ? this : reject(code, detail, limit);
    }

    /** A text of more characters (UTF-16 units) or a collection of more elements is a violation; other values have no length. */
    public Field<T> atMost(int length) {
        if (value instanceof CharSequence text && text.length() > length) {
            return reject(
                    Violation.TOO_LONG,
                    "has " + text.length() + " characters, at most " + length + " are allowed",
                    length);
        }
        if (value instanceof Collection<?> all && all.size() > length) {
            return reject(
                    Violation.TOO_LONG, "has " + all.size() + " elements, at most " + length + " are allowed", length);
        }
        return this;
    }

    /**
     * The value converted, for types that check themselves when they are born: an {@link IllegalArgumentException} becomes a
     * violation {@link Violation#INVALID} with the exception's message as its detail, so that message must be fit for clients.
     * Absent and null stay what they are.
     */
    public <R> Field<R> map(Function<? super T, ? extends R> conversion) {
        if (value == null) {
            return without(pointer, violations, presence);
        }
        try {
            return with(pointer, violations, conversion.apply(value));
        } catch (IllegalArgumentException refused) {
            return reject(
                    Violation.INVALID, refused.getMessage() == null ? "is not valid" : refused.getMessage(), null);
        }
    }

    /** Notes a violation of this field and returns it as invalid. */
    public <R> Field<R> reject(String code, String detail, @Nullable Object limit) {
        violations.add(pointer, code, detail, limit);
        return without(pointer, violations, Presence.INVALID);
    }

    public boolean hasValue() {
        return value != null;
    }

    /**
     * The value, to be asked for after {@link Violations#throwIfAny}.
     *
     * @throws IllegalStateException if there is none
     */
    public T value() {
        if (value == null) {
            throw new IllegalStateException(pointer + " has no value, it is " + presence);
        }
        return value;
    }

    public T valueOr(T otherwise) {
        return value == null ? otherwise : value;
    }

    public @Nullable T valueOrNull() {
        return value;
    }

    public Optional<T> optional() {
        return Optional.ofNullable(value);
    }

    public Field<T> ifValue(Consumer<? super T> action) {
        if (value != null) {
            action.accept(value);
        }
        return this;
    }

    public Field<T> ifNull(Runnable action) {
        if (presence == Presence.NULL) {
            action.run();
        }
        return this;
    }
}
