package io.ticketmesh.json;

import org.jspecify.annotations.Nullable;

/** Text, unescaped; what was read holds no lone surrogate, but may hold any other character, U+0000 too. */
public record JsonString(String text, JsonPlace place) implements JsonValue {
    public static JsonString of(String text) {
        return new JsonString(text, JsonPlace.NONE);
    }

    @Override
    public String kind() {
        return "a string";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonString that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
