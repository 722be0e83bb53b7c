package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParseTest {
    private static final JsonLimits LIMITS = JsonLimits.DEFAULT;

    @Test
    void aDocumentBecomesATreeThatKeepsItsOrder() {
        JsonObject ticket =
                (JsonObject) parse("{\"title\":\"printer on fire\",\"tags\":[\"hot\",null],\"open\":true,\"n\":-1.50}");

        assertThat(ticket.members().keySet()).containsExactly("title", "tags", "open", "n");
        assertThat(ticket.member("title")).contains(JsonString.of("printer on fire"));
        assertThat(ticket.at(JsonPointer.parse("/tags/1"))).contains(JsonNull.of());
        assertThat(ticket.member("nothing")).isEmpty();
        assertThat(ticket)
                .hasToString("{\"title\":\"printer on fire\",\"tags\":[\"hot\",null],\"open\":true,\"n\":-1.50}");
    }

    @Test
    void eachValueKnowsItsPointerAndItsPlace() {
        JsonValue root = parse("{\n  \"a/b\": {\"m~n\":\r\n [10, \"x\"]}}");

        JsonValue text = root.at(JsonPointer.parse("/a~1b/m~0n/1")).orElseThrow();
        assertThat(text.pointer()).hasToString("/a~1b/m~0n/1");
        assertThat(text.place().line()).isEqualTo(3);
        assertThat(text.place().column()).isEqualTo(7);
        assertThat(text.place().offset()).isEqualTo(26);
        assertThat(root.pointer()).hasToString("");
        assertThat(root.at(JsonPointer.parse("/a~1b/m~0n/01"))).isEmpty();
        assertThat(root.at(JsonPointer.parse("/a~1b/m~0n/-"))).isEmpty();
    }

    /** ⏎ stands for a line feed, ↵ for a carriage return, ¤ for U+0000. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``               | 1 | 1 | 0  | the document is empty",
                "` ⏎ `            | 2 | 2 | 3  | the document is empty",
                "{                | 1 | 2 | 1  | the document ends inside an object",
                "[                | 1 | 2 | 1  | the document ends inside an array",
                "[1,              | 1 | 4 | 3  | the document ends inside an array",
                "{\"a\"           | 1 | 5 | 4  | the document ends inside an object",
                "{\"a\":          | 1 | 6 | 5  | the document ends inside an object",
                "{\"a\":1,        | 1 | 8 | 7  | the document ends inside an object",
                "{\"a\":1,}       | 1 | 8 | 7  | unexpected character '}', expected a member name in double quotes",
                "[1,]             | 1 | 4 | 3  | unexpected character ']', expected a value",
                "[1 2]            | 1 | 4 | 3  | unexpected character '2', expected a comma or the end of the array",
                "{\"a\":1 \"b\":2}| 1 | 8 | 7  | unexpected character '\"', expected a comma or the end of the object",
                "{\"a\" 1}        | 1 | 6 | 5  | unexpected character '1', expected a colon after the member name",
                "{a:1}            | 1 | 2 | 1  | unexpected character 'a', expected a member name in double quotes",
                "{'a':1}          | 1 | 2 | 1  | unexpected character ''', expected a member name in double quotes",
                "[tru]            | 1 | 2 | 1  | unknown word 'tru', expected a value",
                "[1,⏎  2,⏎ x]     | 3 | 2 | 10 | unknown word 'x', expected a value",
                "[1,↵⏎ x]         | 2 | 2 | 6  | unknown word 'x', expected a value",
                "[1,↵ x]          | 2 | 2 | 5  | unknown word 'x', expected a value",
                "NaN              | 1 | 1 | 0  | NaN is not a JSON number",
                "{\"a\": NaN}     | 1 | 7 | 6  | NaN is not a JSON number",
                "[1, -Infinity]   | 1 | 5 | 4  | -Infinity is not a JSON number",
                "-                | 1 | 2 | 1  | the document ends inside a number",
                "[ 1e             | 1 | 5 | 4  | the document ends inside a number",
                "{\"a\": 12.x}    | 1 | 7 | 6  | malformed number",
                "[1, 12.x]        | 1 | 5 | 4  | malformed number",
                "[1, 12.]         | 1 | 5 | 4  | malformed number",
                "[12ex]           | 1 | 2 | 1  | malformed number",
                "[1,-x]           | 1 | 4 | 3  | malformed number",
                "[+1]             | 1 | 2 | 1  | malformed number",
                "[1,01]           | 1 | 4 | 3  | malformed number",
                "{\"a\":-01}      | 1 | 6 | 5  | malformed number",
                "[.5]             | 1 | 2 | 1  | unexpected character '.', expected a value",
                "0x1              | 1 | 2 | 1  | unexpected character 'x', expected nothing after the value",
                "\"abc            | 1 | 5 | 4  | the document ends inside a string",
                "\"\\u12          | 1 | 6 | 5  | the document ends inside a string",
                "{\"ab            | 1 | 5 | 4  | the document ends inside a string",
                "\"a⏎b\"          | 1 | 3 | 2  | control character U+000A must be escaped in a string",
                "\"\\x\"          | 1 | 3 | 2  | unknown escape in a string",
                "\"\\u12G4\"      | 1 | 6 | 5  | unexpected character 'G', expected four hex digits after \\u",
                "]                | 1 | 1 | 0  | unexpected ']'",
                "[1}              | 1 | 3 | 2  | unexpected '}'",
                "{\"a\":1]        | 1 | 7 | 6  | unexpected ']'",
                "{1:2}            | 1 | 2 | 1  | unexpected character '1', expected a member name in double quotes",
                "/*c*/1           | 1 | 1 | 0  | unexpected character '/', comments are not JSON",
                "[1] x            | 1 | 5 | 4  | unknown word 'x', expected a value",
                "{} {}            | 1 | 4 | 3  | expected nothing after the value",
                "1 2              | 1 | 3 | 2  | expected nothing after the value",
                "[1,¤]            | 1 | 4 | 3  | control character U+0000 outside a string",
            })
    void aMalformedDocumentIsRefusedWithTheExactPlace(String shown, int line, int column, long offset, String problem) {
        MalformedJsonException fault =
                fault(shown.replace('⏎', '\n').replace('↵', '\r').replace('¤', '\0'));

        assertThat(fault.problem()).isEqualTo(problem);
        assertThat(fault).hasMessage("line " + line + ", column " + column + ": " + problem);
        assertThat(fault.offset()).isEqualTo(offset);
        assertThat(fault.reason()).isEqualTo(Reason.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.x", "12.", "3ex", "-x", "+1", "007", "1e+", "NaN", "-Infinity"})
    void thePlaceOfABrokenNumberDoesNotDependOnHowTheBufferWasFilled(String number) {
        for (int padding = 3980; padding < 4020; padding++) {
            MalformedJsonException fault = fault(" ".repeat(padding) + "{\"a\":" + number + "}");

            assertThat(fault.offset()).isEqualTo(padding + 5);
            assertThat(fault.column()).isEqualTo(padding + 6);
        }
    }

    @Test
    void theFirstFaultIsReportedEvenIfBadBytesFollow() {
        MalformedJsonException fault = fault(bytes("7b 22 61 22 20 31 2c ff"));

        assertThat(fault.reason()).isEqualTo(Reason.SYNTAX);
        assertThat(fault.offset()).isEqualTo(5);
    }

    /** Every document is a line feed, a quote, the letter a, and then the bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0 80",
                "c0 af",
                "e0 80 af",
                "f0 80 80 af",
                "c1 bf", // overlong
                "ed a0 80",
                "ed bf bf",
                "ed a0 bd ed b8 80", // surrogates
                "80",
                "bf",
                "ff",
                "fe",
                "f5 80 80 80",
                "f4 90 80 80", // never a beginning
                "c3",
                "e2 82",
                "f0 9f 98", // cut
            })
    void bytesThatAreNotUtf8AreRefusedWhereTheyBegin(String hex) {
        MalformedJsonException fault = fault(bytes("0a 22 61 " + hex));

        assertThat(fault.reason()).isEqualTo(Reason.ENCODING);
        assertThat(fault).hasMessage("line 2, column 3: the bytes are not valid UTF-8");
        assertThat(fault.offset()).isEqualTo(3);
    }

    @Test
    void badBytesFarInsideADocumentAreFoundToo() throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.write(("[\"" + "ü".repeat(30_000)).getBytes(UTF_8));
        document.write(0xC3);
        document.write("\"]".getBytes(UTF_8));

        MalformedJsonException fault = fault(document.toByteArray());

        assertThat(fault.reason()).isEqualTo(Reason.ENCODING);
        assertThat(fault.offset()).isEqualTo(30_002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, \"\\ud800\"]", "[1, \"\\udc00\\ud800\"]", "[1, \"\\ud800x\"]", "[1, \"x\\udfff\"]"})
    void anEscapedHalfOfASurrogatePairIsRefused(String document) {
        MalformedJsonException fault = fault(document);

        assertThat(fault.reason()).isEqualTo(Reason.ENCODING);
        assertThat(fault.offset()).isEqualTo(4);
    }

    @Test
    void allOfUnicodeIsReadEscapedOrNot() {
        assertThat(parse("[\"\\ud83d\\ude00\",\"😀\",\"ü\",\"\\u0000\"]"))
                .isEqualTo(JsonArray.of(java.util.List.of(
                        JsonString.of("😀"), JsonString.of("😀"), JsonString.of("ü"), JsonString.of("\0"))));
    }

    @Test
    void oneByteOrderMarkAtTheStartIsSkippedAndNotCounted() {
        assertThat(parse("\uFEFF[1]")).isEqualTo(parse("[1]"));
        assertThat(fault("\uFEFF[x]").offset()).isEqualTo(1);
        assertThat(fault("\uFEFF").problem()).isEqualTo("the document is empty");
        assertThat(fault("\uFEFF\uFEFF[1]").offset()).isZero();
        assertThat(fault("[1]\uFEFF").offset()).isEqualTo(3);
    }

    @Test
    void aMemberTwiceInAnObjectIsRefusedAtItsSecondName() {
        MalformedJsonException fault = fault("{\"a\":1,\n\"b\":{\"a\":2},\"\\u0061\":3}");

        assertThat(fault.reason()).isEqualTo(Reason.DUPLICATE_NAME);
        assertThat(fault).hasMessage("line 2, column 13: the member \"a\" appears twice");
    }

    @Test
    void aDocumentMayHaveExactlyTheBytesAllowed() {
        byte[] document = "[\"äöü\"]".getBytes(UTF_8);

        assertThat(Json.parse(document, LIMITS.withDocumentBytes(document.length)))
                .isNotNull();
        MalformedJsonException fault = fault(document, LIMITS.withDocumentBytes(document.length - 1));
        assertThat(fault.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(fault.problem()).isEqualTo("the document has more than 9 bytes");
    }

    @Test
    void stringsNamesAndNumbersMayHaveExactlyTheCharactersAllowed() {
        JsonLimits ten = new JsonLimits(1000, 10, 5, 7, 64);

        assertThat(Json.parse("{\"abcd\\n\":\"12345\\n7890\",\"n\":-123.45}".getBytes(UTF_8), ten))
                .isNotNull();
        assertLimit(fault("{\"a\":\"12345\\n78901\"}", ten), 5, "the string has more than 10 characters");
        assertLimit(fault("{\"a\":1,\"abcdef\":1}", ten), 7, "the name has more than 5 characters");
        assertLimit(fault("{\"a\":12345678}", ten), 5, "the number has more than 7 characters");
        assertLimit(fault("[1,123456.78]", ten), 3, "the number has more than 7 characters");
    }

    @Test
    void nestingMayBeExactlyAsDeepAsAllowed() {
        assertThat(parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonArray.class);
        assertLimit(fault("[".repeat(65) + "]".repeat(65), LIMITS), 64, "nested deeper than 64 levels");
        assertLimit(fault("{\"a\":".repeat(65) + "1" + "}".repeat(65), LIMITS), 320, "nested deeper than 64 levels");
    }

    @Test
    void aMillionOpenBracketsDoNotOverflowTheStack() {
        assertThat(fault("[".repeat(1_000_000)).reason()).isEqualTo(Reason.LIMIT);
        assertThat(fault("{\"a\":[".repeat(150_000)).reason()).isEqualTo(Reason.LIMIT);
    }

    @Test
    void theDeepestTreeThatLimitsAllowCanBeReadComparedAndWritten() {
        String document = "[".repeat(500) + "]".repeat(500);
        JsonValue tree = Json.parse(document.getBytes(UTF_8), LIMITS.withNesting(500));

        assertThat(tree).hasToString(document);
        assertThat(tree).isEqualTo(Json.parse(document.getBytes(UTF_8), LIMITS.withNesting(500)));
        assertThatThrownBy(() -> LIMITS.withNesting(501)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersKeepTheirExactDigits() {
        assertThat(number("0.1000000000000000055511151231257827").decimal())
                .isEqualTo(new BigDecimal("0.1000000000000000055511151231257827"));
        assertThat(number("9223372036854775807").exactLong()).hasValue(Long.MAX_VALUE);
        assertThat(number("9223372036854775808").exactLong()).isEmpty();
        assertThat(number("3.0").exactLong()).hasValue(3);
        assertThat(number("3e2").exactLong()).hasValue(300);
        assertThat(number("3.5").exactLong()).isEmpty();
        assertThat(number("-0")).isEqualTo(number("0.00"));
        assertThat(number("1e1000").exactLong()).isEmpty();
        assertThat(number("1e1000").isWhole()).isTrue();
        assertThat(number("1e-1000").isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e1001",
                "1e-1001",
                "1e999999999",
                "-1E+999999999",
                "1e-999999999",
                "1e99999999999999999999",
                "0e2000"
            })
    void aNumberThatWouldExplodeIsRefused(String number) {
        assertLimit(fault("[1," + number + "]", LIMITS), 3, "the exponent of the number is beyond 1000");
    }

    @Test
    void aFailingStreamFailsAsItself() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable cut");
            }
        };

        assertThatThrownBy(() -> Json.parse(broken, LIMITS))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("cable cut");
    }

    @Test
    void aStreamThatGivesSingleBytesIsReadToItsEndAndLeftOpen() throws IOException {
        boolean[] closed = {false};
        InputStream slow = new ByteArrayInputStream("[\"ü😀\", 12.5]".getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(1, length));
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThat(Json.parse(slow, LIMITS)).hasToString("[\"ü😀\",12.5]");
        assertThat(slow.read()).isEqualTo(-1);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void messagesQuoteLittleOfTheDocument() {
        assertThat(fault("x".repeat(100_000)).getMessage().length()).isLessThan(120);
        assertThat(fault("{\"" + "n".repeat(250) + "\":1,\"" + "n".repeat(250) + "\":2}")
                        .getMessage()
                        .length())
                .isLessThan(120);
    }

    private static void assertLimit(MalformedJsonException fault, long offset, String problem) {
        assertThat(fault.problem()).isEqualTo(problem);
        assertThat(fault.offset()).isEqualTo(offset);
        assertThat(fault.reason()).isEqualTo(Reason.LIMIT);
    }

    private static JsonNumber number(String text) {
        return (JsonNumber) parse(text);
    }

    private static JsonValue parse(String document) {
        return Json.parse(document.getBytes(UTF_8), LIMITS);
    }

    private static MalformedJsonException fault(String document) {
        return fault(document, LIMITS.withDocumentBytes(10_000_000));
    }

    private static MalformedJsonException fault(String document, JsonLimits limits) {
        return fault(document.getBytes(UTF_8), limits);
    }

    private static MalformedJsonException fault(byte[] document) {
        return fault(document, LIMITS);
    }

    private static MalformedJsonException fault(byte[] document, JsonLimits limits) {
        MalformedJsonException fault =
                catchThrowableOfType(MalformedJsonException.class, () -> Json.parse(document, limits));
        assertThat(fault).isNotNull();
        return fault;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
}
