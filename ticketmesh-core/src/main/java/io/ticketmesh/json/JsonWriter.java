package io.ticketmesh.json;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes JSON as UTF-8, compact and always the same way:
 *
 * <pre>{@code
 * byte[] body = JsonWriter.bytes(json -> json.startObject()
 *         .member("id", id).member("assignee", null).optional("dueAt", dueAt)
 *         .startArray("tags").values(tags).endArray()
 *         .endObject());
 * }</pre>
 *
 * <p>The output of one document never holds a line break, so that it fits one line of NDJSON and one {@code data:} line of
 * server-sent events; beside what JSON demands, U+0085, U+2028 and U+2029 are escaped, because some readers take them for line
 * breaks too. Nothing is escaped for HTML: what is put into a page must be escaped there. A lone surrogate in a text is written
 * as U+FFFD. Timestamps are RFC 3339 in UTC with three digits of fraction, see {@link Rfc3339#text(Instant)}.
 *
 * <p>Buffers up to 8,000 bytes until {@link #flush} or {@link #close}. Misuse, such as a value without a name in an object, throws
 * {@link IllegalStateException}; a failing stream throws {@link UncheckedIOException}. After an exception the output is
 * incomplete and never made to look complete. For one thread.
 */
public final class JsonWriter implements Closeable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .rootValueSeparator("")
            .characterEscapes(new LineBreakEscapes())
            .build();

    private final JsonGenerator generator;
    private boolean documentDone;

    private JsonWriter(OutputStream output) {
        this.generator = FACTORY.createGenerator(ObjectWriteContext.empty(), output);
    }

    /** A writer to a stream, which the writer never closes. */
    public static JsonWriter to(OutputStream output) {
        return new JsonWriter(output);
    }

    /** What the given steps write. */
    public static byte[] bytes(Consumer<JsonWriter> steps) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (JsonWriter writer = to(output)) {
            steps.accept(writer);
        }
        return output.toByteArray();
    }

    /** What the given steps write. */
    public static String text(Consumer<JsonWriter> steps) {
        return new String(bytes(steps), StandardCharsets.UTF_8);
    }

    static String text(JsonValue value) {
        return text(writer -> writer.value(value));
    }

    public JsonWriter startObject() {
        return put(generator::writeStartObject);
    }

    public JsonWriter startObject(String name) {
        return name(name).startObject();
    }

    public JsonWriter endObject() {
        return finish(generator::writeEndObject);
    }

    public JsonWriter startArray() {
        return put(generator::writeStartArray);
    }

    public JsonWriter startArray(String name) {
        return name(name).startArray();
    }

    public JsonWriter endArray() {
        return finish(generator::writeEndArray);
    }

    /** The name of the next value; the same name twice in an object is misuse. */
    public JsonWriter name(String name) {
        perform(() -> generator.writeName(Surrogates.replaced(name)));
        return this;
    }

    /** A member; a null value is written as {@code null}. Values as in {@link #value(Object)}. */
    public JsonWriter member(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /** A member that is left out if its value is null. Values as in {@link #value(Object)}. */
    public JsonWriter optional(String name, @Nullable Object value) {
        return value == null ? this : member(name, value);
    }

    /** Each of the values, in an array. Values as in {@link #value(Object)}. */
    public JsonWriter values(Iterable<?> values) {
        values.forEach(this::value);
        return this;
    }

    /**
     * A value by its type: null, any {@link CharSequence}, {@link Boolean}, integers of any size, {@link BigDecimal},
     * {@link Double} and {@link Float} if finite, {@link Instant}, {@link LocalDate}, {@link UUID}, {@link JsonValue}, an
     * {@link Iterable} of these as an array, a {@link Map} of these with text keys as an object.
     *
     * @throws IllegalArgumentException for any other type, NaN and infinities, and years beyond 9999
     */
    public JsonWriter value(@Nullable Object value) {
        if (value == null || value instanceof JsonNull) {
            return put(generator::writeNull);
        } else if (value instanceof CharSequence text) {
            return put(() -> generator.writeString(Surrogates.replaced(text.toString())));
        } else if (value instanceof JsonString string) {
            return value(string.text());
        } else if (value instanceof Boolean truth) {
            return put(() -> generator.writeBoolean(truth));
        } else if (value instanceof JsonBoolean bool) {
            return value(bool.truth());
        } else if (value instanceof JsonNumber number) {
            return value(number.decimal());
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Instant instant) {
            return value(Rfc3339.text(instant));
        } else if (value instanceof LocalDate date) {
            return value(Rfc3339.text(date));
        } else if (value instanceof UUID uuid) {
            return value(uuid.toString());
        } else if (value instanceof JsonArray array) {
            return startArray().values(array.elements()).endArray();
        } else if (value instanceof JsonObject tree) {
            return map(tree.members());
        } else if (value instanceof Iterable<?> elements) {
            return startArray().values(elements).endArray();
        } else if (value instanceof Map<?, ?> members) {
            return map(members);
        }
        throw new IllegalArgumentException(
                "no JSON for a value of " + value.getClass().getName());
    }

    /**
     * Ends the line of a finished document, so that another may follow: newline-delimited JSON. Without it a writer takes one
     * document only.
     */
    public JsonWriter newLine() {
        if (!documentDone) {
            throw new IllegalStateException("a line ends after a finished document");
        }
        documentDone = false;
        perform(() -> generator.writeRaw('\n'));
        return this;
    }

    /** Hands everything buffered to the stream and flushes it. */
    public JsonWriter flush() {
        perform(generator::flush);
        return this;
    }

    /**
     * Hands everything buffered to the stream and flushes it, but leaves the stream open. An unfinished document stays
     * unfinished, so that a reader notices.
     */
    @Override
    public void close() {
        perform(generator::close);
    }

    private JsonWriter number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return put(() -> generator.writeNumber(number.longValue()));
        } else if (number instanceof BigDecimal decimal) {
            return put(() -> generator.writeNumber(decimal));
        } else if (number instanceof BigInteger integer) {
            return put(() -> generator.writeNumber(integer));
        } else if ((number instanceof Double || number instanceof Float) && Double.isFinite(number.doubleValue())) {
            return value(new BigDecimal(number.toString()));
        }
        throw new IllegalArgumentException("no JSON for the number " + number);
    }

    private JsonWriter map(Map<?, ?> members) {
        startObject();
        members.forEach((name, member) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("a member's name is a text");
            }
            member(text, member);
        });
        return endObject();
    }

    private JsonWriter put(Step step) {
        if (documentDone) {
            throw new IllegalStateException("the document is finished; newLine() begins another");
        }
        return finish(step);
    }

    private JsonWriter finish(Step step) {
        perform(step);
        documentDone = generator.streamWriteContext().inRoot();
        return this;
    }

    private void perform(Step step) {
        try {
            step.run();
        } catch (JacksonIOException failed) {
            throw new UncheckedIOException(failed.getCause());
        } catch (JacksonException misuse) {
            throw new IllegalStateException(misuse.getOriginalMessage());
        }
    }

    /** One call of the generator. */
    @FunctionalInterface
    private interface Step {
        void run();
    }
}
