package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.json.Field.Presence;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ObjectFormTest {
    private final Violations violations = new Violations();

    enum Priority {
        LOW,
        HIGH
    }

    @Test
    void aGoodFormGivesItsValues() {
        ObjectForm form = form("""
                {"title":" Fire ","count":3.0,"share":0.10,"open":true,"dueAt":"2026-01-31T14:05:00+01:00","day":"2026-01-31",
                 "id":"0198C5A1-7d3e-7a6b-9c1d-2e3f4a5b6c7d","priority":"high","tags":["a","b"],"reporter":{"name":"Ann"},
                 "parts":[{"n":1},{"n":2}],"any":[1]}""");

        assertThat(form.string("title").required().value()).isEqualTo(" Fire ");
        assertThat(form.integer("count").value()).isEqualTo(3L);
        assertThat(form.decimal("share").value()).isEqualTo(new BigDecimal("0.10"));
        assertThat(form.bool("open").value()).isTrue();
        assertThat(form.instant("dueAt").value()).isEqualTo(Instant.parse("2026-01-31T13:05:00Z"));
        assertThat(form.localDate("day").value()).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(form.uuid("id").value()).isEqualTo(UUID.fromString("0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d"));
        assertThat(priority(form).value()).isEqualTo(Priority.HIGH);
        assertThat(form.strings("tags").atMost(2).value()).containsExactly("a", "b");
        assertThat(form.form("reporter").value().string("name").value()).isEqualTo("Ann");
        assertThat(form.forms("parts").value())
                .extracting(part -> part.integer("n").value())
                .containsExactly(1L, 2L);
        assertThat(form.any("any").value()).hasToString("[1]");
        form.rejectUnknown();
        assertThatCode(violations::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        ObjectForm form = form("""
                {"id":"x","title":7,"count":1.5,"small":1,"huge":1e1000,"dueAt":"2016-12-31T23:59:60Z","day":5,"priority":"hihg",
                 "tags":["a",1,null],"reporter":{"nmae":"Ann"},"parts":[{},4],"a/~b":1,"long":"12345","uuid":"1-1-1-1-1"}""");
        form.string("title").required();
        form.string("body").required();
        form.integer("count");
        form.integer("small", 2, 5);
        form.integer("huge");
        form.instant("dueAt");
        form.localDate("day");
        priority(form);
        form.strings("tags");
        form.form("reporter").ifValue(reporter -> {
            reporter.string("name").required();
            reporter.rejectUnknown();
        });
        form.forms("parts");
        form.string("long").atMost(4);
        form.uuid("uuid");
        form.readOnly(List.of("id", "createdAt")).rejectUnknown();

        assertThat(told())
                .containsExactly(
                        "/title wrong-type must be a string, not a number",
                        "/body required is required",
                        "/count wrong-type must be a whole number",
                        "/small out-of-range must be at least 2",
                        "/huge out-of-range must be at most 9223372036854775807",
                        "/dueAt invalid names second 60; leap seconds are not supported, use second 59",
                        "/day wrong-type must be a string, not a number",
                        "/priority not-allowed must be one of low, high",
                        "/tags/1 wrong-type must be a string, not a number",
                        "/tags/2 wrong-type must be a string, not null",
                        "/reporter/name required is required",
                        "/reporter/nmae unknown-field is not a field that exists here",
                        "/parts/1 wrong-type must be an object, not a number",
                        "/long too-long has 5 characters, at most 4 are allowed",
                        "/uuid invalid is not a UUID like 0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d",
                        "/id read-only is written by the server only",
                        "/a~1~0b unknown-field is not a field that exists here");
        assertThat(violations.list())
                .extracting(Violation::limit)
                .containsExactly(
                        null,
                        null,
                        null,
                        2L,
                        Long.MAX_VALUE,
                        null,
                        null,
                        List.of("low", "high"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        4,
                        null,
                        null,
                        null);
        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOfSatisfying(
                        InvalidJsonException.class,
                        invalid -> assertThat(invalid.violations()).isEqualTo(violations.list()))
                .hasMessageStartingWith("/title must be a string, not a number; /body is required; ");
    }

    @Test
    void aMergePatchTellsAbsentFromNullFromValue() {
        ObjectForm patch = form("{\"dueAt\":null,\"title\":\"x\",\"assignee\":5}");
        List<String> changes = new ArrayList<>();

        patch.instant("dueAt").ifValue(at -> changes.add("due " + at)).ifNull(() -> changes.add("never due"));
        patch.string("title")
                .notNull()
                .ifValue(text -> changes.add("title " + text))
                .ifNull(() -> changes.add("no title"));
        patch.string("queue")
                .notNull()
                .ifValue(text -> changes.add("queue " + text))
                .ifNull(() -> changes.add("no queue"));

        assertThat(changes).containsExactly("never due", "title x");
        assertThat(patch.string("queue").presence()).isEqualTo(Presence.ABSENT);
        assertThat(patch.any("dueAt").presence()).isEqualTo(Presence.NULL);
        assertThat(patch.any("title").presence()).isEqualTo(Presence.VALUE);
        assertThat(violations.isEmpty()).isTrue();
        assertThat(patch.string("assignee").presence()).isEqualTo(Presence.INVALID);
        assertThat(patch.strings("dueAt").presence()).isEqualTo(Presence.NULL);
        assertThat(patch.integer("queue").presence()).isEqualTo(Presence.ABSENT);
    }

    @Test
    void nullWhereNullIsNotAllowedIsToldOnce() {
        ObjectForm form = form("{\"a\":null,\"b\":null}");

        assertThat(form.string("a").notNull().required().hasValue()).isFalse();
        assertThat(form.string("b").required().notNull().atMost(1).presence()).isEqualTo(Presence.INVALID);

        assertThat(told()).containsExactly("/a not-null must not be null", "/b required is required, but null");
    }

    @Test
    void aTypeThatChecksItselfSpeaksThroughTheForm() {
        record Title(String text) {
            Title {
                if (text.isBlank()) {
                    throw new IllegalArgumentException("is blank");
                }
            }
        }
        ObjectForm form = form("{\"good\":\"x\",\"bad\":\" \"}");

        assertThat(form.string("good").map(Title::new).value()).isEqualTo(new Title("x"));
        Field<Title> bad = form.string("bad").map(Title::new).required();
        assertThatThrownBy(bad::value).isInstanceOf(IllegalStateException.class);
        assertThat(bad.valueOr(new Title("y"))).isEqualTo(new Title("y"));
        assertThat(told()).containsExactly("/bad invalid is blank");
    }

    @Test
    void aDocumentThatIsNoObjectIsToldOnceAndItsFieldsStaySilent() {
        ObjectForm form = form("[1]");
        form.string("title").required();
        form.form("reporter")
                .required()
                .ifValue(reporter -> reporter.string("name").required());
        form.readOnly(List.of("id")).rejectUnknown();

        assertThat(told()).containsExactly(" wrong-type must be an object, not an array");
        assertThat(violations.list()).first().hasToString("the document must be an object, not an array");
    }

    @Test
    void aDocumentThatIsWrongInThousandPlacesIsNotAnsweredWithThousandViolations() {
        StringBuilder document = new StringBuilder("{\"a0\":0");
        for (int i = 1; i < 1000; i++) {
            document.append(",\"a").append(i).append("\":0");
        }
        form(document.append('}').toString()).rejectUnknown();

        assertThatThrownBy(violations::throwIfAny)
                .hasMessageEndingWith("; and 900 more")
                .isInstanceOfSatisfying(InvalidJsonException.class, invalid -> {
                    assertThat(invalid.violations()).hasSize(Violations.MAX_KEPT);
                    assertThat(invalid.omitted()).isEqualTo(900);
                });
    }

    private static Field<Priority> priority(ObjectForm form) {
        return form.oneOf(
                "priority",
                List.of(Priority.values()),
                priority -> priority.name().toLowerCase(Locale.ROOT));
    }

    private List<String> told() {
        return violations.list().stream()
                .map(violation -> violation.pointer() + " " + violation.code() + " " + violation.detail())
                .collect(Collectors.toList());
    }

    private ObjectForm form(String document) {
        return ObjectForm.of(Json.parse(document.getBytes(UTF_8), JsonLimits.DEFAULT), violations);
    }
}
