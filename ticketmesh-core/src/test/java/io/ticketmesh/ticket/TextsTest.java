package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static void assertRefused(String code, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(InvalidChangeException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.field()).isEqualTo("title");
            assertThat(refusal.getMessage()).startsWith("title ");
        });
    }

    @Test
    void aLineLosesTheSpaceAroundIt() {
        assertThat(Texts.line("title", " \u2003 Printer jams\t", 12)).isEqualTo("Printer jams");
    }

    @Test
    void theLengthIsCountedAfterThatAndTheLimitBelongsToIt() {
        assertThat(Texts.line("title", " " + "x".repeat(255) + " ", 255)).hasSize(255);
        assertRefused("too-long", () -> Texts.line("title", "x".repeat(256), 255));
        assertThat(Texts.text("title", "x".repeat(5), 5)).hasSize(5);
        assertRefused("too-long", () -> Texts.text("title", "x".repeat(6), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void aBlankLineIsNone(String blank) {
        assertRefused("blank", () -> Texts.line("title", blank, 255));
        assertRefused("blank", () -> Texts.filledText("title", blank, 255));
        assertThat(Texts.text("title", blank, 255)).isEqualTo(blank);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u007Fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\tb"})
    void aLineIsOneLine(String text) {
        assertRefused("control-character", () -> Texts.line("title", text, 255));
    }

    @Test
    void aTextMayHaveLinesAndTabsButNoOtherControlCharacters() {
        assertThat(Texts.text("title", "a\r\n\tb", 255)).isEqualTo("a\r\n\tb");
        assertRefused("control-character", () -> Texts.text("title", "a\u0000b", 255));
        assertRefused("control-character", () -> Texts.text("title", "a\u001Bb", 255));
    }

    @Test
    void halfACharacterIsNoText() {
        assertThat(Texts.line("title", "\uD83D\uDD25", 255)).isEqualTo("\uD83D\uDD25");
        assertRefused("not-unicode", () -> Texts.line("title", "\uD83D", 255));
        assertRefused("not-unicode", () -> Texts.text("title", "x\uDD25", 255));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "wont_fix", "a.b-c", "second-level"})
    void aSlugIsWrittenSmall(String slug) {
        assertThat(Texts.slug("title", slug, 64)).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", "_a", ".a", "a b", "\u00e4", "a/b"})
    void anythingElseIsNoSlug(String text) {
        assertRefused("not-a-slug", () -> Texts.slug("title", text, 64));
    }

    @Test
    void tagsAreEqualRegardlessOfCase() {
        assertThat(Tag.of("Drucker")).isEqualTo(Tag.of("DRUCKER"));
        assertThat(Tag.of("stra\u00dfe")).isEqualTo(Tag.of("STRASSE"));
        assertThat(Tag.of("\u03c3")).isEqualTo(Tag.of("\u03c2"));
        assertThat(Tag.of("a")).isNotEqualTo(Tag.of("b"));
    }
}
