package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.Violation;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param place where: a JSON pointer, or the name of a parameter or header
 * @param limit what would have been allowed; null when that cannot be said
 */
record ProblemError(
        Place place,
        String name,
        String code,
        String detail,
        @Nullable Object limit) {
    /** What a name means. */
    enum Place {
        POINTER,
        PARAMETER,
        HEADER
    }

    static ProblemError of(Violation violation) {
        return new ProblemError(
                Place.POINTER, violation.pointer(), violation.code(), violation.detail(), violation.limit());
    }

    static ProblemError parameter(String name, String code, String detail, @Nullable Object limit) {
        return new ProblemError(Place.PARAMETER, name, code, detail, limit);
    }

    static ProblemError header(String name, String code, String detail) {
        return new ProblemError(Place.HEADER, name, code, detail, null);
    }

    /** The same below {@code prefix}, when it is a place in a body. */
    ProblemError below(String prefix) {
        return place == Place.POINTER ? new ProblemError(place, prefix + name, code, detail, limit) : this;
    }

    void writeTo(JsonWriter json) {
        json.startObject()
                .member(place.name().toLowerCase(java.util.Locale.ROOT), name)
                .member("code", code)
                .member("detail", detail)
                .optional("limit", limit)
                .endObject();
    }
}
