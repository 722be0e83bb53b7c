package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of answers, those aside that all of HTTP has. */
final class ApiHeaders {
    private static final Map<String, ApiObject> ALL = new LinkedHashMap<>();

    static {
        put(Causality.VERSION, text(), "What the node holds: send it with the next request, to whichever node.");
        put(
                Causality.STALE,
                ApiType.oneOf(List.of("true")),
                "The node does not hold yet what the request's TicketMesh-Version tells.");
        put(
                Acks.HEADER,
                text().with("pattern", "^[0-9]+ of [0-9]+$"),
                "How many members are known to hold the write, as in `2 of 3`.");
        put(
                "Idempotent-Replayed",
                ApiType.oneOf(List.of("true")),
                "The request was carried out before, under the same key.");
        put(
                "ETag",
                text().with("pattern", "^\"[^\"]+\"$"),
                "The state of the ticket, the same on every node that holds the same; of the bytes of an attachment, their SHA-256.");
        put("Location", text().with("format", "uri-reference"), "The path of what was made.");
        put("Link", text(), "The pages before and behind (RFC 8288).");
        put("Content-Disposition", text(), "A name for the file.");
        put("Content-Range", text(), "Which of the bytes these are, and how many there are (RFC 9110).");
        put("Accept-Ranges", ApiType.oneOf(List.of("bytes")), "Parts of it can be asked for.");
        put("Content-Security-Policy", text(), "Keeps browsers from carrying it out.");
        put("Cross-Origin-Resource-Policy", text(), "Keeps pages of other sites from using it.");
        put("X-Accel-Buffering", text(), "Keeps proxies from holding the stream up.");
        put("Retry-After", text().with("pattern", "^[0-9]+$"), "In how many seconds to try again.");
        put("WWW-Authenticate", text(), "How to authenticate.");
        put("Allow", text(), "The methods that the path answers to.");
        put("Accept", text(), "The media types that are taken.");
        put("Accept-Patch", text(), "The media types that are taken.");
        put("Accept-Encoding", text(), "The encodings that are taken.");
    }

    private ApiHeaders() {}

    static Map<String, ApiObject> all() {
        return Collections.unmodifiableMap(ALL);
    }

    private static void put(String name, ApiObject schema, String meaning) {
        ALL.put(name, ApiObject.of("description", meaning).with("schema", schema));
    }

    /** An object of references to these headers. */
    static ApiObject refs(Iterable<String> names) {
        ApiObject refs = ApiObject.EMPTY;
        for (String name : names) {
            refs = refs.with(name, ApiObject.of("$ref", "#/components/headers/" + name));
        }
        return refs;
    }
}
