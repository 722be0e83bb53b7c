package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples of the standard, and bytes that follow none. */
class EventParserTest {
    private static final int MOST = 1_000;

    private static List<String> parsed(byte[] bytes, int... cuts) {
        List<String> blocks = new ArrayList<>();
        EventParser parser = new EventParser("", MOST, (name, data, id) -> blocks.add(name + "|" + data + "|" + id));
        int begin = 0;
        for (int cut : cuts) {
            parser.take(bytes, begin, cut - begin);
            begin = cut;
        }
        parser.take(bytes, begin, bytes.length - begin);
        return blocks;
    }

    private static List<String> parsed(String text) {
        return parsed(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesOfDataAreJoined() {
        assertThat(parsed("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly("message|YHOO\n+2\n10|");
    }

    @Test
    void commentsIdsAndEventsAreToldApart() {
        assertThat(parsed(
                        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
                .containsExactly("message|first event|1", "message|second event|", "message| third event|");
    }

    @Test
    void anEmptyDataIsAnEventAndAnUnfinishedOneIsNone() {
        assertThat(parsed("data\n\ndata\ndata\n\ndata:")).containsExactly("message||", "message|\n|");
        assertThat(parsed("event: a\n\ndata: b\n\n")).containsExactly("message|b|");
    }

    @Test
    void aSpaceBehindTheColonMeansNothing() {
        assertThat(parsed("data:test\n\ndata: test\n\n")).containsExactly("message|test|", "message|test|");
    }

    @Test
    void everyLineEndCountsAndTheMarkAtTheBeginningDoesNot() {
        assertThat(parsed("\uFEFFdata: a\rdata: b\r\ndata: c\nevent: x\r\n\r\ndata: d\r\rdata: e\n\n"))
                .containsExactly("x|a\nb\nc|", "message|d|", "message|e|");
        assertThat(parsed("data: a\n\n\uFEFFdata: b\n\n")).containsExactly("message|a|");
    }

    @Test
    void anIdAloneIsToldOnceAndOneWithANullIsNone() {
        assertThat(parsed("id: 7\n\nid: 7\n\nid: 8\u0000\n\ndata: a\n\n")).containsExactly("||7", "message|a|7");
    }

    @Test
    void onlyWholeNumbersSayWhenToComeBack() {
        EventParser parser = new EventParser("", MOST, (name, data, id) -> {});
        for (String line : List.of("retry: 2000\n", "retry: 2.5\n", "retry: -1\n", "retry\n", "retry: 99999999999\n")) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            parser.take(bytes, 0, bytes.length);
        }
        assertThat(parser.retryMillis()).isEqualTo(2_000);
    }

    @Test
    void itDoesNotMatterHowTheBytesAreCut() {
        byte[] bytes = "\uFEFFid: 1\r\nevent: ticket.created\r\ndata: Zürich 😀\r\n\r\n:\r\rid: 2\n\ndata: x\n\n"
                .getBytes(StandardCharsets.UTF_8);
        List<String> whole = parsed(bytes);
        assertThat(whole).containsExactly("ticket.created|Zürich 😀|1", "||2", "message|x|2");
        for (int one = 0; one <= bytes.length; one++) {
            for (int two = one; two <= bytes.length; two++) {
                assertThat(parsed(bytes, one, two)).isEqualTo(whole);
            }
        }
    }

    @Test
    void whateverComesIsReadAsTheStandardSays() {
        String[] pieces = {
            "data", "event", "id", "retry", ":", " ", "\n", "\r", "\r\n", "\n\n", "x", "é", "\u0000", "7", "\uFEFF"
        };
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(60); count > 0; count--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(bytes.length + 1);
            assertThat(parsed(bytes, cut)).as("seed %s", seed).isEqualTo(asTheStandardSays(text.toString()));
        }
    }

    /** Word for word, from the whole text at once. */
    private static List<String> asTheStandardSays(String stream) {
        List<String> told = new ArrayList<>();
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        String[] lines = text.split("\r\n|\r|\n", -1);
        String data = "";
        String name = "";
        String id = "";
        String last = "";
        for (int i = 0; i < lines.length - 1; i++) { // behind the last line end there is no line
            String line = lines[i];
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    told.add((name.isEmpty() ? "message" : name) + "|" + data.substring(0, data.length() - 1) + "|"
                            + id);
                } else if (!id.equals(last)) {
                    told.add("||" + id);
                }
                last = id;
                data = "";
                name = "";
                continue;
            }
            String[] parts = line.split(":", 2);
            String value = parts.length < 2 ? "" : parts[1].startsWith(" ") ? parts[1].substring(1) : parts[1];
            if (parts[0].equals("data")) {
                data += value + "\n";
            } else if (parts[0].equals("event")) {
                name = value;
            } else if (parts[0].equals("id") && value.indexOf(0) < 0) {
                id = value;
            }
        }
        return told;
    }

    @Test
    void noBytesMakeItFailButTooMany() {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] bytes = new byte[500];
            new Random(seed).nextBytes(bytes);
            parsed(bytes);
        }
        assertThatThrownBy(() -> parsed("data: " + "x".repeat(MOST))).isInstanceOf(EventParser.TooLarge.class);
        assertThatThrownBy(() -> parsed(":" + "x".repeat(MOST))).isInstanceOf(EventParser.TooLarge.class);
        assertThatThrownBy(() -> parsed("data: 1234567890\n".repeat(100))).isInstanceOf(EventParser.TooLarge.class);
        assertThat(parsed("data: 1234567890\n\n".repeat(100))).hasSize(100);
    }
}
