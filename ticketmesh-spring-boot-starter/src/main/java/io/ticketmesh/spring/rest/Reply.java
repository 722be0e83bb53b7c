package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer that writes itself, bytes and headers, without message converters or conditional logic of the framework. Immutable; a
 * streamed one can be written once.
 */
final class Reply implements ServerResponse {
    /** Writes a body piece by piece. */
    @FunctionalInterface
    interface Stream {
        /**
         * @throws IOException when the client is gone
         */
        void writeTo(OutputStream output) throws IOException;
    }

    /** Takes the response over, to write it for as long as it likes. */
    @FunctionalInterface
    interface Opening {
        /** Called once status and headers are set, and nothing is sent yet. Returns at once. */
        void open(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final int status;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final @Nullable Stream stream;
    private final @Nullable Opening opening;

    private Reply(
            int status,
            Map<String, String> headers,
            byte @Nullable [] body,
            @Nullable Stream stream,
            @Nullable Opening opening) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(headers);
        this.body = body;
        this.stream = stream;
        this.opening = opening;
    }

    static Reply empty(int status) {
        return new Reply(status, standardHeaders(), null, null, null);
    }

    /** A document of JSON, complete before its first byte is sent. */
    static Reply json(int status, Consumer<JsonWriter> document) {
        return bytes(status, JsonWriter.bytes(document)).with("Content-Type", "application/json");
    }

    static Reply bytes(int status, byte[] body) {
        return new Reply(status, standardHeaders(), body, null, null);
    }

    static Reply streamed(String contentType, Stream stream) {
        return new Reply(200, standardHeaders(), null, stream, null).with("Content-Type", contentType);
    }

    /** One whose length is known. */
    static Reply streamed(int status, String contentType, long length, Stream stream) {
        return new Reply(status, standardHeaders(), null, stream, null)
                .with("Content-Type", contentType)
                .with("Content-Length", String.valueOf(length));
    }

    /** One that goes on after the request was handled. */
    static Reply opened(String contentType, Opening opening) {
        return new Reply(200, standardHeaders(), null, null, opening).with("Content-Type", contentType);
    }

    private static Map<String, String> standardHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "private, no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }

    /** The same with that header, in place of one of the same name. */
    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, stream, opening);
    }

    /** The same with the entity tag of that state. */
    Reply tagged(String etag) {
        return with("ETag", EntityTags.quoted(etag));
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(status);
    }

    /** What older versions of the framework ask for. */
    public int rawStatusCode() {
        return status;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders copy = new HttpHeaders();
        headers.forEach(copy::set);
        return copy;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        writeTo(request, response);
        return null;
    }

    void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        boolean head = request.getMethod().equals("HEAD");
        if (body != null) {
            response.setContentLength(body.length);
            if (!head) {
                response.getOutputStream().write(body);
            }
        } else if (stream != null && !head) {
            stream.writeTo(response.getOutputStream());
        } else if (opening != null && !head) {
            opening.open(request, response);
            return;
        }
        response.flushBuffer();
    }
}
