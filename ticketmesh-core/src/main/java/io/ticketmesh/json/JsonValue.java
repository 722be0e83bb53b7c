package io.ticketmesh.json;

import java.util.Optional;

/**
 * One JSON value with everything in it, and where it stood. Immutable, never null inside. Two values are equal if they mean the
 * same: places do not count, nor does the order of members. {@code toString} is the compact JSON text.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {
    /** Where it stood; {@link JsonPlace#NONE} if a program made it. */
    JsonPlace place();

    /** What it is, for messages: {@code an object}, {@code a string}, {@code null}. */
    String kind();

    /** The path to it from the root of its document. */
    default JsonPointer pointer() {
        return place().pointer();
    }

    /** The value at a path that starts <em>here</em>, if there is one. */
    default Optional<JsonValue> at(JsonPointer path) {
        JsonValue value = this;
        for (String token : path.tokens()) {
            Optional<JsonValue> next = Optional.empty();
            if (value instanceof JsonObject parent) {
                next = parent.member(token);
            } else if (value instanceof JsonArray parent) {
                next = parent.element(token);
            }
            if (next.isEmpty()) {
                return next;
            }
            value = next.get();
        }
        return Optional.of(value);
    }
}
