package io.ticketmesh.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.ticket.InvalidChangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentNameTest {
    @Test
    void onlyTheLastPartOfAPathIsAName() {
        assertThat(AttachmentName.of("../../evil.html")).isEqualTo("evil.html");
        assertThat(AttachmentName.of("C:\\Users\\alice\\report.pdf")).isEqualTo("report.pdf");
        assertThat(AttachmentName.of("/etc/passwd")).isEqualTo("passwd");
        assertThat(AttachmentName.of("..\\../x")).isEqualTo("x");
        assertThat(AttachmentName.of("Grüße 你好.txt")).isEqualTo("Grüße 你好.txt");
        assertThat(AttachmentName.of(".gitignore")).isEqualTo(".gitignore");
    }

    @Test
    void whatCannotBeSeenIsLeftOut() {
        assertThat(AttachmentName.of("a\r\nb\0c\u007f.txt")).isEqualTo("abc.txt");
        assertThat(AttachmentName.of("invoice\u202Efdp.exe"))
                .as("shows itself as invoiceexe.pdf")
                .isEqualTo("invoicefdp.exe");
        assertThat(AttachmentName.of("half\uD83D.txt")).isEqualTo("half.txt");
        assertThat(AttachmentName.of("family 👨‍👩‍👧.png")).isEqualTo("family 👨‍👩‍👧.png");
    }

    @Test
    void dotsAndSpacesAtTheEndAreLeftOut() {
        assertThat(AttachmentName.of(" report.exe. . ")).isEqualTo("report.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "../..", "a/", "\\", "\u0000", "\u202E"})
    void whatHasNoNameIsRefused(String given) {
        assertThatThrownBy(() -> AttachmentName.of(given))
                .isInstanceOfSatisfying(
                        InvalidChangeException.class,
                        refused -> assertThat(refused.field()).isEqualTo("name"));
    }
}
