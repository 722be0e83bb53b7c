package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks in the console. */
class ConsoleWebhooksTest {
    private static Host host;
    private static Receiving receiving;

    @BeforeAll
    static void start() {
        Browsers.get();
        receiving = Receiving.start();
        host = Host.start(Receiving.ALLOWED, "ticketmesh.rest.anonymous-name=alice");
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            receiving.close();
        }
    }

    @Test
    void aWebhookIsMadePingedWatchedAndRemoved() {
        try (Screen screen = Screen.at(host).open("#/webhooks")) {
            screen.sees(".empty h2", "Nobody else is told");
            screen.click("New webhook");
            screen.find("[name=url]").fill("ftp://127.0.0.1/");
            screen.click("Create webhook");
            screen.sees(".wrong", "must begin with https");
            screen.forgive(); // the browser tells of the refusal
            screen.find("[name=url]").fill(receiving.url());
            screen.find("[name=description]").fill("The chat");
            screen.click("Create webhook");
            screen.sees(".secret", "whsec_");
            screen.click("I have kept it");
            assertThat(screen.find(".secret")).hasCount(0);
            screen.sees(".webhook h2", "The chat");
            screen.click("Ping");
            screen.sees(".toast", "Answered with 200");

            screen.click("Deliveries");
            host.create("Printer on fire");
            screen.sees(".webhook td .badge", "delivered");
            screen.click("Send again");
            Waiting.until(() -> receiving.bodies().size() == 3);
            assertThat(receiving.bodies().get(2)).isEqualTo(receiving.bodies().get(1));
            screen.page().setViewportSize(390, 800);
            assertThat(screen.find(".webhook")).isVisible();

            screen.click("Delete webhook");
            screen.find("dialog .danger").click();
            screen.sees(".empty h2", "Nobody else is told");
        }
    }
}
