package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonValue;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An answer that counts: one with success, or a problem that the request accepts.
 *
 * @param bytes the whole body; empty for a stream
 * @param stream null unless a stream was asked for
 */
record Answer(
        int status,
        HttpHeaders headers,
        byte[] bytes,
        @Nullable InputStream stream) {
    /** Makes something of an answer. */
    @FunctionalInterface
    interface Reader<T extends @Nullable Object> {
        /**
         * @throws io.ticketmesh.json.MalformedJsonException when it is no JSON
         * @throws io.ticketmesh.json.InvalidJsonException when it is other JSON than it should be
         */
        T read(Answer answer);
    }

    JsonValue json() {
        return Json.parse(bytes, JsonLimits.DEFAULT.withDocumentBytes(Math.max(1, bytes.length)));
    }

    AnswerForm form() {
        return AnswerForm.of(json());
    }
}
