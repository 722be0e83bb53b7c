package io.ticketmesh.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Elements in their order. */
public record JsonArray(List<JsonValue> elements, JsonPlace place) implements JsonValue {
    public JsonArray {
        elements = List.copyOf(elements);
    }

    public static JsonArray of(List<? extends JsonValue> elements) {
        return new JsonArray(List.copyOf(elements), JsonPlace.NONE);
    }

    /** The element a pointer's token names: digits without leading zeros, as RFC 6901 wants it. */
    Optional<JsonValue> element(String token) {
        if (!token.matches("0|[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        int index = Integer.parseInt(token);
        return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
    }

    @Override
    public String kind() {
        return "an array";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
