package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.ticketmesh.spring.Waiting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the pictures of the documentation, when it is told where to put them. */
@EnabledIfSystemProperty(named = "ticketmesh.tests.pictures", matches = ".+")
class ConsolePicturesTest {
    private static final String[][] TICKETS = {
        {"Coffee machine says “descale me” in Klingon 🖖", "low", "question", "coffee", "", "new"},
        {"Translate the welcome letter", "low", "task", "i18n", "barbara", "new"},
        {"طابعة الطابق الثالث لا تعمل", "normal", "incident", "printer", "ada", "open"},
        {"Password reset mail goes to spam at one provider", "normal", "bug", "mail", "barbara", "pending"},
        {"Backup of the archive takes longer than the night", "high", "problem", "backup", "grace", "resolved"},
        {"Search does not find tickets with umlauts", "normal", "bug", "search", "ada", "resolved"},
        {"Replace the UPS batteries in rack B", "high", "task", "datacentre", "linus", "open"},
        {"Which plan includes single sign-on?", "normal", "question", "sales", "barbara", "pending"},
        {"Invoice export rounds VAT the wrong way", "urgent", "bug", "billing", "", "new"},
        {"Please add Margaret to the on-call rota", "normal", "request", "on-call", "grace", "new"},
        {"VPN drops every 30 minutes on hotel networks", "high", "incident", "network", "", "new"},
        {"Badge reader at the north entrance rejects new badges", "high", "bug", "access", "linus", "open"},
        {"Grinder 2 is louder than the fire alarm", "high", "incident", "coffee", "grace", "open"},
        {"Order beans before the holidays", "normal", "task", "procurement", "ada", "pending"},
        {"Dark screen after waking the meeting-room display", "normal", "incident", "av", "barbara", "closed"},
    };

    @Test
    void takePictures() {
        Wired.anew();
        try (Host tokyo = host("alice", "desk@tokyo");
                Host osaka = host("bob", "desk@osaka");
                Host kyoto = host("carol", "desk@kyoto")) {
            for (String[] ticket : TICKETS) {
                create(tokyo, ticket);
            }
            String leak = leakingMachine(tokyo, osaka);
            try (Screen screen = Screen.at(tokyo, 1280, 780, ColorScheme.LIGHT)) {
                take(screen, "#/tickets?category=open%2Cwaiting&sort=-updatedAt", ".row >> nth=8", "list");
                take(screen, "#/board", ".card >> nth=8", "board");
                take(screen, "#/mesh", ".picture .node >> nth=2", "mesh");
            }
            try (Screen screen = Screen.at(tokyo, 1280, 780, ColorScheme.DARK)) {
                take(screen, "#/ticket/" + leak, ".way li.holds >> nth=2", "ticket");
            }
            disagree(leak, tokyo, osaka);
            try (Screen screen = Screen.at(tokyo, 1280, 780, ColorScheme.LIGHT)) {
                take(screen, "#/ticket/" + leak, ".conflict li >> nth=1", "conflict");
            }
            Waiting.until(() -> kyoto.node().version().equals(tokyo.node().version()));
        }
    }

    private static Host host(String actor, String name) {
        return Host.start(Wired.class, "ticketmesh.rest.anonymous-name=" + actor, "ticketmesh.mesh.node-name=" + name);
    }

    private static String create(Host host, String... ticket) {
        String assignee = ticket[4].isEmpty() ? "null" : "\"" + ticket[4] + "\"";
        String key = host.post(
                        "/tickets",
                        "{\"title\":\"" + ticket[0] + "\",\"priority\":\"" + ticket[1] + "\",\"type\":\"" + ticket[2]
                                + "\",\"tags\":[\"" + ticket[3] + "\"]}")
                .is(201)
                .at("/key");
        host.patch("/tickets/" + key, "{\"assignee\":" + assignee + "}").is(200);
        if (!ticket[5].equals("new")) {
            host.post("/tickets/" + key + "/transitions", "{\"to\":\"" + ticket[5] + "\"}")
                    .is(200);
        }
        return key;
    }

    private static String leakingMachine(Host tokyo, Host osaka) {
        String key = create(
                tokyo,
                "Espresso machine on floor 3 leaks when it heats up",
                "urgent",
                "incident",
                "coffee",
                "ada",
                "open");
        Waiting.until(() -> osaka.get("/tickets/" + key).status() == 200);
        String path = "/tickets/" + key;
        osaka.patch(
                        path,
                        "{\"description\":\"Water under the machine every morning.\\n\\n- starts about **ten minutes** after power-on\\n"
                                + "- stops when the tank is below half\\n\\n```\\nE17 boiler pressure 1.9 bar\\n```\","
                                + "\"tags\":[\"coffee\",\"floor-3\"]}")
                .is(200);
        osaka.post(path + "/comments", "{\"body\":\"I put a towel under it. That is **not** a fix.\"}")
                .is(201);
        osaka.post(
                        path + "/comments",
                        "{\"body\":\"The gasket kit is in the second drawer; Linus has the key.\",\"kind\":\"internal\"}")
                .is(201);
        Waiting.until(() -> tokyo.get(path + "/comments").text().contains("gasket"));
        return key;
    }

    private static void disagree(String key, Host tokyo, Host osaka) {
        Wired.PLUGGED.set(false);
        tokyo.patch("/tickets/" + key, "{\"title\":\"Espresso machine on floor 3 leaks: gasket ordered\"}")
                .is(200);
        osaka.patch("/tickets/" + key, "{\"title\":\"Espresso machine on floor 3 is out of order\"}")
                .is(200);
        Wired.PLUGGED.set(true);
        Waiting.until(() -> tokyo.node().version().equals(osaka.node().version()));
    }

    private static void take(Screen screen, String address, String shown, String name) {
        screen.open(address);
        assertThat(screen.find(shown)).isVisible();
        screen.sees(".connection", "Live");
        Path file = Path.of(System.getProperty("ticketmesh.tests.pictures"), "console-" + name + ".png");
        screen.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
