package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void anAnswerIsWrittenCompactAndInOrder() {
        String text = JsonWriter.text(json -> json.startObject()
                .member("id", UUID.fromString("0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d"))
                .member("createdAt", Instant.parse("2026-01-31T14:05:00.1239Z"))
                .member("dueDate", LocalDate.of(2026, 2, 1))
                .member("assignee", null)
                .optional("queue", null)
                .optional("count", 3)
                .startArray("tags")
                .values(List.of("a", "b"))
                .endArray()
                .startObject("more")
                .endObject()
                .member("map", Map.of("k", List.of(true, 1L)))
                .member("tree", Json.parse("{\"z\":[1.50,null]}".getBytes(UTF_8), JsonLimits.DEFAULT))
                .endObject());

        assertThat(text)
                .isEqualTo(
                        "{\"id\":\"0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d\",\"createdAt\":\"2026-01-31T14:05:00.123Z\","
                                + "\"dueDate\":\"2026-02-01\",\"assignee\":null,\"count\":3,\"tags\":[\"a\",\"b\"],\"more\":{},"
                                + "\"map\":{\"k\":[true,1]},\"tree\":{\"z\":[1.50,null]}}");
    }

    @Test
    void numbersAreWrittenExactly() {
        assertThat(written(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(written(new BigDecimal("1E+1000"))).isEqualTo("1E+1000");
        assertThat(written(new BigDecimal("0.10"))).isEqualTo("0.10");
        assertThat(written(BigInteger.TWO.pow(70))).isEqualTo("1180591620717411303424");
        assertThat(written(0.1)).isEqualTo("0.1");
        assertThat(written(1e10)).isEqualTo("1.0E+10");
        assertThat(written(0.1f)).isEqualTo("0.1");
        assertThatThrownBy(() -> written(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> written(Float.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> written(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingThatAReaderMightTakeForALineBreakIsWrittenRaw() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point < 0x3000; point++) {
            all.appendCodePoint(point);
        }
        String text = JsonWriter.text(json ->
                json.startObject().member(all.toString(), all.toString()).endObject());

        assertThat(text.split("\\R|[\\x1c-\\x1e]", -1).length).isEqualTo(1);
        assertThat(List.of("\\n", "\\r", "\\u0085", "\\u2028", "\\u2029", "%&'", "./0", ";<=>?"))
                .allMatch(text::contains);
        assertThat(Json.parse(text.getBytes(UTF_8), JsonLimits.DEFAULT.withNameChars(20_000))
                        .equals(JsonObject.of(Map.of(all.toString(), JsonString.of(all.toString())))))
                .isTrue();
    }

    @Test
    void aLoneSurrogateIsReplacedInTextsAndNames() {
        String text = JsonWriter.text(json -> json.startObject()
                .member("\ud800", "a\udc00b\ud83d\ude00\ud800\ud800")
                .member("x", "\udc00\ud800\udc00")
                .endObject());

        assertThat(text).isEqualTo("{\"\uFFFD\":\"a\uFFFDb\ud83d\ude00\uFFFD\uFFFD\",\"x\":\"\uFFFD\ud800\udc00\"}");
    }

    @Test
    void charactersOutsideTheBasicPlaneSurviveWhereverTheBufferEnds() {
        for (int padding : new int[] {0, 1_990, 3_990, 7_985, 11_990}) {
            for (int i = padding; i < padding + 25; i++) {
                String text = "x".repeat(i) + "😀\u2028€ü" + "y".repeat(20) + "😀";
                byte[] written = JsonWriter.bytes(json -> json.value(text));
                assertThat(new String(written, UTF_8))
                        .as("padding %d", i)
                        .isEqualTo("\"" + text.replace("\u2028", "\\u2028") + "\"");
            }
        }
    }

    @Test
    void linesFollowEachOtherOnlyWhereAsked() {
        assertThat(JsonWriter.text(json -> json.value(1)
                        .newLine()
                        .startObject()
                        .endObject()
                        .newLine()
                        .value("x")
                        .newLine()))
                .isEqualTo("1\n{}\n\"x\"\n");
        assertThatThrownBy(() -> JsonWriter.text(json -> json.value(1).value(2)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(json -> json.startArray().newLine()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(JsonWriter::newLine)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(json -> json.value(1).newLine().newLine()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void misuseIsRefused() {
        assertThatThrownBy(() -> JsonWriter.text(json -> json.startObject().value(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(json -> json.startArray().endObject()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(json -> json.name("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.text(
                        json -> json.startObject().member("a", 1).member("a", 2)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> written(Collections.singletonMap(1, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentThatBreaksOffDoesNotLookComplete() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (JsonWriter json = JsonWriter.to(output)) {
                        json.startObject().startArray("items").value(1);
                        throw new IllegalArgumentException("row 2 is broken");
                    }
                })
                .hasMessage("row 2 is broken");

        assertThat(output.toString(UTF_8)).isEqualTo("{\"items\":[1");
    }

    @Test
    void theStreamIsFlushedButNeverClosed() {
        int[] calls = new int[2];
        ByteArrayOutputStream output = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                calls[0]++;
            }

            @Override
            public void close() {
                calls[1]++;
            }
        };
        JsonWriter json = JsonWriter.to(output).startArray().value(1);
        assertThat(output.size()).isZero();
        json.flush();
        assertThat(output.toString(UTF_8)).isEqualTo("[1");
        assertThat(calls[0]).isEqualTo(1);
        json.endArray().close();
        assertThat(output.toString(UTF_8)).isEqualTo("[1]");
        assertThat(calls[1]).isZero();
    }

    @Test
    void aBrokenStreamIsAnUncheckedIoException() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                throw new IOException("cable cut");
            }
        };

        assertThatThrownBy(() -> JsonWriter.to(broken).value("x").flush())
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("cable cut");
    }

    @Test
    void nullElementsAreWritten() {
        assertThat(written(Arrays.asList(null, "a"))).isEqualTo("[null,\"a\"]");
    }

    private static String written(Object value) {
        return JsonWriter.text(json -> json.value(value));
    }
}
