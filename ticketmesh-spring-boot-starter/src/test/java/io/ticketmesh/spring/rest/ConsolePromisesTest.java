package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.ticketmesh.spring.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises as people see them in a browser. */
class ConsolePromisesTest {
    private static Host host;
    private static String kept;
    private static String broken;

    @BeforeAll
    static void start() {
        Browsers.get();
        host = Host.start(
                "ticketmesh.rest.anonymous-name=alice",
                "ticketmesh.sla.policies[0].name=hopeless",
                "ticketmesh.sla.policies[0].queue=hopeless",
                "ticketmesh.sla.policies[0].first-response=1ms",
                "ticketmesh.sla.policies[0].resolution=100h",
                "ticketmesh.sla.policies[1].name=all",
                "ticketmesh.sla.policies[1].first-response=30m",
                "ticketmesh.sla.policies[1].resolution=8h");
        kept = host.create("Printer").at("/key");
        broken = host.post("/tickets", "{\"title\":\"Mouse\",\"queue\":\"hopeless\"}")
                .is(201)
                .at("/key");
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void rowsShowThePromiseThatIsMostPressing() {
        try (Screen screen = Screen.at(host).open("")) {
            assertThat(screen.find(".row:has-text('Printer') .badge.clock")).containsText("First response: 30 min");
            assertThat(screen.find(".row:has-text('Mouse') .badge.clock.red")).containsText("First response: broken");
        }
    }

    @Test
    void aTicketShowsAllOfThemAndWhatIsDoneShowsThatTheyWereKept() {
        try (Screen screen = Screen.at(host).open("#/ticket/" + kept)) {
            assertThat(screen.find(".clocks li").nth(0)).containsText("First response");
            assertThat(screen.find(".clocks li").nth(1)).containsText("8 h left");
            host.patch("/tickets/" + kept, "{\"status\":\"pending\"}").is(200);
            assertThat(screen.find(".clocks li").nth(1)).containsText("paused");
            host.patch("/tickets/" + kept, "{\"status\":\"resolved\"}").is(200);
            assertThat(screen.find(".clocks .badge.green")).hasCount(2);
            host.patch("/tickets/" + kept, "{\"status\":\"open\"}").is(200);
        }
    }

    @Test
    void theHistoryTellsThatAPromiseWasBroken() {
        try (Screen screen = Screen.at(host).open("#/ticket/" + broken)) {
            screen.sees(".step", "found a promise broken: First response");
        }
    }

    @Test
    void aDueDateIsTheSameDayAtBothEndsOfTheWorld() {
        String dated = host.create("Screen").at("/key");
        try (Screen ahead = Screen.in("Pacific/Kiritimati", host).open("#/ticket/" + dated);
                Screen behind = Screen.in("America/Los_Angeles", host).open("#/ticket/" + dated)) {
            ahead.find(".value.date input").fill("2031-03-29");
            assertThat(behind.find(".value.date input")).hasValue("2031-03-29");
            assertThat(host.get("/tickets/" + dated).at("/dueDate")).isEqualTo("2031-03-29");
            behind.find(".value.date input").fill("2031-12-31");
            assertThat(ahead.find(".value.date input")).hasValue("2031-12-31");
            for (Screen screen : new Screen[] {ahead, behind}) {
                screen.sees(".step", "Dec 31, 2031");
            }
            assertThat(host.get("/tickets/" + dated).at("/dueDate")).isEqualTo("2031-12-31");
        }
    }

    @Test
    void aTicketIsPutAsideUntilATimeOfWhereOneIs() {
        String aside = host.create("Keyboard").at("/key");
        host.patch("/tickets/" + aside, "{\"status\":\"pending\"}").is(200);
        try (Screen screen = Screen.in("America/Los_Angeles", host).open("#/ticket/" + aside)) {
            screen.find(".waiting-until").fill("2031-03-29T08:30");
            screen.sees(".step", "changed the waiting time to Mar 29, 2031");
            Waiting.until(() -> "2031-03-29T15:30:00.000Z"
                    .equals(host.get("/tickets/" + aside).at("/pendingUntil")));
            screen.find(".waiting-until").fill("");
            Waiting.until(() -> "null".equals(host.get("/tickets/" + aside).at("/pendingUntil")));
            assertThat(screen.find(".waiting-until")).hasValue("");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nobodyIsShutOut(ColorScheme colours) {
        for (int width : new int[] {1280, 360}) {
            try (Screen screen = Screen.at(host, width, 800, colours)) {
                for (String page : new String[] {"#/ticket/" + kept, "#/ticket/" + broken, ""}) {
                    screen.open(page);
                    assertThat(screen.find(".bones")).hasCount(0);
                    assertThat(screen.barriers())
                            .as("%s, %s wide, %s", page, width, colours)
                            .isEmpty();
                    assertThat(screen.overflows()).as("%s overflows", page).isFalse();
                }
            }
        }
    }
}
