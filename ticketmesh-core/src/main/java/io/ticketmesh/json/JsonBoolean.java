package io.ticketmesh.json;

import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}. */
public record JsonBoolean(boolean truth, JsonPlace place) implements JsonValue {
    public static JsonBoolean of(boolean truth) {
        return new JsonBoolean(truth, JsonPlace.NONE);
    }

    @Override
    public String kind() {
        return "a boolean";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonBoolean that && truth == that.truth;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(truth);
    }

    @Override
    public String toString() {
        return Boolean.toString(truth);
    }
}
