package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void eachLineIsAValue() throws IOException {
        assertThat(read("{\"a\":1}\n[2]\n3\n", 100)).containsExactly("1: {\"a\":1}", "2: [2]", "3: 3");
    }

    @Test
    void windowsLineEndsBlankLinesAByteOrderMarkAndAMissingLastLineEndAreFine() throws IOException {
        assertThat(read("\uFEFF1\r\n\r\n \t\n2\n\n3", 100)).containsExactly("1: 1", "4: 2", "6: 3");
        assertThat(read("", 100)).isEmpty();
        assertThat(read("\n\r\n", 100)).isEmpty();
    }

    @Test
    void aBadLineIsReportedByItsNumberAndTheNextOnesAreRead() throws IOException {
        assertThat(read("1\n{\"a\":x}\n2\n[1,\n2]\n4", 100))
                .containsExactly(
                        "1: 1",
                        "2: line 2, column 6: unknown word 'x', expected a value",
                        "3: 2",
                        "4: line 4, column 4: the document ends inside an array",
                        "5: line 5, column 2: unexpected character ']', expected nothing after the value",
                        "6: 4");
    }

    @Test
    void anOverLongLineIsPassedOverAndTheNextOneIsRead() throws IOException {
        String tooLong = "4: line 4, column 1: the line has more than 10 bytes";
        String fits = "\"12345678\"";

        assertThat(read(fits + "\n" + fits + "\r\n\n\"123456789\"\n5", 10))
                .containsExactly("1: " + fits, "2: " + fits, tooLong, "5: 5");
        assertThat(read("1\n2\n3\n\"" + "x".repeat(100_000) + "\"\r\n5", 10))
                .containsExactly("1: 1", "2: 2", "3: 3", tooLong, "5: 5");
        assertThat(read("1\n2\n3\n\"" + "x".repeat(100_000), 10)).containsExactly("1: 1", "2: 2", "3: 3", tooLong);
        assertThat(read(" ".repeat(11) + "\r\n2", 10))
                .containsExactly("1: line 1, column 1: the line has more than 10 bytes", "2: 2");
    }

    @Test
    void anOverLongLineIsTooLargeAndABadByteIsABadEncoding() throws IOException {
        JsonLines lines = new JsonLines(
                new ByteArrayInputStream(new byte[] {'1', '2', '3', '\n', '"', (byte) 0xFF, '"', '\n'}),
                JsonLimits.DEFAULT.withDocumentBytes(3));
        JsonLines tight = new JsonLines(
                new ByteArrayInputStream("1234".getBytes(UTF_8)), JsonLimits.DEFAULT.withDocumentBytes(3));

        assertThat(lines.next().orElseThrow()).isInstanceOf(JsonLine.Row.class);
        assertThat(((JsonLine.Bad) lines.next().orElseThrow()).fault().reason()).isEqualTo(Reason.ENCODING);
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEmpty();
        assertThat(((JsonLine.Bad) tight.next().orElseThrow()).fault().reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void linesAreFoundWhereverTheBufferEnds() throws IOException {
        for (int length = 8_180; length < 8_200; length++) {
            String first = "\"" + "x".repeat(length) + "\"";
            for (String end : List.of("\n", "\r\n")) {
                assertThat(read(first + end + "2" + end, 10_000)).containsExactly("1: " + first, "2: 2");
            }
        }
    }

    private static List<String> read(String file, int lineBytes) throws IOException {
        JsonLines lines = new JsonLines(
                new ByteArrayInputStream(file.getBytes(UTF_8)), JsonLimits.DEFAULT.withDocumentBytes(lineBytes));
        List<String> report = new ArrayList<>();
        for (Optional<JsonLine> next = lines.next(); next.isPresent(); next = lines.next()) {
            JsonLine line = next.get();
            Object content = line instanceof JsonLine.Row row
                    ? row.value()
                    : ((JsonLine.Bad) line).fault().getMessage();
            report.add(line.number() + ": " + content);
        }
        return report;
    }
}
