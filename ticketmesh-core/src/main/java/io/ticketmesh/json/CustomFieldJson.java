package io.ticketmesh.json;

import io.ticketmesh.ticket.FieldValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Custom fields in JSON, without loss: a text is a string, a number a number, a flag a boolean, a list of texts an array of strings;
 * an instant is {@code {"instant": "2026-01-31T14:05:00.000Z"}} and a date {@code {"date": "2026-01-31"}}, so that neither is taken
 * for a text. Null stands for a field that is absent.
 */
public final class CustomFieldJson {
    private CustomFieldJson() {}

    /** The fields as a tree that {@link JsonWriter#value} can write. */
    public static Map<String, Object> tree(SortedMap<String, FieldValue> fields) {
        Map<String, Object> tree = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            Object content = tree(value);
            if (content != null) {
                tree.put(key, content);
            }
        });
        return tree;
    }

    /** One value as a tree that {@link JsonWriter#value} can write; null for an absent one. */
    public static @Nullable Object tree(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return text.text();
        } else if (value instanceof FieldValue.Numeric numeric) {
            return numeric.number();
        } else if (value instanceof FieldValue.Flag flag) {
            return flag.set();
        } else if (value instanceof FieldValue.Moment moment) {
            return Map.of("instant", moment.instant());
        } else if (value instanceof FieldValue.Day day) {
            return Map.of("date", day.date());
        } else if (value instanceof FieldValue.Texts texts) {
            return texts.texts();
        }
        return null;
    }

    /** Reads one value; empty when it is none, which is noted. */
    public static Optional<FieldValue> read(JsonValue value, Violations violations) {
        if (value instanceof JsonNull) {
            return Optional.of(FieldValue.ABSENT);
        } else if (value instanceof JsonString text) {
            return Optional.of(new FieldValue.Text(text.text()));
        } else if (value instanceof JsonNumber number) {
            return Optional.of(new FieldValue.Numeric(number.decimal()));
        } else if (value instanceof JsonBoolean flag) {
            return Optional.of(new FieldValue.Flag(flag.truth()));
        } else if (value instanceof JsonArray array) {
            return readTexts(array, violations);
        }
        return readTime(ObjectForm.of(value, violations));
    }

    private static Optional<FieldValue> readTexts(JsonArray array, Violations violations) {
        List<String> texts = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (element instanceof JsonString text) {
                texts.add(text.text());
            } else {
                violations.add(element.pointer(), Violation.WRONG_TYPE, "must be a string, not " + element.kind());
            }
        }
        return texts.size() == array.elements().size() ? Optional.of(new FieldValue.Texts(texts)) : Optional.empty();
    }

    private static Optional<FieldValue> readTime(ObjectForm form) {
        if (form.names().equals(List.of("instant"))) {
            return form.instant("instant")
                    .required()
                    .map(instant -> (FieldValue) new FieldValue.Moment(instant))
                    .optional();
        } else if (form.names().equals(List.of("date"))) {
            return form.localDate("date")
                    .required()
                    .map(date -> (FieldValue) new FieldValue.Day(date))
                    .optional();
        }
        form.violations()
                .add(
                        form.pointer(),
                        Violation.WRONG_TYPE,
                        "must be a string, a number, a boolean, an array of strings,"
                                + " or an object with the one member instant or date");
        return Optional.empty();
    }
}
