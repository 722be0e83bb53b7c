package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people keep for later, and what they do to many tickets at once. */
class ConsoleDefinitionsTest {
    private static Host host;

    @BeforeAll
    static void start() {
        Browsers.get();
        host = Host.start("ticketmesh.rest.anonymous-name=alice", "ticketmesh.incidents.interval=50ms");
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static TicketView ticketOf(String title, String... tags) {
        Waiting.untilTheClockMoves();
        return host.node().tickets("bob").create(title, edit -> List.of(tags).forEach(edit::tag));
    }

    private static String watchers(TicketView ticket) {
        return String.join(
                " ", host.node().tickets().get(ticket.key().toString()).watchers());
    }

    @Test
    void aViewFollowsToAnotherBrowserAndIsSharedAndForgotten() {
        ticketOf("Burning", "fire");
        try (Screen hers = Screen.at(host).open("#/tickets?tag=fire&sort=-createdAt")) {
            hers.click("Save view");
            hers.find("dialog input").fill("On fire!");
            hers.click("Save");
            hers.sees(".side .place", "On fire!");
            assertThat(hers.find(".main .bar h1")).containsText("On fire!");
        }
        try (Screen elsewhere = Screen.at(host).open("#/board")) {
            elsewhere.find(".side .place:has-text('On fire!')").click();
            elsewhere.sees(".row .title", "Burning");
            elsewhere.find(".saved:has-text('On fire!')").hover();
            elsewhere.click("Share the view On fire! with everybody");
            elsewhere.sees(".toast", "Everybody sees");
            assertThat(host.node().views("carol").find("on-fire")).isPresent();
            assertThat(host.node().views("alice").all(Shelf.OWN))
                    .extracting(Definition::name)
                    .doesNotContain("on-fire");
            elsewhere.find(".saved:has-text('On fire!')").hover();
            elsewhere.click("Forget the view On fire!");
            assertThat(elsewhere.find(".side .place:has-text('On fire!')")).hasCount(0);
        }
    }

    @Test
    void aListShowsTheColumnsThatWereChosenInTheirOrderAndAViewKeepsThem() {
        TicketView ticket = ticketOf("Wide <b>one</b>", "wide");
        String key = ticket.key().toString();
        host.node()
                .tickets("bob")
                .change(key, edit -> edit.assignee("ada").customField("floor", new FieldValue.Text("3")));
        try (Screen hers = Screen.at(host).open("#/tickets?tag=wide")) {
            hers.sees("ol .row .title", "Wide <b>one</b>");
            chooseColumns(hers, "Assignee", "Other fields", "Title");
            assertThat(hers.find(".columned th"))
                    .hasText(new String[] {"Selection", "Assignee", "Other fields", "Title"});
            assertThat(hers.find(".columned td .cell"))
                    .containsText(new String[] {"ada", "floor: 3", "Wide <b>one</b>"});
            hers.click("Save view");
            hers.sees("dialog", "the columns Assignee, Other fields, Title");
            hers.find("dialog input").fill("Wide");
            hers.click("Save");
            hers.sees(".side .place", "Wide");
            assertThat(host.node()
                            .views("alice")
                            .find("wide")
                            .orElseThrow()
                            .value()
                            .columns())
                    .containsExactly("assignee", "customFields", "title");
            hers.press("j", "x");
            hers.sees(".bulk .count", "1 selected");
            hers.press("p");
            hers.chooseByKeys("Urgent");
            assertThat(hers.barriers()).isEmpty();
            hers.press("Escape", "j", "Enter");
            hers.sees(".heading h1", "Wide");
            hers.find(".side .place:has-text('Wide')").click();
            assertThat(hers.find(".main .bar h1")).containsText("Wide");
            assertThat(hers.find(".columned th")).hasCount(4);
            hers.click("Remove Columns");
            hers.sees("ol .row .title", "Wide");
        }
    }

    private static void chooseColumns(Screen screen, String... columns) {
        screen.click("Columns");
        assertThat(screen.find(".menu input")).isFocused();
        for (String column : columns) {
            screen.type(column);
            screen.press("Enter");
            assertThat(screen.find(".menu input")).hasValue("");
        }
        screen.press("Escape");
    }

    @Test
    void everyMemberOfATicketCanBeAColumn() {
        host.node()
                .views("alice")
                .put(
                        Shelf.OWN,
                        "all-columns",
                        new SavedView("All columns", "", "-createdAt", List.copyOf(TicketJson.NAMES)),
                        Expectation.NONE)
                .join();
        TicketView first = ticketOf("First", "a", "b");
        TicketView second = ticketOf("Second");
        host.node()
                .tickets("bob")
                .change(
                        second.key().toString(),
                        edit -> edit.link(LinkType.BLOCKS, first.id()).dueOn(LocalDate.of(2020, 2, 29)));
        host.node().tickets("bob").transition(first.key().toString(), Status.CLOSED);
        try (Screen hers = Screen.at(host, 360, 740, ColorScheme.DARK).open("#/tickets")) {
            hers.click("Go to");
            hers.choose("All columns");
            assertThat(hers.find(".columned th")).hasCount(TicketJson.NAMES.size() + 1);
            assertThat(hers.find(".columned td[data-column=links]").first())
                    .containsText(first.key().toString());
            assertThat(hers.find(".columned td[data-column=dueDate]").first()).hasText("Feb 29, 2020");
            assertThat(hers.barriers()).isEmpty();
            assertThat(hers.overflows()).isFalse();
            hers.click("Columns");
            assertThat(hers.find(".menu li")).hasCount(TicketJson.NAMES.size());
            assertThat(hers.find(".menu li").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^[a-z]"))))
                    .hasCount(0); // each has a name for people
        }
    }

    @Test
    void aSearchIsSavedInTheOrderOfWhatFitsBest() {
        ticketOf("Zeppelin");
        try (Screen hers = Screen.at(host).open("#/tickets?tag=airships")) {
            hers.find(".filters input").fill("zeppelin");
            hers.sees(".filters .button", "Best match");
            hers.click("Remove Tag: Airships");
            hers.sees(".row .title", "Zeppelin");
            chooseColumns(hers, "Title");
            hers.click("Save view");
            hers.find("dialog input").fill("Airships");
            hers.click("Save");
            hers.sees(".main .bar h1", "Airships");
        }
    }

    @Test
    void whatOneMayNotDoIsNotOffered() {
        TicketView ticket = ticketOf("Not hers", "looked-at");
        try (Screen hers = Screen.at(host)) {
            hers.page()
                    .route(
                            "**/ticketmesh/session",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setContentType("application/json")
                                    .setBody(
                                            "{\"actor\":\"alice\",\"authenticated\":true,\"csrf\":null,\"readOnly\":false,"
                                                    + "\"permissions\":[\"read\",\"observe\"]}")));
            hers.open("#/incidents");
            hers.sees(".side .place", "Incidents");
            hers.sees(".main .bar h1", "Incidents");
            assertThat(
                            hers.find(
                                    ".side .place:has-text('Webhooks'), .side .place:has-text('Erasing'), .side .place:has-text('Bundle')"))
                    .hasCount(0);
            assertThat(hers.find(".main .bar .button")).hasCount(0);
            hers.press("g", "e");
            hers.press("g", "b");
            hers.sees(".main .bar h1", "Board");
            assertThat(hers.find(".card[draggable=true]")).hasCount(0);
            assertThat(hers.find(".button.create")).hasCount(0);

            hers.open("#/tickets?tag=looked-at");
            hers.sees(".row .title", "Not hers");
            hers.press("j", "x");
            assertThat(hers.find(".bulk .button")).hasCount(1); // to select none
            hers.press("p");
            assertThat(hers.find(".menu")).hasCount(0);

            hers.open("#/ticket/" + ticket.key());
            hers.sees(".heading h1", "Not hers");
            assertThat(hers.find(".value.status")).isDisabled();
            assertThat(hers.find(".value.priority")).isDisabled();
            assertThat(hers.find(".edit, .composer, .attachments, .main .bar [aria-label=Delete]"))
                    .hasCount(0);
            assertThat(hers.barriers()).isEmpty();
        }
    }

    @Test
    void aBundleIsSavedTakenInWithAReportAndRefusedWithThePlaceWhereItIsDamaged() throws IOException {
        ticketOf("Bundled");
        ByteArrayOutputStream foreign = new ByteArrayOutputStream();
        try (TicketMesh other = TicketMesh.open(node -> {})) {
            other.tickets("carol").create("From afar");
            other.bundle().write(foreign);
        }
        try (Screen hers = Screen.at(host, 360, 740, ColorScheme.DARK).open("#/bundle")) {
            Download saved = hers.page().waitForDownload(() -> hers.click("Download the bundle"));
            assertThat(saved.suggestedFilename()).isEqualTo("tickets.bundle");
            take(hers, "mine.bundle", Files.readAllBytes(saved.path()));
            hers.sees(".reported", "mine.bundle is taken in. Operations:");
            hers.sees(".reported", "New: 0.");
            take(hers, "cut.bundle", Arrays.copyOf(foreign.toByteArray(), foreign.size() / 2));
            hers.sees(".wrong", "cut.bundle is cut or damaged from byte");
            hers.forgive(); // the browser tells of the refusal
            take(hers, "foreign.bundle", foreign.toByteArray());
            hers.sees(".reported", "New: 1. Known already: 0.");
            host.awaitIndex();
            assertThat(host.get("/tickets?q=afar&count=true").at("/total")).isEqualTo("1");
            assertThat(hers.barriers()).isEmpty();
            assertThat(hers.overflows()).isFalse();

            hers.find(".check input").check();
            Request lean = hers.page()
                    .waitForRequest(
                            "**/ticketmesh/bundle?erased=false",
                            () -> hers.page().waitForDownload(() -> hers.click("Download the bundle")));
            assertThat(lean.method()).isEqualTo("HEAD");

            hers.page()
                    .route(
                            "**/ticketmesh/bundle?erased=false",
                            route -> route.fulfill(new Route.FulfillOptions().setStatus(409)));
            hers.click("Download the bundle");
            hers.sees(".wrong", "came to it as a snapshot");
            hers.forgive(); // the browser tells of the refusal
        }
    }

    private static void take(Screen screen, String name, byte[] bundle) {
        screen.find(".file-button input").setInputFiles(new FilePayload(name, "", bundle));
    }

    @Test
    void anIncidentIsReportedByHandCountedAndOpenedAgain() {
        try (Screen hers = Screen.at(host).open("#/incidents")) {
            hers.sees(".empty h2", "No incident");
            hers.click("Report an incident");
            assertThat(hers.find("[name=dedupKey]")).isFocused();
            hers.type("backup <nightly>");
            hers.find("[name=severity]").selectOption("critical");
            hers.find("[name=place]").fill("db-2");
            hers.find("[name=details]").fill("rsync: connection closed");
            assertThat(hers.barriers()).isEmpty();
            hers.click("Report");
            hers.sees(".toast", "It is counted in TM-");
            hers.sees(".incidents a", "backup <nightly>");
            hers.sees(".incidents td", "Urgent");
            hers.sees(".incidents td", "db-2");
            String row = "/tickets/" + hers.find(".incidents .key").textContent();
            assertThat(host.get(row + "/comments").text()).contains("rsync: connection closed");

            host.post("/ticketmesh/incidents", "{\"dedupKey\":\"backup <nightly>\",\"place\":\"db-3\"}")
                    .is(202);
            hers.sees(".incidents td", "db-3");
            assertThat(hers.find(".incidents td.number").first()).hasText("2");

            host.post(row + "/transitions", "{\"to\":\"resolved\"}").is(200);
            hers.sees(".empty h2", "No incident");
            hers.find(".check input").check();
            hers.find(".incidents button").click();
            assertThat(hers.find(".incidents button")).hasCount(0);
            assertThat(host.get(row).at("/status")).isEqualTo("open");
            assertThat(hers.find(".incidents td.number").last()).hasText("1");
            assertThat(hers.barriers()).isEmpty();
        }
    }

    @Test
    void anIncidentThatIsHeardOfWhileTheListLoadsIsShown() {
        try (Screen his = Screen.at(host).open("#/incidents");
                Screen hers = Screen.at(host).open("#/incidents")) {
            AtomicReference<Route> held = new AtomicReference<>();
            AtomicReference<APIResponse> old = new AtomicReference<>();
            hers.page()
                    .route(
                            "**/tickets?*",
                            route -> {
                                old.set(route.fetch());
                                held.set(route);
                            },
                            new Page.RouteOptions().setTimes(1));
            hers.find(".check input").check();
            hers.page().waitForCondition(() -> held.get() != null);
            String id = host.post("/ticketmesh/incidents", "{\"dedupKey\":\"between\",\"place\":\"db-9\"}")
                    .is(202)
                    .id();
            his.sees(".incidents td", "db-9"); // both are told
            held.get().fulfill(new Route.FulfillOptions().setResponse(old.get()));
            hers.sees(".incidents td", "db-9");
            host.delete("/tickets/" + id).is(204); // no other test sees it
        }
    }

    @Test
    void viewsThatABrowserKeptAreBroughtToTheServerOnce() {
        try (Screen hers = Screen.at(host).open("#/board")) {
            hers.page()
                    .evaluate("() => localStorage.setItem('ticketmesh.views', JSON.stringify(["
                            + "{name: 'Late ones', query: 'overdue=true&sort=dueAt'}, {name: 'Broken', query: 'colour=red'},"
                            + " {name: 'Mine', query: 'assignee=%40me'}]))");
            hers.page().reload();
            hers.sees(".side .place", "Late ones");
            hers.sees(".side .place", "Mine");
            assertThat(hers.page().evaluate("() => localStorage.getItem('ticketmesh.views')"))
                    .isNull();
            hers.forgive(); // the browser tells of the refused view
            assertThat(host.node()
                            .views("alice")
                            .find("late-ones")
                            .orElseThrow()
                            .value()
                            .sort())
                    .isEqualTo("dueAt");
            assertThat(host.node().views("alice").find("broken")).isEmpty();
        }
    }

    @Test
    void aReplyIsChosenReadAndSentWithWhatGoesAlong() {
        host.node()
                .replies("anna")
                .put(
                        "more",
                        new CannedReply(
                                "Ask for more",
                                "Dear {{reporter}}, what of {{ticket.title}}?",
                                Status.PENDING,
                                null,
                                List.of("asked")),
                        Expectation.NONE)
                .join();
        TicketView ticket = ticketOf("Printer _hums_");
        try (Screen hers = Screen.at(host).open("#/ticket/" + ticket.key())) {
            hers.find(".composer button[aria-label='Replies']").click();
            hers.choose("Ask for more");
            assertThat(hers.find(".composer textarea")).hasValue("Dear bob, what of Printer \\_hums\\_?");
            hers.sees(".composer .along", "Pending");
            hers.find(".composer .send").click();
            hers.sees(".comment", "Dear bob, what of Printer _hums_?");
            hers.sees(".value.status", "Pending");
            assertThat(hers.find(".composer textarea")).hasValue("");
        }
    }

    @Test
    void repliesAreSetUpInADialogThatNamesWhatIsWrong() {
        TicketView ticket = ticketOf("Scanner");
        try (Screen hers = Screen.at(host, 1280, 800, ColorScheme.DARK).open("#/ticket/" + ticket.key())) {
            hers.find(".composer button[aria-label='Replies']").click();
            hers.choose("Set up replies");
            hers.find("tm-replies button:has-text('New reply')").click();
            hers.find("tm-replies input[aria-label='Name of the reply']").fill("Thanks");
            hers.find("tm-replies textarea").fill("Thank you, {{repoter}}");
            hers.find("tm-replies button:has-text('Save')").click();
            hers.sees("tm-replies .wrong", "position 11");
            hers.forgive();
            hers.find("tm-replies textarea").fill("Thank you, {{reporter}}");
            assertThat(hers.barriers()).isEmpty();
            hers.find("tm-replies button:has-text('Save')").click();
            hers.sees("tm-replies .place", "Thanks");
            assertThat(host.node()
                            .replies()
                            .find("thanks")
                            .orElseThrow()
                            .value()
                            .body())
                    .isEqualTo("Thank you, {{reporter}}");
            hers.find("tm-replies button:has-text('Delete')").click();
            hers.find("tm-sure button:has-text('Delete')").click();
            assertThat(hers.find("tm-replies .place:has-text('Thanks')")).hasCount(0);
        }
    }

    @Test
    void peopleAreOfferedWhereTheyAreMentioned() {
        TicketView ticket = ticketOf("Copier");
        host.node().tickets("bob").change(ticket.key().toString(), edit -> edit.watcher("Grace Hopper"));
        try (Screen hers = Screen.at(host).open("#/ticket/" + ticket.key())) {
            hers.find(".composer textarea").click();
            hers.type("Look, @gra");
            hers.sees(".offered", "Grace Hopper");
            assertThat(hers.barriers()).isEmpty();
            hers.press("Enter");
            assertThat(hers.find(".composer textarea")).hasValue("Look, @\"Grace Hopper\" ");
            hers.type("and @dave, not `@eve` or \\@frank");
            hers.press("Control+Enter");
            hers.sees(".comment .mention", "@dave");
            assertThat(hers.find(".comment .mention")).hasCount(2);
            assertThat(watchers(ticket)).contains("dave").doesNotContain("eve", "frank");
        }
    }

    @Test
    void allThatFitIsSelectedChangedAndTakenBack() {
        for (int i = 0; i < 120; i++) {
            ticketOf("Many " + i, "many");
        }
        try (Screen hers = Screen.at(host).open("#/tickets?tag=many&sort=createdAt")) {
            hers.find(".row .pick").first().click();
            hers.click("Select all 120");
            hers.sees(".bulk .count", "120 selected");
            hers.find(".bulk button:has-text('Priority')").click();
            hers.choose("Urgent");
            hers.sees(".toast", "120 tickets changed");
            assertThat(host.get("/tickets?tag=many&priority=urgent&count=true").at("/total"))
                    .isEqualTo("120");
            hers.click("Undo");
            hers.sees(".toast", "120 tickets changed");
            Waiting.until(() -> host.get("/tickets?tag=many&priority=normal&count=true")
                    .at("/total")
                    .equals("120"));
        }
    }

    @Test
    void theDashboardTellsOfDaysAndTimes() {
        TicketView ticket = ticketOf("Counted");
        host.node().tickets("anna").comment(ticket.key().toString(), "On my way");
        host.node().tickets("anna").transition(ticket.key().toString(), Status.CLOSED);
        try (Screen hers = Screen.at(host).open("#/numbers")) {
            hers.sees(".legend .left", "Not done in the evening");
            hers.sees(".fact", "First response, 30 days");
            hers.sees(".fact", "Resolution, 30 days");
            assertThat(hers.barriers()).isEmpty();
        }
    }
}
