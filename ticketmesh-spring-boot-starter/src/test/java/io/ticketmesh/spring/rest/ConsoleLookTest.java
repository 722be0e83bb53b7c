package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console bears whatever is in tickets, on any screen, and is there for everybody. */
class ConsoleLookTest {
    private static final List<String> PAGES = List.of(
            "#/tickets?sort=-updatedAt",
            "#/tickets?sort=-updatedAt&columns=status,title,assignee,tags,description,dueDate,updatedAt",
            "#/board",
            "#/numbers",
            "#/incidents",
            "#/mesh",
            "#/webhooks",
            "#/erasures",
            "#/bundle");

    /** Enough for many pages; how long the first list takes with more is measured with this property. */
    private static final int TICKETS = Integer.getInteger("ticketmesh.tests.console-tickets", 1_000);

    /** More than the list holds rows. */
    private static final int CROWD = 2_100;

    private static Host host;
    private static String ticket;

    @BeforeAll
    static void start() {
        Browsers.get();
        host = Host.start("ticketmesh.rest.anonymous-name=alice");
        ticket = host.post(
                        "/tickets",
                        "{\"title\":\"Something to look at\",\"priority\":\"urgent\",\"assignee\":\"ada\",\"tags\":[\"one\",\"two\"],"
                                + "\"dueDate\":\"2020-02-29\",\"description\":\"# Title\\n\\nSome *text*, `code` and a [link](https://example.org/).\"}")
                .is(201)
                .at("/key");
        host.post("/tickets/" + ticket + "/comments", "{\"body\":\"Public\"}").is(201);
        host.post("/tickets/" + ticket + "/comments", "{\"body\":\"Not public\",\"kind\":\"internal\"}")
                .is(201);
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static List<String> pages() {
        List<String> pages = new ArrayList<>(PAGES);
        pages.add("#/ticket/" + ticket);
        pages.add("#/ticket/TM-00000000");
        return pages;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nobodyIsShutOut(ColorScheme colours) {
        for (int width : new int[] {1280, 360}) {
            try (Screen screen = Screen.at(host, width, 800, colours)) {
                for (String page : pages()) {
                    screen.open(page);
                    assertThat(screen.find(".bones")).hasCount(0);
                    assertThat(screen.barriers())
                            .as("%s, %s wide, %s", page, width, colours)
                            .isEmpty();
                    if (!page.equals("#/board")) {
                        assertThat(screen.overflows()).as("%s overflows", page).isFalse();
                    }
                }
                screen.forgive(); // the browser tells of the ticket that is not there
            }
        }
    }

    @Test
    void nobodyIsShutOutOfDialogsAndMenus() {
        try (Screen screen = Screen.at(host).open("#/ticket/" + ticket)) {
            screen.press("c");
            assertThat(screen.find("dialog[open]")).isVisible();
            assertThat(screen.barriers()).isEmpty();
            screen.press("Escape");
            assertThat(screen.find("dialog")).hasCount(0);
            screen.press("?");
            assertThat(screen.find("dialog[open] .help").first()).isVisible();
            assertThat(screen.barriers()).isEmpty();
            screen.press("Escape");
            assertThat(screen.find("dialog")).hasCount(0);
            screen.press("p");
            assertThat(screen.find(".menu")).isVisible();
            assertThat(screen.barriers()).isEmpty();
        }
    }

    @Test
    void whatPeopleWriteIsTextAndStaysInItsPlace() {
        String tags = IntStream.range(0, 50)
                .mapToObj(number -> "\"" + String.format("%02d", number) + "x".repeat(62) + "\"")
                .collect(Collectors.joining(","));
        String evil =
                "<img src=x onerror=alert(1)><script>alert(2)</script> [click](javascript:alert(3)) ![pixel](https://example.org/pixel.png)"
                        + " <a href='javascript:alert(4)'>x</a> \\n\\n|a|b|\\n|:-:|--:|\\n|1|2|\\n\\n\\u202eright to left \\u0627\\u0644\\u0637\\u0627\\u0628\\u0639\\u0629 \\ud83d\\udd95";
        String long64k = "W".repeat(65_536);
        String key = host.post(
                        "/tickets",
                        "{\"title\":\"<img src=x onerror=alert(1)> \\u0627\\u0644\\u0637\\u0627\\u0628\\u0639\\u0629 \\ud83d\\udda8\",\"description\":\""
                                + evil + "\",\"tags\":[" + tags + "]}")
                .is(201)
                .at("/key");
        host.post("/tickets/" + key + "/comments", "{\"body\":\"" + long64k + "\"}")
                .is(201);
        host.post("/tickets/" + key + "/comments", "{\"body\":\"" + "[".repeat(20_000) + "\"}")
                .is(201);
        for (int width : new int[] {1280, 360}) {
            try (Screen screen = Screen.at(host, width, 800, ColorScheme.LIGHT)) {
                screen.page().onDialog(dialog -> {
                    throw new AssertionError("a script ran: " + dialog.message());
                });
                screen.open("#/ticket/" + key);
                screen.sees(".heading h1", "<img src=x onerror=alert(1)>");
                screen.sees(".described .prose", "<script>alert(2)</script>");
                assertThat(screen.find(".comment").first()).containsText("WWWW");
                assertThat(screen.find(".prose .align-center").first()).hasText("a");
                assertThat(screen.find(".prose img, .prose script, .prose [style], .prose [onerror]"))
                        .hasCount(0);
                assertThat(screen.find(".prose a[href^='javascript']")).hasCount(0);
                assertThat(screen.overflows()).isFalse();
                screen.open("#/tickets?sort=-createdAt");
                screen.sees(".row .title", "<img src=x");
                assertThat(screen.overflows()).isFalse();
                screen.open("#/board");
                screen.sees(".card .title", "<img src=x");
            }
        }
    }

    @Test
    void howeverManyThereAreAllAreChangedInRoundsThatCanBeStopped() {
        create(CROWD, "crowd");
        try (Screen screen = Screen.at(host).open("#/tickets?tag=crowd")) {
            AtomicInteger rounds = new AtomicInteger();
            AtomicReference<Route> third = new AtomicReference<>();
            screen.page().route("**/tickets/bulk", route -> {
                if (rounds.incrementAndGet() == 3) {
                    third.set(route);
                } else {
                    route.resume();
                }
            });
            screen.find(".row .pick").first().click();
            screen.click("Select all 2,100");
            screen.sees(".bulk .count", "All 2,100 selected");
            screen.press("p");
            screen.chooseByKeys("Urgent");
            screen.page().waitForCondition(() -> third.get() != null);
            screen.sees(".running", "200 of 2,100 tickets so far");
            assertThat(screen.barriers()).isEmpty();
            screen.open("#/mesh"); // it goes on while one looks elsewhere
            Matcher one = Pattern.compile("\"ref\":\"([^\"]+)\"")
                    .matcher(third.get().request().postData());
            assertThat(one.find()).isTrue();
            host.patch("/tickets/" + one.group(1), "{\"assignee\":\"bob\"}").is(200);
            screen.click("Stop");
            third.get().resume();
            screen.sees(".toast", "Stopped after 300 of 2,100 tickets: 299 changed. 1 ticket was not changed");
            assertThat(screen.find(".running")).hasCount(0);
            assertThat(countUrgent()).isEqualTo("299");
            screen.click("Undo");
            screen.sees(".toast", "299 tickets changed");
            assertThat(countUrgent()).isEqualTo("0");

            screen.open("#/tickets?tag=crowd");
            screen.find(".row .pick").first().click();
            screen.click("Select all 2,100");
            screen.find(".bulk button:has-text('Status')").click();
            assertThat(screen.find(".menu li")).hasCount(5);
            screen.press("Escape");
            screen.find(".bulk button:has-text('Delete')").click();
            screen.sees("dialog", "Delete 2,100 tickets?");
            screen.find("dialog .danger").click();
            screen.sees(".toast", "2,100 tickets changed");
            screen.sees(".empty", "No ticket here");
        }
        assertThat(host.get("/tickets?tag=crowd&count=true").at("/total")).isEqualTo("0");
    }

    private static String countUrgent() {
        return host.get("/tickets?tag=crowd&priority=urgent&count=true").at("/total");
    }

    private static void create(int tickets, String tag) {
        for (int from = 0; from < tickets; from += 100) {
            String operations = IntStream.range(from, from + 100)
                    .mapToObj(number -> "{\"op\":\"create\",\"body\":{\"title\":\"Many " + number + "\",\"tags\":[\""
                            + tag + "\"],\"priority\":\"" + (number % 3 == 0 ? "high" : "low") + "\"}}")
                    .collect(Collectors.joining(","));
            host.post("/tickets/bulk", "{\"operations\":[" + operations + "]}").is(207);
        }
    }

    @Test
    void howeverManyThereAreNobodyLoadsMoreThanAPage() {
        create(TICKETS, "many");
        try (Screen screen = Screen.at(host)) {
            screen.open("#/mesh"); // files and connection are there
            long begin = System.nanoTime();
            screen.open("#/tickets?tag=many&sort=-updatedAt");
            screen.sees(".row .title", "Many");
            System.out.println("First list of " + TICKETS + " tickets drawn after "
                    + (System.nanoTime() - begin) / 1_000_000 + " ms");
            assertThat(screen.find(".row")).hasCount(50);
            for (int rows = 100; rows <= 300; rows += 50) {
                screen.find(".row").last().scrollIntoViewIfNeeded();
                int expected = rows;
                assertThat(screen.find(".row").nth(expected - 1)).isAttached();
            }
            List<Integer> limits = screen.requests().stream()
                    .map(request -> request.url().replaceFirst("^.*[?&]limit=([0-9]+).*$", "$1"))
                    .filter(limit -> limit.matches("[0-9]+"))
                    .map(Integer::valueOf)
                    .toList();
            assertThat(limits).isNotEmpty().allMatch(limit -> limit <= 100);
        }
    }
}
