package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People attach files in browsers, at two nodes. */
class ConsoleAttachmentsTest {
    private static Host alice;
    private static Host bob;

    @BeforeAll
    static void start() {
        Browsers.get();
        Wired.anew();
        alice = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=alice", "ticketmesh.attachments.max-size=2MB");
        bob = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=bob");
    }

    @AfterAll
    static void stop() {
        if (alice != null) {
            bob.close();
            alice.close();
        }
    }

    private static FilePayload file(String name, byte[] content) {
        return new FilePayload(name, "application/octet-stream", content);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Screen at(Host host, String key) {
        return Screen.at(host).open("#/ticket/" + key);
    }

    @Test
    void filesAreChosenSeenEverywhereSavedAndRemoved() throws Exception {
        String key = alice.create("Printer on fire").at("/key");
        try (Screen hers = at(alice, key)) {
            hers.find(".attachments input[type=file]").setInputFiles(new FilePayload[] {
                file("smoke.bin", random(1_500_000)),
                file("größe <b>.html", "<b>hot</b>".getBytes(StandardCharsets.UTF_8))
            });
            hers.sees(".attachments li", "smoke.bin");
            hers.sees(".attachments li", "größe <b>.html");
            hers.sees(".attachments li", "1.4 MB");
            hers.sees(".step", "attached smoke.bin");
            try (Screen faraway = at(bob, key)) {
                faraway.sees(".attachments li", "smoke.bin");
                faraway.sees(".attachments li", "alice");
                Download saved = faraway.page()
                        .waitForDownload(() ->
                                faraway.find(".attachments a.file").first().click());
                assertThat(saved.suggestedFilename()).isEqualTo("smoke.bin");
                assertThat(Files.readAllBytes(saved.path())).isEqualTo(random(1_500_000));

                hers.click("Remove smoke.bin");
                hers.find("dialog .danger").click();
                assertThat(hers.find(".attachments li")).hasCount(1);
                assertThat(faraway.find(".attachments li")).hasCount(1);
                faraway.sees(".step", "removed the attachment smoke.bin");
            }
            assertThat(hers.barriers()).isEmpty();
        }
    }

    @Test
    void filesAreDroppedOnThePage() {
        String key = alice.create("Dropped").at("/key");
        try (Screen hers = at(alice, key)) {
            hers.sees(".heading h1", "Dropped");
            JSHandle files = hers.page()
                    .evaluateHandle(
                            "() => { const data = new DataTransfer();"
                                    + " data.items.add(new File(['It burns'], 'dropped.txt', {type: 'text/plain'})); return data; }");
            hers.find(".composer").dispatchEvent("dragover", java.util.Map.of("dataTransfer", files));
            assertThat(hers.find("tm-ticket.dropping")).hasCount(1);
            hers.find(".composer").dispatchEvent("drop", java.util.Map.of("dataTransfer", files));
            hers.sees(".attachments li", "dropped.txt");
            assertThat(hers.find("tm-ticket.dropping")).hasCount(0);
        }
    }

    @Test
    void whatIsTooLargeOrTooMuchIsSaidAndNothingIsSent() {
        String id = alice.create("Full").id();
        for (int i = 0; i < 19; i++) {
            alice.send("POST", "/tickets/" + id + "/attachments?name=" + i, "x", "Content-Type", "text/plain")
                    .is(201);
        }
        try (Screen hers = Screen.at(alice, 360, 740, ColorScheme.DARK).open("#/ticket/" + id)) {
            hers.find(".attachments input[type=file]")
                    .setInputFiles(new FilePayload[] {file("large.bin", random(2_100_000))});
            hers.sees(".toast.wrong", "large.bin is not attached: it is larger than 2 MB");
            hers.find(".attachments input[type=file]")
                    .setInputFiles(new FilePayload[] {file("last.txt", new byte[] {'x'})});
            assertThat(hers.find(".attachments a.file")).hasCount(20);
            hers.find(".attachments input[type=file]")
                    .setInputFiles(new FilePayload[] {file("one too many.txt", new byte[] {'x'})});
            hers.sees(".toast.wrong", "a ticket has at most 20 attachments");
            assertThat(hers.overflows()).isFalse();
            assertThat(hers.barriers()).isEmpty();
        }
    }
}
