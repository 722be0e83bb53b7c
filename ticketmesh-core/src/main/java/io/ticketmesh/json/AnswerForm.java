package io.ticketmesh.json;

import io.ticketmesh.ticket.FieldValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object that a server answered. Where a request is read strictly, an answer is read generously: members that nobody asks
 * for are ignored, because answers may grow; what is asked for must be there and of its type, and the first that is not throws
 * {@link InvalidJsonException}. In methods that end in {@code OrNull}, absent and null are the same. For one thread.
 */
public final class AnswerForm {
    private final JsonObject json;
    private final ObjectForm form;
    private final Violations violations;

    private AnswerForm(JsonObject json, Violations violations) {
        this.json = json;
        this.form = ObjectForm.of(json, violations);
        this.violations = violations;
    }

    /**
     * @throws InvalidJsonException when {@code answer} is no object
     */
    public static AnswerForm of(JsonValue answer) {
        if (answer instanceof JsonObject object) {
            return new AnswerForm(object, new Violations());
        }
        throw new InvalidJsonException(List.of(new Violation(
                answer.pointer().toString(), Violation.WRONG_TYPE, "must be an object, not " + answer.kind(), null)));
    }

    /** All of it. */
    public JsonObject json() {
        return json;
    }

    public String text(String name) {
        return required(form.string(name));
    }

    public @Nullable String textOrNull(String name) {
        return orNull(form.string(name));
    }

    /** A text as {@code conversion} reads it; an {@link IllegalArgumentException} of it is a violation. */
    public <T> T converted(String name, Function<? super String, ? extends T> conversion) {
        return required(form.string(name).map(conversion));
    }

    public <T> @Nullable T convertedOrNull(String name, Function<? super String, ? extends T> conversion) {
        return orNull(form.string(name).map(conversion));
    }

    /** A whole number. */
    public long number(String name) {
        return required(form.integer(name));
    }

    public @Nullable Long numberOrNull(String name) {
        return orNull(form.integer(name));
    }

    /** A number of any kind. */
    public BigDecimal decimal(String name) {
        return required(form.decimal(name));
    }

    public boolean truth(String name) {
        return required(form.bool(name));
    }

    /** The boolean; {@code otherwise} when it is absent or null. */
    public boolean truthOr(String name, boolean otherwise) {
        Boolean truth = orNull(form.bool(name));
        return truth == null ? otherwise : truth;
    }

    public Instant instant(String name) {
        return required(form.instant(name));
    }

    public @Nullable Instant instantOrNull(String name) {
        return orNull(form.instant(name));
    }

    public LocalDate date(String name) {
        return required(form.localDate(name));
    }

    public @Nullable LocalDate dateOrNull(String name) {
        return orNull(form.localDate(name));
    }

    public UUID uuid(String name) {
        return required(form.uuid(name));
    }

    public List<String> texts(String name) {
        return required(form.strings(name));
    }

    /** The texts; none when the member is absent or null. */
    public List<String> textsOrNone(String name) {
        List<String> texts = orNull(form.strings(name));
        return texts == null ? List.of() : texts;
    }

    /** An object inside this one. */
    public AnswerForm inner(String name) {
        return of(required(form.any(name)));
    }

    public @Nullable AnswerForm innerOrNull(String name) {
        JsonValue inner = orNull(form.any(name));
        return inner == null ? null : of(inner);
    }

    /** The objects of an array, each as {@code reading} reads it. */
    public <T> List<T> each(String name, Function<? super AnswerForm, ? extends T> reading) {
        List<T> read = new ArrayList<>();
        required(form.forms(name)); // an array of objects
        if (json.members().get(name) instanceof JsonArray array) {
            array.elements().forEach(element -> read.add(reading.apply(of(element))));
        }
        return Collections.unmodifiableList(read);
    }

    /** The same; none when the member is absent or null. */
    public <T> List<T> eachOrNone(String name, Function<? super AnswerForm, ? extends T> reading) {
        return orNull(form.any(name)) == null ? List.of() : each(name, reading);
    }

    /** A value of any type; {@link JsonNull} when it is absent or null. */
    public JsonValue value(String name) {
        JsonValue value = orNull(form.any(name));
        return value == null ? new JsonNull(JsonPlace.NONE) : value;
    }

    /** An object whose members are whole numbers, sorted by name. */
    public SortedMap<String, Long> numbers(String name) {
        AnswerForm inner = inner(name);
        TreeMap<String, Long> numbers = new TreeMap<>();
        inner.form.names().forEach(key -> numbers.put(key, inner.number(key)));
        return Collections.unmodifiableSortedMap(numbers);
    }

    /** An object whose members are values as {@link CustomFieldJson} writes them, sorted by name. */
    public SortedMap<String, FieldValue> customFields(String name) {
        TreeMap<String, FieldValue> fields = new TreeMap<>();
        for (Map.Entry<String, JsonValue> member : inner(name).json.members().entrySet()) {
            CustomFieldJson.read(member.getValue(), violations).ifPresent(value -> fields.put(member.getKey(), value));
        }
        violations.throwIfAny();
        return Collections.unmodifiableSortedMap(fields);
    }

    private <T> T required(Field<T> field) {
        Field<T> there = field.required();
        violations.throwIfAny();
        return there.value();
    }

    private <T> @Nullable T orNull(Field<T> field) {
        violations.throwIfAny();
        return field.valueOrNull();
    }
}
