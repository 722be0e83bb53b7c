package io.ticketmesh.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\n\0\0";
    private static final String ELF = "\u007fELF\u0002\u0001\u0001\0";
    private static final String ZIP = "PK\u0003\u0004\u0014\0";

    /** @param content one byte each */
    private static String of(String content, String declared) {
        return ofBytes(content.getBytes(StandardCharsets.ISO_8859_1), declared);
    }

    private static String ofText(String text, String declared) {
        return ofBytes(text.getBytes(StandardCharsets.UTF_8), declared);
    }

    private static String ofBytes(byte[] content, String declared) {
        byte[] head = Arrays.copyOf(content, MediaTypes.HEAD_BYTES);
        return MediaTypes.of(head, Math.min(content.length, MediaTypes.HEAD_BYTES), declared);
    }

    @Test
    void contentSpeaksLouderThanItsSender() {
        assertThat(of(PNG, "text/html")).isEqualTo("image/png");
        assertThat(of(ELF, "image/png")).isEqualTo("application/x-executable");
        assertThat(of("%PDF-1.7\n", "application/zip")).isEqualTo("application/pdf");
        assertThat(ofText("<!DOCTYPE html><p>Hi", "image/png")).isEqualTo("text/html");
        assertThat(ofText("Dear all", "image/png")).isEqualTo("text/plain");
        assertThat(of("\u0001\u0002\u0003", "image/png")).isEqualTo("application/octet-stream");
        assertThat(of("\u0001\u0002\u0003", "text/plain")).isEqualTo("application/octet-stream");
    }

    @Test
    void itsSenderMayTellMoreWhereContentLeavesItOpen() {
        assertThat(ofText("a,b\n1,2\n", "text/csv; charset=UTF-8")).isEqualTo("text/csv");
        assertThat(ofText("{\"a\":1}", "Application/JSON")).isEqualTo("application/json");
        assertThat(of(ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(of(ZIP, "application/msword")).isEqualTo("application/zip");
        assertThat(of("\u0001\u0002\u0003", "application/x-heap-dump")).isEqualTo("application/x-heap-dump");
        assertThat(ofText("<?xml version=\"1.0\"?><feed/>", "application/atom+xml"))
                .isEqualTo("application/atom+xml");
    }

    @Test
    void textIsNeverCalledMarkupBecauseItsSenderSaysSo() {
        assertThat(ofText("Dear all", "text/html")).isEqualTo("text/plain");
        assertThat(ofText("Dear all", "image/svg+xml")).isEqualTo("text/plain");
        assertThat(of("\u0001\u0002", "application/xhtml+xml")).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "'<html><body>', text/html",
        "'  \n<!-- a --> <!-- b --><HEAD>', text/html",
        "'<script>alert(1)</script>', text/html",
        "'<svg onload=alert(1)>', image/svg+xml",
        "'<?xml version=\"1.0\"?><svg/>', image/svg+xml",
        "'<?xml version=\"1.0\"?><html/>', text/html",
        "'<?xml version=\"1.0\"?><feed/>', application/xml",
        "'<htmlish>', text/plain",
        "'BMW and MZ are makers; GIF87a is none', text/plain",
        "'', text/plain"
    })
    void markupIsTold(String text, String mediaType) {
        assertThat(ofText(text, null)).isEqualTo(mediaType);
    }

    @Test
    void textIsTextWhateverItsLanguage() {
        assertThat(ofText("Grüße, 你好, 👋", null)).isEqualTo("text/plain");
        String long_ = "é".repeat(MediaTypes.HEAD_BYTES); // the head ends in half a character
        assertThat(ofText("x" + long_, null)).isEqualTo("text/plain");
        assertThat(of("Gr\u00fc\u00dfe", null)).as("not UTF-8").isEqualTo("application/octet-stream");
        assertThat(ofText("é".substring(0, 1) + "\0", null)).isEqualTo("application/octet-stream");
        byte[] cut = {'x', (byte) 0xC3};
        assertThat(ofBytes(cut, null)).as("cut off for good").isEqualTo("application/octet-stream");
    }

    @Test
    void declarationsThatAreNoneAreOverheard() {
        for (String declared :
                new String[] {"", ";", "text", "text/", "*/*", "text/csv, text/html", "x".repeat(300) + "/y"}) {
            assertThat(ofText("Dear all", declared)).as(declared).isEqualTo("text/plain");
        }
    }

    @Test
    void noContentTakesLong() {
        String comments = "<!-- -->".repeat(MediaTypes.HEAD_BYTES / 8) + "x";
        String open = "<!--".repeat(MediaTypes.HEAD_BYTES / 4);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(ofText(comments, null)).isEqualTo("text/plain");
            assertThat(ofText(open, null)).isEqualTo("text/plain");
            assertThat(ofText(" ".repeat(MediaTypes.HEAD_BYTES), null)).isEqualTo("text/plain");
        });
    }

    @Test
    void whatABrowserWouldCarryOutIsActive() {
        for (String active : new String[] {
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "application/javascript",
            "text/javascript"
        }) {
            assertThat(MediaTypes.isActive(active)).as(active).isTrue();
        }
        for (String passive : new String[] {"text/plain", "image/png", "application/json", "application/zip"}) {
            assertThat(MediaTypes.isActive(passive)).as(passive).isFalse();
        }
    }
}
