package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.any;
import static io.ticketmesh.spring.rest.ApiType.known;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.ref;
import static io.ticketmesh.spring.rest.ApiType.shape;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.truth;
import static io.ticketmesh.spring.rest.ApiType.uuid;
import static io.ticketmesh.spring.rest.ApiType.whole;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schemas of problems. One type has the members of all kinds, so that a generated client has one class for all. */
final class ApiProblemSchemas {
    private ApiProblemSchemas() {}

    static Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("Problem", problem());
        all.put("ProblemError", error());
        return all;
    }

    private static ApiObject problem() {
        return shape(
                        "What went wrong, as RFC 9457 has it; the code tells kinds apart, and some kinds have members of their own.")
                .member("type", text().with("format", "uri"))
                .member("title", text(), "The same for all problems of a code.")
                .member("status", whole(400, 599))
                .member("detail", text(), "One sentence for people.")
                .optional("instance", text().with("format", "uri-reference"), "The path that was asked for.")
                .member(
                        "code",
                        known(Arrays.stream(ProblemKind.values())
                                .map(ProblemKind::code)
                                .toList()),
                        "For programs.")
                .optional("errors", list(ref("ProblemError")), "All that is wrong with the request.")
                .optional("line", whole(), "malformed-json: where, from 1.")
                .optional("column", whole(), "malformed-json: where, from 1.")
                .optional("offset", whole(), "malformed-json: where, from 0.")
                .optional("position", whole(), "invalid-parameter: where in `q`, from 0.")
                .optional("allowed", list(text()), "method-not-allowed, transition-refused, not-found: what there is.")
                .optional("supported", list(text()), "not-acceptable, unsupported-media-type: the media types.")
                .optional("mediaType", text(), "unsupported-media-type: what the content of the attachment is.")
                .optional("size", whole(), "range-not-satisfiable: how many bytes there are.")
                .optional("from", text(), "transition-refused: the state.")
                .optional("to", text(), "transition-refused: where it cannot go.")
                .optional("candidates", list(ref("TicketName")), "ambiguous-reference: the tickets that it fits.")
                .optional("limit", whole(), "too-large: the most bytes.")
                .optional("action", text(), "access-denied: what the caller may not do.")
                .optional("properties", list(text()), "access-denied: the settings of the application that decide.")
                .optional("incident", uuid(), "internal: to be found in the log.")
                .optional("reset", truth(), "changes-gone: read anew whatever you show.")
                .optional("next", text(), "changes-gone: from where to go on.")
                .optional("wanted", text(), "acks-not-reached: what was asked for.")
                .optional("needed", whole(), "acks-not-reached: how many members that takes.")
                .optional("held", whole(), "acks-not-reached: how many hold the write.")
                .optional("members", whole(), "acks-not-reached: how many there are.")
                .optional("holders", list(text()), "acks-not-reached: which members hold the write.")
                .optional("id", uuid(), "acks-not-reached: the ticket.")
                .optional("key", ApiTicketSchemas.key(), "acks-not-reached: the ticket.")
                .optional("etag", text(), "precondition-failed, acks-not-reached: the ticket as it is, with quotes.")
                .open();
    }

    private static ApiObject error() {
        return shape("One thing that is wrong, with one of `pointer`, `parameter` and `header`.")
                .optional("pointer", text(), "Into the body (RFC 6901).")
                .optional("parameter", text())
                .optional("header", text())
                .member("code", text(), "For programs.")
                .member("detail", text(), "For people.")
                .optional("limit", any(), "What would have been allowed.")
                .open();
    }
}
