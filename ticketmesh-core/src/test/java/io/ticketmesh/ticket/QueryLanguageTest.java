package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.ticket.Criterion.AnyOf;
import io.ticketmesh.ticket.Criterion.Between;
import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.Criterion.TimeField;
import io.ticketmesh.ticket.TextClause.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryLanguageTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-02T00:00:00Z");
    private static final Set<String> DONE = Set.of("resolved", "closed");

    private final QueryLanguage bobs = new QueryLanguage(Workflow.standard(), "bob", NOW);

    static Stream<Arguments> understood() {
        return Stream.of(
                says(""),
                says(" \t\u3000\u00a0 "),
                says("printer", words("printer")),
                says("Printer FIRE", words("printer"), words("fire")),
                says("printer & fire - now!", words("printer"), words("fire"), words("now")),
                says("paper-jam", words("paper", "jam")),
                says("10:30", words("10", "30")),
                says("print*", prefix("print")),
                says("\"on fire\"", words("on", "fire")),
                says("\"on fi*\"", prefix("on", "fi")),
                says("\"on fi\"*", prefix("on", "fi")),
                says("c++*", words("c")),
                says("fo*o", words("fo", "o")),
                says("-printer", not(words("printer"))),
                says("-\"on fire\"", not(words("on", "fire"))),
                says("-print*", not(prefix("print"))),
                says("--x", not(words("x"))),
                says("5\" disk", words("5"), words("disk")),
                says("\"say \\\"hi\\\" \\\\ there\"", words("say", "hi", "there")),
                says("\"foo:bar\"", words("foo", "bar")),
                says("http://example.org/x", words("http", "example", "org", "x")),
                says("std::list", words("std", "list")),
                says("Error: disk", words("error"), words("disk")),
                says("a OR b", words("a"), words("or"), words("b")),
                says("in:title printer", words(Scope.TITLE, "printer")),
                says("printer -fax in:comments", words(Scope.COMMENT, "printer"), not(words(Scope.COMMENT, "fax"))),
                says("in:Description in:description x", words(Scope.DESCRIPTION, "x")),
                says("in:title"),
                says("\u4f60\u597d \u0130STANBUL", words("\u4f60\u597d"), words("istanbul")),
                says("status:open", any(Field.STATUS, "open")),
                says("STATUS:Open,PENDING", any(Field.STATUS, "open", "pending")),
                says("-status:closed", none(Field.STATUS, "closed")),
                says("category:open", none(Field.STATUS, "pending", "resolved", "closed")),
                says("category:waiting", any(Field.STATUS, "pending")),
                says("category:done", any(Field.STATUS, "resolved", "closed")),
                says("category:open,waiting", none(Field.STATUS, "resolved", "closed")),
                says("-category:open", any(Field.STATUS, "pending", "resolved", "closed")),
                says("-category:done", none(Field.STATUS, "resolved", "closed")),
                says("category:open,waiting,done", none(Field.STATUS)),
                says("priority:high,urgent", any(Field.PRIORITY, "high", "urgent")),
                says("type:bug", any(Field.TYPE, "bug")),
                says("queue:Network", any(Field.QUEUE, "network")),
                says("resolution:wont_fix", any(Field.RESOLUTION, "wont_fix")),
                says("assignee:bob", any(Field.ASSIGNEE, "bob")),
                says("assignee:Bob,@me,none", any(Field.ASSIGNEE, "Bob", "bob", "")),
                says("assignee:\"none\",\"@me\"", any(Field.ASSIGNEE, "none", "@me")),
                says("-assignee:none", none(Field.ASSIGNEE, "")),
                says("no:assignee", any(Field.ASSIGNEE, "")),
                says("-no:resolution", none(Field.RESOLUTION, "")),
                says("reporter:@me", any(Field.REPORTER, "bob")),
                says("reporter:none", any(Field.REPORTER, "none")),
                says("watcher:\"Ann, B.\"", any(Field.WATCHER, "Ann, B.")),
                says("tag:VPN", any(Field.TAG, "vpn")),
                says("tag:a tag:b", any(Field.TAG, "a"), any(Field.TAG, "b")),
                says("-tag:\"Help Wanted\",x", none(Field.TAG, "help wanted", "x")),
                says("has:conflict", new Criterion.HasConflict(false)),
                says("-has:conflict", new Criterion.HasConflict(true)),
                says("is:overdue", new Criterion.Overdue(NOW, ZoneOffset.UTC, DONE, false)),
                says("-is:overdue", new Criterion.Overdue(NOW, ZoneOffset.UTC, DONE, true)),
                says("is:deleted", new Criterion.Deleted(false)),
                says("created:2026-01-01", between(TimeField.CREATED, JANUARY, SECOND)),
                says("created:>=2026-01-01", between(TimeField.CREATED, JANUARY, null)),
                says("created:>2026-01-01", between(TimeField.CREATED, SECOND, null)),
                says("updated:<2026-01-01", between(TimeField.UPDATED, null, JANUARY)),
                says("updated:<=2026-01-01", between(TimeField.UPDATED, null, SECOND)),
                says("due:2025-12-31..2026-01-01", between(TimeField.DUE, JANUARY.minusSeconds(86_400), SECOND)),
                says("due:*..2026-01-01", between(TimeField.DUE, null, SECOND)),
                says("due:2026-01-01..*", between(TimeField.DUE, JANUARY, null)),
                says("due:>2026-01-01T01:00:00+01:00", between(TimeField.DUE, JANUARY.plusMillis(1), null)),
                says("due:<=2026-01-01T00:00:00.000Z", between(TimeField.DUE, null, JANUARY.plusMillis(1))),
                says("created:2026-01-01t00:00:00z", between(TimeField.CREATED, JANUARY, JANUARY.plusMillis(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understood")
    void understands(String text, List<Criterion> meaning) {
        assertThat(bobs.parse(text)).isEqualTo(meaning);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refuses("foo:bar", 0, "unknown-qualifier"),
                refuses("ok -foo:bar", 3, "unknown-qualifier"),
                refuses("status:opne", 7, "unknown-value"),
                refuses("status:open,opne", 12, "unknown-value"),
                refuses("status:", 7, "no-value"),
                refuses("status: open", 7, "no-value"),
                refuses("status:open,", 12, "no-value"),
                refuses("tag:\"\"", 4, "no-value"),
                refuses("category:new", 9, "unknown-value"),
                refuses("priority:huge", 9, "unknown-value"),
                refuses("type:thing", 5, "unknown-value"),
                refuses("resolution:none", 11, "unknown-value"),
                refuses("no:tag", 3, "unknown-value"),
                refuses("has:comments", 4, "unknown-value"),
                refuses("is:overdue,deleted", 3, "unknown-value"),
                refuses("in:body", 3, "unknown-value"),
                refuses("in:title,description x", 3, "unknown-value"),
                refuses("in:title in:comments x", 9, "contradiction"),
                refuses("-in:title x", 0, "not-negatable"),
                refuses("-created:2026-01-01", 0, "not-negatable"),
                refuses("created:yesterday", 8, "not-a-time"),
                refuses("created:2026-02-30", 8, "not-a-time"),
                refuses("created:2026-1-1", 8, "not-a-time"),
                refuses("created:>=", 8, "not-a-time"),
                refuses("created:2026-01-01..", 8, "not-a-time"),
                refuses("created:+12026-01-01T00:00:00Z", 8, "not-a-time"),
                refuses("created:2026-01-01T00:00:00", 8, "not-a-time"),
                refuses("created:2026-01-01,2026-01-02", 8, "too-many"),
                refuses("x \"open end", 2, "open-quote"),
                refuses("tag:\"open end", 4, "open-quote"),
                refuses("\"a\"b", 3, "no-space"),
                refuses("tag:\"a\"b", 7, "no-space"),
                refuses("\ud83d\udd25 !", 0, "no-word"),
                refuses("x ".repeat(51), 100, "too-many"),
                refuses("x".repeat(1_001), 1_000, "too-long"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesAndSaysWhere(String text, int position, String code) {
        InvalidQueryException refusal = catchThrowableOfType(InvalidQueryException.class, () -> bobs.parse(text));

        assertThat(refusal).isNotNull();
        assertThat(refusal.field()).isEqualTo("q");
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.position()).hasValue(position);
    }

    @Test
    void aRefusalNamesWhatIsAllowed() {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> bobs.parse("status:opne"))
                .withMessage("q at position 7: status is 'opne', not one of new, open, pending, resolved, closed")
                .satisfies(refusal -> assertThat(refusal.allowed()).contains("open", "closed"));
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> bobs.parse("label:x"))
                .withMessageContaining("'label:'")
                .withMessageContaining("quote it")
                .satisfies(refusal -> assertThat(refusal.allowed()).contains("tag", "in"));
    }

    @Test
    void nobodyIsNotMe() {
        QueryLanguage nobodys = new QueryLanguage(Workflow.standard(), null, NOW);

        assertThat(catchThrowableOfType(InvalidQueryException.class, () -> nobodys.parse("x assignee:@me"))
                        .position())
                .hasValue(11);
        assertThat(nobodys.parse("assignee:none")).containsExactly(any(Field.ASSIGNEE, ""));
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(bobs.parse("x".repeat(1_000))).hasSize(1);
        assertThat(bobs.parse("x ".repeat(50))).hasSize(50);
    }

    @Test
    void whateverIsTypedItIsUnderstoodOrRefusedPolitely() {
        String[] pieces = {
            "status:",
            "open",
            ",",
            "\"",
            "-",
            "*",
            " ",
            "created:",
            ">=",
            "2026-01-01",
            "..",
            "T00:00:00Z",
            "in:",
            "title",
            "@me",
            "none",
            "is:",
            "overdue",
            ":",
            "\\",
            "\ud83d",
            "\udd25",
            "\u0130",
            "\u0000",
            "no:",
            "assignee",
            "assignee:",
            "\u202e",
            "é",
            "due:",
            "9999-12-31",
            "0000-01-01",
            "+",
            "/",
            "tag:",
            "//",
            "has:conflict",
            "\u3000",
            "<",
            "~"
        };
        int understood = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(
                        random.nextInt(8) == 0
                                ? String.valueOf((char) random.nextInt(0x10000))
                                : pieces[random.nextInt(pieces.length)]);
            }
            try {
                List<Criterion> criteria = bobs.parse(text.toString());
                criteria.forEach(criterion -> criterion.matches(Ticket.unborn(new TicketId(1, 1)), List::of));
                understood++;
            } catch (InvalidQueryException refusal) {
                assertThat(refusal.position().orElseThrow()).isBetween(0, text.length());
            }
        }
        assertThat(understood).isBetween(1_000, 19_000);
    }

    private static Arguments says(String text, Criterion... meaning) {
        return Arguments.of(text, List.of(meaning));
    }

    private static Arguments refuses(String text, int position, String code) {
        return Arguments.of(text, position, code);
    }

    private static Criterion words(String... words) {
        return words(Scope.ANYWHERE, words);
    }

    private static Criterion words(Scope scope, String... words) {
        return new Criterion.Text(new TextClause(List.of(words), scope, false), false);
    }

    private static Criterion prefix(String... words) {
        return new Criterion.Text(new TextClause(List.of(words), Scope.ANYWHERE, true), false);
    }

    private static Criterion not(Criterion text) {
        return new Criterion.Text(((Criterion.Text) text).clause(), true);
    }

    private static Criterion any(Field field, String... values) {
        return new AnyOf(field, Set.of(values), false);
    }

    private static Criterion none(Field field, String... values) {
        return new AnyOf(field, Set.of(values), true);
    }

    private static Criterion between(TimeField field, @Nullable Instant from, @Nullable Instant until) {
        return new Between(field, from, until);
    }
}
