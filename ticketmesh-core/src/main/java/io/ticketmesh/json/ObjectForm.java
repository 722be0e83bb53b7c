package io.ticketmesh.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One JSON object as a filled-in form: asked for its fields by name and type, it notes violations instead of throwing at the
 * first, and knows in the end which members nobody asked for. A field that was found wrong is reported once. For one thread.
 */
public final class ObjectForm {
    private final JsonPointer pointer;
    private final Map<String, JsonValue> members;
    private final boolean usable;
    private final Violations violations;
    private final Set<String> known = new HashSet<>();

    private ObjectForm(JsonPointer pointer, Map<String, JsonValue> members, boolean usable, Violations violations) {
        this.pointer = pointer;
        this.members = members;
        this.usable = usable;
        this.violations = violations;
    }

    /**
     * The form of a value. If it is not an object, that is the one violation noted, and all fields of the form are invalid.
     *
     * @param violations where everything found wrong is noted; may be shared by several forms
     */
    public static ObjectForm of(JsonValue value, Violations violations) {
        if (value instanceof JsonObject filled) {
            return new ObjectForm(filled.pointer(), filled.members(), true, violations);
        }
        noteType(violations, value, "an object");
        return new ObjectForm(value.pointer(), Map.of(), false, violations);
    }

    public JsonPointer pointer() {
        return pointer;
    }

    public Violations violations() {
        return violations;
    }

    /** The names of all members, in the order of the document. Asking for them makes none of them known. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** A string, as it is: neither trimmed nor checked. */
    public Field<String> string(String name) {
        return typed(name, JsonString.class, "a string").map(JsonString::text);
    }

    /** A whole number that fits a {@code long}; {@code 3.0} is one. */
    public Field<Long> integer(String name) {
        return integer(name, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A whole number between the bounds, both included. */
    public Field<Long> integer(String name, long lowest, long highest) {
        Field<JsonNumber> number = typed(name, JsonNumber.class, "a whole number")
                .check(JsonNumber::isWhole, Violation.WRONG_TYPE, "must be a whole number", null);
        if (!number.hasValue()) {
            return Field.without(number.pointer(), violations, number.presence());
        }
        BigDecimal decimal = number.value().decimal();
        if (decimal.compareTo(BigDecimal.valueOf(lowest)) < 0) {
            return number.reject(Violation.OUT_OF_RANGE, "must be at least " + lowest, lowest);
        }
        if (decimal.compareTo(BigDecimal.valueOf(highest)) > 0) {
            return number.reject(Violation.OUT_OF_RANGE, "must be at most " + highest, highest);
        }
        return number.map(JsonNumber::decimal).map(BigDecimal::longValueExact);
    }

    /** Any number, with its exact digits; the scale is at most {@link JsonNumber#MAX_SCALE}. */
    public Field<BigDecimal> decimal(String name) {
        return typed(name, JsonNumber.class, "a number").map(JsonNumber::decimal);
    }

    public Field<Boolean> bool(String name) {
        return typed(name, JsonBoolean.class, "a boolean").map(JsonBoolean::truth);
    }

    /** A timestamp of {@link Rfc3339#instant}: any offset on the way in, UTC and milliseconds from here on. */
    public Field<Instant> instant(String name) {
        return string(name).map(Rfc3339::instant);
    }

    /** A date without time and offset, like 2026-01-31. */
    public Field<LocalDate> localDate(String name) {
        return string(name).map(Rfc3339::date);
    }

    /** A UUID in the form of 8-4-4-4-12 hexadecimal digits, upper or lower case. */
    public Field<UUID> uuid(String name) {
        return string(name).map(ObjectForm::uuidOf);
    }

    /** One of the given names, exactly; else the violation {@link Violation#NOT_ALLOWED} lists them. */
    public Field<String> oneOf(String name, Collection<String> allowed) {
        return oneOf(name, allowed, Function.identity());
    }

    /** One of the given values by the name each has on the wire; else the violation {@link Violation#NOT_ALLOWED} lists them. */
    public <T> Field<T> oneOf(String name, Collection<T> allowed, Function<? super T, String> wireName) {
        Map<String, T> choices = new LinkedHashMap<>();
        allowed.forEach(choice -> choices.put(wireName.apply(choice), choice));
        List<String> names = List.copyOf(choices.keySet());
        return string(name)
                .check(choices::containsKey, Violation.NOT_ALLOWED, "must be one of " + String.join(", ", names), names)
                .map(chosen -> Objects.requireNonNull(choices.get(chosen)));
    }

    /** An array of strings. Each element of another type is a violation of its own, and then there is no list. */
    public Field<List<String>> strings(String name) {
        return list(name, element -> {
            if (element instanceof JsonString string) {
                return Optional.of(string.text());
            }
            noteType(violations, element, "a string");
            return Optional.empty();
        });
    }

    /** An object inside this one. Its own unknown members are the caller's to reject. */
    public Field<ObjectForm> form(String name) {
        return typed(name, JsonObject.class, "an object").map(inner -> of(inner, violations));
    }

    /** An array of objects. Each element of another type is a violation of its own, and then there is no list. */
    public Field<List<ObjectForm>> forms(String name) {
        return list(name, element -> {
            ObjectForm form = of(element, violations);
            return form.usable ? Optional.of(form) : Optional.empty();
        });
    }

    /** A value of any type; null counts as null. */
    public Field<JsonValue> any(String name) {
        return typed(name, JsonValue.class, "a value");
    }

    /** The members that only the server writes: each one that is present, even if null, is a violation. */
    public ObjectForm readOnly(Collection<String> names) {
        known.addAll(names);
        for (String name : names) {
            if (members.containsKey(name)) {
                violations.add(pointer.child(name), Violation.READ_ONLY, "is written by the server only");
            }
        }
        return this;
    }

    /** Members that may be there and are of no interest. */
    public ObjectForm ignore(String... names) {
        known.addAll(Arrays.asList(names));
        return this;
    }

    /** Each member that was not asked for, ignored or read-only until now is a violation: to be called last. */
    public ObjectForm rejectUnknown() {
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                violations.add(pointer.child(name), Violation.UNKNOWN_FIELD, "is not a field that exists here");
            }
        }
        return this;
    }

    private <V extends JsonValue> Field<V> typed(String name, Class<V> type, String expected) {
        known.add(name);
        JsonPointer at = pointer.child(name);
        JsonValue member = members.get(name);
        if (!usable) {
            return Field.without(at, violations, Field.Presence.INVALID);
        }
        if (member == null) {
            return Field.without(at, violations, Field.Presence.ABSENT);
        }
        if (member instanceof JsonNull) {
            return Field.without(at, violations, Field.Presence.NULL);
        }
        if (type.isInstance(member)) {
            return Field.with(at, violations, type.cast(member));
        }
        noteType(violations, at, member, expected);
        return Field.without(at, violations, Field.Presence.INVALID);
    }

    private <E> Field<List<E>> list(String name, Function<JsonValue, Optional<E>> reading) {
        Field<JsonArray> array = typed(name, JsonArray.class, "an array");
        if (!array.hasValue()) {
            return Field.without(array.pointer(), violations, array.presence());
        }
        List<JsonValue> elements = array.value().elements();
        List<E> read = new ArrayList<>(elements.size());
        elements.forEach(element -> reading.apply(element).ifPresent(read::add));
        return read.size() == elements.size()
                ? Field.with(array.pointer(), violations, List.copyOf(read))
                : Field.without(array.pointer(), violations, Field.Presence.INVALID);
    }

    private static void noteType(Violations violations, JsonValue value, String expected) {
        noteType(violations, value.pointer(), value, expected);
    }

    private static void noteType(Violations violations, JsonPointer at, JsonValue value, String expected) {
        violations.add(at, Violation.WRONG_TYPE, "must be " + expected + ", not " + value.kind());
    }

    private static UUID uuidOf(String text) {
        // UUID.fromString is lenient: it reads 1-1-1-1-1.
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new IllegalArgumentException("is not a UUID like 0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d");
        }
        return UUID.fromString(text);
    }
}
