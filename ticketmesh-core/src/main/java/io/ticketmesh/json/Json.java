package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads one JSON document, strictly by RFC 8259: UTF-8 without overlong forms or surrogates (escaped lone surrogates
 * neither), no comments, no trailing commas, no NaN, no member twice in an object, exactly one value. One byte order mark at
 * the start is skipped. Thread-safe.
 */
public final class Json {
    private Json() {}

    /**
     * Reads a document that is in memory.
     *
     * @throws MalformedJsonException if it is not one JSON document within the limits
     */
    public static JsonValue parse(byte[] document, JsonLimits limits) {
        try {
            return parse(new ByteArrayInputStream(document), limits);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a document from a stream up to its end, and leaves it open.
     *
     * @throws MalformedJsonException if it is not one JSON document within the limits
     * @throws IOException if the stream fails
     */
    public static JsonValue parse(InputStream document, JsonLimits limits) throws IOException {
        try (TokenSource source = new TokenSource(document, limits)) {
            JsonValue value = new TreeReader(source, Long.MAX_VALUE).read(first(source), JsonPointer.ROOT);
            requireEnd(source);
            return value;
        }
    }

    static JsonToken first(TokenSource source) throws IOException {
        @Nullable JsonToken token = source.next();
        if (token == null) {
            throw source.faultAtEnd(Reason.SYNTAX, "the document is empty");
        }
        return token;
    }

    static void requireEnd(TokenSource source) throws IOException {
        if (source.next() != null) {
            throw source.fault(Reason.SYNTAX, "expected nothing after the value");
        }
    }
}
