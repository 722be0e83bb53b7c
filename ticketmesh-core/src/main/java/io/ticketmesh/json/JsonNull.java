package io.ticketmesh.json;

import org.jspecify.annotations.Nullable;

/** The word {@code null}: present and empty, which in a merge patch means "remove". */
public record JsonNull(JsonPlace place) implements JsonValue {
    public static JsonNull of() {
        return new JsonNull(JsonPlace.NONE);
    }

    @Override
    public String kind() {
        return "null";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNull;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "null";
    }
}
