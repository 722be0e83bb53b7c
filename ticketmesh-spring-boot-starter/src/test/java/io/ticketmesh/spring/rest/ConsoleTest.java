package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.ticketmesh.spring.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People work in browsers, at two nodes whose cable can be pulled. */
class ConsoleTest {
    private static Host alice;
    private static Host bob;

    @BeforeAll
    static void start() {
        Browsers.get();
        Wired.anew();
        alice = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=alice", "ticketmesh.mesh.node-name=tokyo");
        bob = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=bob", "ticketmesh.mesh.node-name=osaka");
    }

    @AfterAll
    static void stop() {
        if (alice != null) {
            bob.close();
            alice.close();
        }
    }

    @BeforeEach
    void plugIn() {
        Wired.PLUGGED.set(true);
    }

    private static void converge() {
        Waiting.until(() -> alice.node().version().equals(bob.node().version()));
    }

    private static String ticketOf(Host host, String title) {
        return host.create(title).at("/key");
    }

    private static void everybody(Consumer<Screen> look, Screen... screens) {
        for (Screen screen : screens) {
            look.accept(screen);
        }
    }

    @Test
    void aTicketIsWorkedOnByMouseAndEverybodySeesEachStep() {
        try (Screen hers = Screen.at(alice).open("");
                Screen beside = Screen.at(alice).open("");
                Screen faraway = Screen.at(bob).open("")) {
            Screen[] all = {hers, beside, faraway};
            hers.click("New ticket");
            hers.find("dialog [name=title]").fill("Printer on fire");
            hers.click("Create ticket");
            everybody(screen -> screen.sees(".row .title", "Printer on fire"), all);
            everybody(
                    screen -> screen.page().getByText("Printer on fire").first().click(), all);
            everybody(screen -> screen.sees(".heading h1", "Printer on fire"), all);

            hers.find(".value.assignee").click();
            hers.find(".menu input").fill("grace");
            hers.choose("grace");
            everybody(screen -> screen.sees(".value.assignee", "grace"), all);

            hers.find(".composer textarea").fill("It **burns**");
            hers.find(".composer .send").click();
            everybody(screen -> screen.sees(".comment strong", "burns"), all);

            for (String state : List.of("Resolved", "Open", "Closed")) {
                hers.find(".value.status").click();
                hers.choose(state);
                everybody(screen -> screen.sees(".value.status", state), all);
            }
            everybody(screen -> screen.sees(".step", "on tokyo"), all);
        }
    }

    @Test
    void aTicketIsWorkedOnByKeysAlone() {
        try (Screen hers = Screen.at(alice).open("#/tickets?sort=-createdAt");
                Screen faraway = Screen.at(bob).open("#/tickets?sort=-createdAt")) {
            hers.press("c");
            assertThat(hers.find("dialog [name=title]")).isFocused();
            hers.type("Mouse is missing");
            hers.press("Control+Enter");
            assertThat(hers.find("dialog")).hasCount(0);
            everybody(screen -> screen.sees(".row .title", "Mouse is missing"), hers, faraway);
            hers.press("j", "Enter");
            hers.sees(".heading h1", "Mouse is missing");
            faraway.press("j", "Enter");

            hers.press("a");
            hers.chooseByKeys("linus");
            everybody(screen -> screen.sees(".value.assignee", "linus"), hers, faraway);
            hers.press("m");
            assertThat(hers.find(".composer textarea")).isFocused();
            hers.type("Found it");
            hers.press("Control+Enter", "Escape");
            everybody(screen -> screen.sees(".comment", "Found it"), hers, faraway);
            for (String state : List.of("Resolved", "Open", "Closed")) {
                hers.press("s");
                hers.chooseByKeys(state);
                everybody(screen -> screen.sees(".value.status", state), hers, faraway);
            }
            hers.press("e");
            assertThat(hers.find(".editing.title textarea")).isFocused();
            hers.press("Control+a");
            hers.type("Mouse was missing");
            hers.press("Enter");
            everybody(screen -> screen.sees(".heading h1", "Mouse was missing"), hers, faraway);
            hers.press("Escape");
            assertThat(hers.find("tm-tickets")).hasCount(1);
        }
    }

    @Test
    void aConflictIsShownOnBothSidesAndSettledByOneClick() {
        String key = ticketOf(alice, "Lamp");
        converge();
        try (Screen hers = Screen.at(alice).open("#/ticket/" + key);
                Screen his = Screen.at(bob).open("#/ticket/" + key)) {
            Wired.PLUGGED.set(false);
            rename(hers, "Lamp flickers");
            rename(his, "Lamp is dark");
            Wired.PLUGGED.set(true);
            everybody(
                    screen -> {
                        screen.sees(".conflict li", "Lamp flickers");
                        screen.sees(".conflict li", "Lamp is dark");
                        screen.sees(".conflict li", "on tokyo");
                    },
                    hers,
                    his);
            his.find(".conflict li")
                    .filter(new Locator.FilterOptions().setHasText("Lamp flickers"))
                    .getByText("Keep this")
                    .click();
            everybody(
                    screen -> {
                        assertThat(screen.find(".conflict")).hasCount(0);
                        screen.sees(".heading h1", "Lamp flickers");
                    },
                    hers,
                    his);
        }
    }

    @Test
    void aTicketIsLookedAtAsItWasAndCannotBeChangedThere() {
        String key = ticketOf(alice, "Kettle");
        alice.patch("/tickets/" + key, "{\"title\":\"Kettle leaks\",\"assignee\":\"ada\"}")
                .is(200);
        try (Screen hers = Screen.at(alice).open("#/ticket/" + key)) {
            hers.sees(".heading h1", "Kettle leaks");
            hers.find(".step a").first().click();
            hers.sees(".banner", "as it was then");
            assertThat(hers.find(".heading h1")).hasText("Kettle");
            hers.sees(".value.assignee", "Nobody");
            assertThat(hers.find(".value.assignee")).isDisabled();
            assertThat(hers.find(".composer")).hasCount(0);
            hers.find(".banner .button").click();
            hers.sees(".heading h1", "Kettle leaks");
            hers.open("#/ticket/" + key + "?at=1970-01-01T00:00:00Z");
            hers.sees(".empty", "was not there then");
            hers.forgive(); // the browser tells of the answer 404
        }
    }

    private static void rename(Screen screen, String title) {
        screen.press("e");
        screen.find(".editing.title textarea").fill(title);
        screen.press("Enter");
        screen.sees(".heading h1", title);
    }

    @Test
    void whatIsTypedSurvivesChangesByOthersAndAReload() {
        String key = ticketOf(alice, "Door");
        try (Screen hers = Screen.at(alice).open("#/ticket/" + key)) {
            hers.find(".composer textarea").fill("Half a thou");
            hers.press("Escape", "e");
            hers.find(".editing.title textarea").fill("Door squeaks");
            alice.patch("/tickets/" + key, "{\"title\":\"Door jams\",\"assignee\":\"ada\"}")
                    .is(200);
            hers.sees(".meanwhile", "Door jams");
            hers.sees(".value.assignee", "ada");
            hers.page().reload();
            hers.sees(".meanwhile", "Door jams");
            assertThat(hers.find(".editing.title textarea")).hasValue("Door squeaks");
            assertThat(hers.find(".composer textarea")).hasValue("Half a thou");
            hers.click("Keep mine");
            hers.sees(".heading h1", "Door squeaks");
            assertThat(alice.get("/tickets/" + key).at("/title")).isEqualTo("Door squeaks");
        }
    }

    @Test
    void aCardIsDraggedToWhereTheWorkflowLeadsAndNowhereElse() {
        String key = ticketOf(alice, "Window");
        try (Screen hers = Screen.at(alice).open("#/board");
                Screen faraway = Screen.at(bob).open("#/board")) {
            hers.sees("[data-state=new] .card", "Window");
            hers.find("[data-state=new] .card:has-text('Window')").dragTo(hers.find("[data-state=open]"));
            everybody(screen -> screen.sees("[data-state=open] .card", "Window"), hers, faraway);
            hers.find("[data-state=open] .card:has-text('Window')").dragTo(hers.find("[data-state=new]"));
            hers.sees("[data-state=open] .card", "Window");
            assertThat(alice.get("/tickets/" + key).at("/status")).isEqualTo("open");

            hers.find("[data-state=open] .card:has-text('Window') .title").focus();
            hers.press("Shift+ArrowRight");
            everybody(screen -> screen.sees("[data-state=pending] .card", "Window"), hers, faraway);
            hers.press("Shift+ArrowLeft");
            everybody(screen -> screen.sees("[data-state=open] .card", "Window"), hers, faraway);
        }
    }

    @Test
    void severalAreChangedAtOnce() {
        for (String title : List.of("Chair one", "Chair two", "Chair three")) {
            alice.post("/tickets", "{\"title\":\"" + title + "\",\"tags\":[\"chairs\"]}")
                    .is(201);
        }
        try (Screen hers = Screen.at(alice).open("#/tickets?tag=chairs&sort=createdAt")) {
            hers.sees(".row .title", "Chair three");
            hers.press("j", "x", "j", "x", "j", "x");
            hers.sees(".bulk .count", "3 selected");
            hers.press("p");
            hers.chooseByKeys("Urgent");
            assertThat(hers.find(".row svg.urgent")).hasCount(3);
            assertThat(alice.get("/tickets?tag=chairs&priority=urgent&count=true")
                            .at("/total"))
                    .isEqualTo("3");
        }
    }

    @Test
    void aConnectionThatIsLostIsShownAndGoesOnAtAnotherNodeWithoutAGap() throws IOException {
        String key = ticketOf(alice, "Cable");
        converge();
        try (Door door = new Door(alice);
                Screen hers = Screen.at(door).open("#/ticket/" + key)) {
            hers.sees(".connection", "Live");
            door.leadTo(null);
            hers.sees(".connection", "Connection lost");
            hers.sees(".notice", "cannot be reached");
            hers.find(".composer textarea").fill("Typed meanwhile");
            bob.patch("/tickets/" + key, "{\"priority\":\"urgent\"}").is(200);
            door.leadTo(bob);
            hers.sees(".value.priority", "Urgent");
            hers.sees(".connection", "Live");
            assertThat(hers.find(".notice")).hasCount(0);
            hers.find(".composer .send").click();
            hers.sees(".comment", "Typed meanwhile");
            hers.forgive(); // the browser tells of the connections that were refused
        }
    }

    @Test
    void whoNeedsATokenIsAskedForIt() {
        try (Host guarded = Host.start("ticketmesh.rest.token=0123456789abcdef0123456789abcdef");
                Screen hers = Screen.at(guarded)) {
            hers.page().navigate("http://127.0.0.1:" + guarded.port() + "/ticketmesh/");
            hers.find("dialog input").fill("wrong");
            hers.click("Go on");
            hers.sees("dialog .wrong", "does not take");
            hers.find("dialog input").fill("0123456789abcdef0123456789abcdef");
            hers.click("Go on");
            hers.sees(".empty", "No ticket");
            hers.sees(".connection", "Live");
            guarded.node().tickets().create("Guarded");
            hers.open("#/bundle");
            Download bundle = hers.page().waitForDownload(() -> hers.click("Download the bundle"));
            assertThat(bundle.path()).isNotEmptyFile();
            hers.forgive(); // the browser tells of the refusals
        }
    }

    @Test
    void theMeshIsDrawnAndATicketsWayThroughIt() {
        String key = ticketOf(alice, "Traveller");
        converge();
        try (Screen hers = Screen.at(alice).open("#/mesh")) {
            assertThat(hers.find(".picture .node")).hasCount(2);
            hers.sees("tbody th", "tokyo");
            hers.sees("tbody th", "osaka");
            hers.sees(".entries", "osaka joined");
            hers.sees("tbody td", "same as here");
            hers.open("#/ticket/" + key);
            hers.sees(".way li.holds", "accepted it");
            hers.sees(".way li.holds", "holds it");
            hers.open("#/numbers");
            hers.sees(".bars", "Urgent");
        }
    }

    @Test
    void aPersonIsErasedAfterPlainWordsAndEachNodeThatConfirmedItIsNamed() {
        alice.node().tickets("mallory").create("Mallory's own");
        converge();
        try (Screen hers = Screen.at(alice).open("#/erasures")) {
            hers.sees(".empty h2", "Nobody was erased");
            Wired.PLUGGED.set(false);
            hers.click("Erase a person");
            assertThat(hers.find("[name=person]")).isFocused();
            hers.sees(".told li", "Comments of the person lose their text");
            hers.type("malory");
            hers.press("Enter");
            hers.sees("dialog", "No ticket names this person");
            hers.press("Enter"); // does not do it
            assertThat(hers.find("dialog")).hasCount(0);
            assertThat(alice.node().erasures().latest()).isEmpty();

            hers.find("[name=person]").fill("mallory");
            hers.find("[name=mode][value=purge]").check();
            hers.click("Erase…");
            hers.sees("dialog", "1 ticket names this person as reporter");
            hers.sees("dialog", "removed for good, with what others wrote");
            assertThat(hers.barriers()).isEmpty();
            hers.click("Purge and erase");
            hers.sees(".erasure .badge", "1 node has not confirmed");
            hers.sees(".confirmations .confirmed", "tokyo");
            hers.sees(".confirmations li:not(.confirmed)", "osaka");
            Wired.PLUGGED.set(true);
            hers.sees(".erasure .badge", "confirmed by all nodes");
        }
        try (Screen his = Screen.at(bob).open("#/erasures")) {
            his.sees(".confirmations .confirmed", "osaka");
            his.sees(".erasure", "Tickets purged: 1");
            assertThat(his.find(".erasure")).not().containsText("mallory");
        }
    }

    @Test
    void aViewIsSavedAndFoundAgain() {
        try (Screen hers = Screen.at(alice, 1280, 800, ColorScheme.DARK).open("#/tickets?priority=urgent")) {
            hers.click("Save view");
            hers.find("dialog input").fill("Burning");
            hers.click("Save");
            hers.sees(".side .place", "Burning");
            hers.page().reload();
            hers.open("#/board");
            hers.find(".side .place:has-text('Burning')").click();
            hers.sees(".chip", "Urgent");
            hers.find(".filters input").fill("status:");
            hers.sees(".search-problem", "status");
            hers.forgive(); // the browser tells of the refused query
        }
    }
}
