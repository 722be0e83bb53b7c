package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it. Immutable.
 *
 * @param detail one sentence for people
 * @param instance the path that was asked for; null before that is known
 * @param errors all that is wrong with the request; empty when the detail says it
 * @param members what else programs can use, such as {@code allowed}
 * @param headers to be sent with it
 */
record Problem(
        ProblemKind kind,
        int status,
        String detail,
        @Nullable String instance,
        List<ProblemError> errors,
        Map<String, Object> members,
        Map<String, String> headers) {
    /** The media type of RFC 9457. */
    static final String MEDIA_TYPE = "application/problem+json";

    Problem {
        errors = List.copyOf(errors);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, kind.status(), detail, null, List.of(), Map.of(), Map.of());
    }

    Problem withStatus(int other) {
        return new Problem(kind, other, detail, instance, errors, members, headers);
    }

    Problem at(String path) {
        return new Problem(kind, status, detail, path, errors, members, headers);
    }

    Problem with(ProblemError error) {
        List<ProblemError> more = new ArrayList<>(errors);
        more.add(error);
        return withErrors(more);
    }

    Problem withErrors(List<ProblemError> all) {
        return new Problem(kind, status, detail, instance, all, members, headers);
    }

    /** The same with a member of that name; values as {@link JsonWriter#value} writes them. */
    Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(kind, status, detail, instance, errors, more, headers);
    }

    Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(kind, status, detail, instance, errors, members, more);
    }

    /** The same with all places in the body below {@code prefix}. */
    Problem below(String prefix) {
        return withErrors(errors.stream().map(error -> error.below(prefix)).toList());
    }

    ProblemException exception() {
        return new ProblemException(this);
    }

    Reply reply() {
        Reply reply = Reply.json(status, this::writeTo).with("Content-Type", MEDIA_TYPE);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    void writeTo(JsonWriter json) {
        json.startObject()
                .member("type", kind.type())
                .member("title", kind.title())
                .member("status", status)
                .member("detail", detail)
                .optional("instance", instance)
                .member("code", kind.code());
        members.forEach(json::member);
        if (!errors.isEmpty()) {
            json.startArray("errors");
            errors.forEach(error -> error.writeTo(json));
            json.endArray();
        }
        json.endObject();
    }
}
