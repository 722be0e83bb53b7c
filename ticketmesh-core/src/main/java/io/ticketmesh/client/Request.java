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
        Set<String> accepted,
        Set<String> done) {
    private static final String JSON = "application/json";

    Request {
        headers = Map.copyOf(headers);
        accepted = Set.copyOf(accepted);
        done = Set.copyOf(done);
    }

    private static Request bare(String method, Target target) {
        return new Request(method, target, Map.of(), BodyPublishers::noBody, true, false, Set.of(), Set.of());
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
        return writing("POST", target, JSON, key, json);
    }

    /** Like {@link #post}, with the same idempotency. */
    static Request patch(Target target, String key, Consumer<JsonWriter> json) {
        return writing("PATCH", target, "application/merge-patch+json", key, json);
    }

    /** Creates under an id of the client's own. */
    static Request create(Target target, String key, Consumer<JsonWriter> json) {
        return writing("PUT", target, JSON, key, json).with("If-None-Match", "*");
    }

    private static Request writing(String method, Target target, String type, String key, Consumer<JsonWriter> json) {
        byte[] bytes = JsonWriter.bytes(json);
        return new Request(
                        method,
                        target,
                        Map.of("Content-Type", type, "Idempotency-Key", key),
                        () -> BodyPublishers.ofByteArray(bytes),
                        true,
                        false,
                        Set.of(),
                        Set.of())
                .with("Accept", JSON);
    }

    /** A download that is read as a stream. */
    static Request download(Target target, String type) {
        return new Request(
                "GET", target, Map.of("Accept", type), BodyPublishers::noBody, true, true, Set.of(), Set.of());
    }

    /** An upload, which is sent again only when it is certain that nothing arrived. */
    static Request upload(Target target, String type, String key, Supplier<? extends InputStream> source) {
        return new Request(
                "POST",
                target,
                Map.of("Content-Type", type, "Accept", JSON, "Idempotency-Key", key),
                () -> BodyPublishers.ofInputStream(source),
                false,
                true,
                Set.of(),
                Set.of());
    }

    /** Takes a file under an idempotency key: it is carried out once, however often it is sent. */
    static Request file(Target target, String key, Supplier<? extends InputStream> source) {
        Request upload = upload(target, "application/octet-stream", key, source);
        return new Request(
                upload.method, target, upload.headers, upload.body, true, true, upload.accepted, upload.done);
    }

    Request with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return with(more);
    }

    /** The same with these headers only. */
    Request with(Map<String, String> other) {
        return new Request(method, target, other, body, repeatable, transfers, accepted, done);
    }

    /** The same, for which these problems are answers like others. */
    Request accepting(String... codes) {
        return new Request(method, target, headers, body, repeatable, transfers, Set.of(codes), done);
    }

    /** The same, which was carried out when a repetition ends with one of these problems. */
    Request doneWhen(String... codes) {
        return new Request(method, target, headers, body, repeatable, transfers, accepted, Set.of(codes));
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
