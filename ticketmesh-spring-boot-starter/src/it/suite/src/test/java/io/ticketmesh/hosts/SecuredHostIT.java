package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In an application with Spring Security its rules decide, for its pages as before and for ours like for any other. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecuredHostIT {
    private static final Launch SECURED = Launch.of("secured", "com.example.secured.SecuredApplications");
    private static final List<String> CHAINS = List.of("DEFAULT", "OWN", "DENY_ALL");
    private static final String USER =
            "Basic " + Base64.getEncoder().encodeToString("user:password".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();

    @Test
    void nothingOfTheApplicationGetsWeakerAndOursIsGuardedAlike() {
        CHAINS.forEach(chain -> ports.put(chain, Host.freePort()));
        Map<String, String> own = new LinkedHashMap<>();
        try (Host host = start(SECURED)) {
            for (String chain : CHAINS) {
                Web web = host.web(ports.get(chain));
                own.put(chain, aboutItself(web));
                assertThat(web.get("/own/secret").statusCode()).as(chain).isEqualTo(401);
                assertThat(web.get("/tickets").statusCode()).as(chain).isEqualTo(401);
                assertThat(web.get("/ticketmesh/meta").statusCode()).as(chain).isEqualTo(401);
                assertThat(web.post("/tickets", "{\"title\":\"x\"}").statusCode())
                        .as(chain)
                        .isIn(401, 403);
            }
            refuseWithoutTheTokenOfTheForm(host.web(ports.get("DEFAULT")));
            knowTheUser(host.web(ports.get("OWN")));
            refuseEverybody(host.web(ports.get("DENY_ALL")));
        }
        try (Host before = start(SECURED.withoutTicketMesh())) {
            for (String chain : CHAINS) {
                assertThat(own.get(chain)).as(chain).isEqualTo(aboutItself(before.web(ports.get(chain))));
            }
        }
    }

    /** Spring Boot's own chain protects writes from other sites; the application did not say otherwise. */
    private static void refuseWithoutTheTokenOfTheForm(Web web) {
        assertThat(as(web, "GET", "/tickets", null)).isEqualTo(200);
        assertThat(as(web, "POST", "/tickets", "{\"title\":\"x\"}"))
                .isGreaterThanOrEqualTo(400)
                .isEqualTo(as(web, "POST", "/own/secret", "{}"));
        assertThat(web.get("/tickets", "Authorization", USER).body()).startsWith("{\"items\":[]");
    }

    private static void knowTheUser(Web web) {
        String[] headers = {"Authorization", USER, "Content-Type", "application/json"};
        assertThat(web.send("POST", "/tickets", "{\"title\":\"Mine\"}", headers).body())
                .contains("\"createdBy\":\"user\"");
        assertThat(as(web, "GET", "/tickets?reporter=@me", null)).isEqualTo(200);
    }

    private static void refuseEverybody(Web web) {
        for (String path : List.of("/tickets", "/tickets/events", "/ticketmesh/meta", "/ticketmesh/mesh")) {
            assertThat(as(web, "GET", path, null)).as(path).isEqualTo(403);
        }
    }

    private static int as(Web web, String method, String path, String body) {
        return web.send(method, path, body, "Authorization", USER, "Content-Type", "application/json")
                .statusCode();
    }

    private Host start(Launch launch) {
        String[] applications =
                ports.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new);
        return launch.with(applications).in(directory.resolve("work"));
    }

    private static String aboutItself(Web web) {
        Transcript talk = new Transcript(web, "");
        for (String path : List.of("/own/public", "/own/secret", "/own/admin", "/own/nowhere", "/login")) {
            talk.ask("GET", path, null);
            talk.ask("GET", path, null, "Authorization", USER);
            talk.ask("POST", path, "x=y", "Content-Type", "application/x-www-form-urlencoded", "Authorization", USER);
        }
        return talk.toString()
                .replaceAll("JSESSIONID=[^;]*", "(session)")
                .replaceAll("name=\"_csrf\" type=\"hidden\" value=\"[^\"]*\"", "(csrf)");
    }
}
