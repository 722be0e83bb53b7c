package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People look for tickets in browsers, and are shown some that they did not look for. */
class ConsoleSearchTest {
    private static Host host;

    @BeforeAll
    static void start() {
        Browsers.get();
        host = Host.start("ticketmesh.rest.anonymous-name=alice");
        create("Noise in the hall", "It comes from the printer <img src=x onerror=alert(1)> & goes on");
        create("Printer <b>on</b> fire", "");
        create("A chair", "");
        host.awaitIndex();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static void create(String title, String description) {
        host.post("/tickets", "{\"title\":\"" + title + "\",\"description\":\"" + description + "\"}")
                .is(201);
    }

    @Test
    void whatFitsBestIsFirstAndTheWordsAreMarkedWhateverStandsAround() {
        try (Screen hers = Screen.at(host).open("#/tickets?sort=-updatedAt")) {
            hers.find(".filters input").fill("printer");
            assertThat(hers.find(".row")).hasCount(2);
            assertThat(hers.find(".row .title").nth(0)).hasText("Printer <b>on</b> fire");
            assertThat(hers.find(".row .title mark")).hasText("Printer");
            assertThat(hers.find(".row .found"))
                    .hasText("It comes from the printer <img src=x onerror=alert(1)> & goes on");
            assertThat(hers.find(".row .found mark")).hasText("printer");
            assertThat(hers.find(".row img, .row b")).hasCount(0);
            hers.sees(".filters .button", "Best match");
            assertThat(hers.barriers()).isEmpty();
            assertThat(hers.overflows()).isFalse();

            hers.find(".filters input").fill("");
            assertThat(hers.find(".row")).hasCount(3);
            assertThat(hers.find(".row mark")).hasCount(0);
            hers.sees(".filters .button", "Last updated");
        }
    }

    @Test
    void resultsFitANarrowScreenAndADarkOne() {
        try (Screen hers = Screen.at(host, 360, 640, ColorScheme.DARK).open("#/tickets?q=printer")) {
            assertThat(hers.find(".row .found mark")).hasText("printer");
            assertThat(hers.barriers()).isEmpty();
            assertThat(hers.overflows()).isFalse();
        }
    }

    @Test
    void whoWritesATicketIsShownThoseThatAreLikeIt() {
        try (Screen hers = Screen.at(host).open("")) {
            hers.click("New ticket");
            hers.find("dialog [name=title]").fill("Fire! Printer smoking");
            hers.sees(".similar .title", "Printer <b>on</b> fire");
            assertThat(hers.find(".similar li")).hasCount(1);
            assertThat(hers.barriers()).isEmpty();
            hers.find(".similar a").click();
            assertThat(hers.find("dialog [name=title]")).hasValue("Fire! Printer smoking");

            hers.find("dialog [name=title]").fill("Coffee machine leaks");
            assertThat(hers.find(".similar")).hasCount(0);
            List<String> asked = hers.requests().stream()
                    .map(request -> request.url())
                    .filter(url -> url.contains("/similar?"))
                    .toList();
            assertThat(asked).as("one question for each pause").hasSize(2);
        }
    }
}
