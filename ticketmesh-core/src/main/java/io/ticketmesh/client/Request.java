package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is asked, whichever server it is asked of. Immutable.
 *
 * @param headers of this request, without those that all have
 * @param repeatable whether it can be sent again when it is not known what became of it
 * @param transfers whether it moves more than fits into an answer, and takes its time
 * @param waits whether servers let it wait until other members hold what it writes
 * @param accepted codes of problems that are answers like others
 * @param done codes of problems which say, after an attempt of which it is not known what became, that it was carried out
 */
record Request(
        String method,
        Target target,
        Map<String, String> headers,
        Supplier<BodyPublisher> body,
        boolean repeatable,
        boolean transfers,
        boolean waits,
        Set<String> accepted,
        Set<String> done) {
    private static final String JSON = "application/json";
    private static final String KEY = "Idempotency-Key";

    Request {
        headers = Map.copyOf(headers);
        accepted = Set.copyOf(accepted);
        done = Set.copyOf(done);
    }

    private static Request of(
            String method,
            Target target,
            Map<String, String> headers,
            Supplier<BodyPublisher> body,
            boolean transfers) {
        boolean waits = !method.equals("GET");
        return new Request(method, target, headers, body, true, transfers, waits, Set.of(), Set.of());
    }

    private static Request bare(String method, Target target) {
        return of(method, target, Map.of(), BodyPublishers::noBody, false);
    }

    static Request get(Target target) {
        return bare("GET", target).with("Accept", JSON);
    }

    static Request put(Target target) {
        return bare("PUT", target);
    }

    static Request delete(Target target) {
        return bare("DELETE", target);
    }

    /** Under an idempotency key: servers carry it out once, however often it is sent. */
    static Request post(Target target, String key, Consumer<JsonWriter> json) {
        return post(target, json).with(KEY, key);
    }

    /** Without a key: servers carry it out as often as it is sent. */
    static Request post(Target target, Consumer<JsonWriter> json) {
        return writing("POST", target, JSON, json);
    }

    /** Like {@link #post(Target, String, Consumer)}, with the same idempotency. */
    static Request patch(Target target, String key, Consumer<JsonWriter> json) {
        return patch(target, json).with(KEY, key);
    }

    /** Without a key: sent again it says the same again. */
    static Request patch(Target target, Consumer<JsonWriter> json) {
        return writing("PATCH", target, "application/merge-patch+json", json);
    }

    /** Puts a whole in place of what is there. */
    static Request put(Target target, Consumer<JsonWriter> json) {
        return writing("PUT", target, JSON, json);
    }

    /** Creates under an id of the client's own. */
    static Request create(Target target, String key, Consumer<JsonWriter> json) {
        return put(target, json).with(KEY, key).with("If-None-Match", "*");
    }

    private static Request writing(String method, Target target, String type, Consumer<JsonWriter> json) {
        byte[] bytes = JsonWriter.bytes(json);
        Map<String, String> headers = Map.of("Content-Type", type, "Accept", JSON);
        return of(method, target, headers, () -> BodyPublishers.ofByteArray(bytes), false);
    }

    /** A download that is read as a stream. */
    static Request download(Target target, String type) {
        return of("GET", target, Map.of("Accept", type), BodyPublishers::noBody, true);
    }

    /** An upload that changes nothing when it is sent again. */
    static Request upload(Target target, String type, Supplier<? extends InputStream> source) {
        Map<String, String> headers = Map.of("Content-Type", type, "Accept", JSON);
        return of("POST", target, headers, () -> Source.publisher(source), true);
    }

    /** Takes a file under an idempotency key: it is carried out once, however often it is sent. */
    static Request file(Target target, String key, Supplier<? extends InputStream> source) {
        return upload(target, "application/octet-stream", source).with(KEY, key);
    }

    /** The same under an idempotency key. */
    Request under(String key) {
        return with(KEY, key);
    }

    Request with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return with(more);
    }

    /** The same with these headers only. */
    Request with(Map<String, String> other) {
        return new Request(method, target, other, body, repeatable, transfers, waits, accepted, done);
    }

    /** The same, which is sent again only when it is certain that it was not carried out. */
    Request once() {
        return new Request(method, target, headers, body, false, transfers, waits, accepted, done);
    }

    /** The same for a ticket in that state, unless it says another; once when there is no key by which a repetition is recognized. */
    Request onlyIf(String etag) {
        Request guarded = headers.containsKey("If-Match") ? this : with("If-Match", etag);
        return headers.containsKey(KEY) ? guarded : guarded.once();
    }

    /** The same, for which no other member is waited for. */
    Request alone() {
        return new Request(method, target, headers, body, repeatable, transfers, false, accepted, done);
    }

    /** The same, for which these problems are answers like others. */
    Request accepting(String... codes) {
        return new Request(method, target, headers, body, repeatable, transfers, waits, Set.of(codes), done);
    }

    /** The same, which was carried out when a repetition ends with one of these problems. */
    Request doneWhen(String... codes) {
        return new Request(method, target, headers, body, repeatable, transfers, waits, accepted, Set.of(codes));
    }

    boolean writes() {
        return !method.equals("GET");
    }

    /** Like {@code POST /tickets}. */
    @Override
    public String toString() {
        return method + " " + target.path();
    }
}
