package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people keep for later, and what they do to many tickets at once. */
class ConsoleDefinitionsTest {
    private static Host host;

    @BeforeAll
    static void start() {
        Browsers.get();
        host = Host.start("ticketmesh.rest.anonymous-name=alice");
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static TicketView ticketOf(String title, String... tags) {
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
