package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An ordinary application gets the starter by the steps of the guide alone, and its own tests do not notice. */
@Tag("hosts")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GuideIT {
    @Test
    void anApplicationWithTicketsOfItsOwnGetsAHelpDesk() throws IOException {
        Guide guide = Guide.read();
        Project boxOffice = Project.copyOf("box-office");

        TreeMap<String, Integer> before = boxOffice.build();
        List<Path> changed = guide.applyTo(boxOffice.directory());
        TreeMap<String, Integer> after = boxOffice.buildWithTicketMesh(1);
        TreeMap<String, Integer> inParallel = boxOffice.buildWithTicketMesh(3);

        assertThat(before).hasSize(3).doesNotContainValue(0);
        assertThat(after).as("three contexts in one process").isEqualTo(before);
        assertThat(inParallel).as("three processes at once").isEqualTo(before);
        assertThat(changed).hasSize(3).noneMatch(path -> path.toString().contains("src/test"));
        assertThat(boxOffice.directory().resolve("ticketmesh"))
                .as("tests leave nothing behind")
                .doesNotExist();
        serves(boxOffice);
        failsAsShown(boxOffice, guide);
    }

    private static void serves(Project boxOffice) {
        int port = Host.freePort();
        try (Host host = boxOffice.start("--server.port=" + port)) {
            Web web = host.web(port);
            assertThat(web.get("/tickets").body()).startsWith("<h1>Tickets</h1>");
            assertThat(web.get("/api/concerts", as("guest")).statusCode()).isEqualTo(200);
            assertThat(web.get("/helpdesk").statusCode()).isEqualTo(401);
            assertThat(web.get("/helpdesk", as("guest")).statusCode()).isEqualTo(403);
            assertThat(web.send("POST", "/helpdesk", "{\"title\":\"Seat 12 is broken\"}", json("clerk"))
                            .body())
                    .contains("\"createdBy\":\"clerk\"");
            assertThat(web.get("/ticketmesh/meta", as("clerk")).statusCode()).isEqualTo(200);
            assertThat(boxOffice.directory().resolve("ticketmesh/box-office/node"))
                    .exists();
        }
    }

    /** What an application hears that takes the first step only. */
    private static void failsAsShown(Project boxOffice, Guide guide) {
        try (Host host = boxOffice.start("--server.port=0", "--ticketmesh.rest.path=/tickets")) {
            assertThat(host.status()).isEqualTo(1);
            List<String> analysis = host.log()
                    .lines()
                    .dropWhile(line -> !line.equals("Description:"))
                    .toList();
            assertThat(analysis).contains("Action:").allMatch(guide::shows);
        }
    }

    private static String[] as(String user) {
        return new String[] {
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8))
        };
    }

    private static String[] json(String user) {
        return Stream.of(as(user), new String[] {"Content-Type", "application/json"})
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }
}
