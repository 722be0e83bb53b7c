package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract does not depend on the application: one conversation, recorded in a file, is the same in a plain application and in
 * hostile ones, in both lines of Spring Boot. {@code -Dhosts.record=true} writes the file anew, to be looked at as a difference.
 */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.MethodName.class)
class HostileHostIT {
    private static final Path RECORDED = Path.of("src", "test", "resources", "conversation.txt");
    private static final Launch HOSTILE = Launch.of("hostile", "com.example.hostile.HostileApplications");

    /** Each kind of hostility, with what stands in front of its paths. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "XML_ONLY", "",
            "PATHS_IN_FRONT", "/shop/web",
            "SNAKE_CASE", "",
            "BARE_MAPPER", "",
            "WRAPPING", "",
            "PREFIX", "",
            "ADVICE", "",
            "OWN_MVC", ""));

    @TempDir
    Path directory;

    @Test
    void aPlainApplicationSaysWhatIsRecorded() throws IOException {
        int port = Host.freePort();
        try (Host host = Launch.of("plain", "com.example.plain.PlainApplication")
                .on(Jdk.newest())
                .with("--server.port=" + port)
                .in(directory.resolve("work"))) {
            String said = Conversations.aboutTickets(host.web(port), "");
            if (Boolean.getBoolean("hosts.record")) {
                Files.writeString(RECORDED, said);
            }
            assertThat(said).isEqualTo(recorded());
        }
    }

    @Test
    void hostileApplicationsSayTheSameAndAreUntouchedThemselves() throws IOException {
        Map<String, Integer> ports = ports();
        Map<String, String> own = new LinkedHashMap<>();
        try (Host host = start(HOSTILE, ports)) {
            for (Map.Entry<String, String> kind : KINDS.entrySet()) {
                Web web = host.web(ports.get(kind.getKey()));
                assertThat(Conversations.aboutTickets(web, kind.getValue()))
                        .as(kind.getKey())
                        .isEqualTo(recorded());
                own.put(kind.getKey(), aboutItself(web, kind.getValue()));
                assertThat(web.get(kind.getValue() + "/actuator/health").body())
                        .as(kind.getKey())
                        .contains("\"ticketMesh\":{\"status\":\"UP\"}");
            }
        }
        try (Host before = start(HOSTILE.withoutTicketMesh(), ports)) {
            KINDS.forEach((kind, prefix) ->
                    assertThat(own.get(kind)).as(kind).isEqualTo(aboutItself(before.web(ports.get(kind)), prefix)));
        }
    }

    private Host start(Launch launch, Map<String, Integer> ports) {
        String[] applications =
                ports.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new);
        return launch.with(applications).in(directory.resolve("work"));
    }

    private static Map<String, Integer> ports() {
        Map<String, Integer> ports = new TreeMap<>();
        KINDS.keySet().forEach(kind -> ports.put(kind, Host.freePort()));
        return ports;
    }

    private static String recorded() throws IOException {
        return Files.readString(RECORDED, StandardCharsets.UTF_8);
    }

    private static String aboutItself(Web web, String prefix) {
        Transcript talk = new Transcript(web, prefix);
        for (String start : List.of("", "/v1")) {
            talk.ask("GET", start + "/own/note", null);
            talk.ask("GET", start + "/own/note", null, "Accept", "application/xml");
            talk.ask("POST", start + "/own/note", "{\"noteTitle\":\"milk\"}", "Content-Type", "application/json");
            talk.ask("POST", start + "/own/note", "{", "Content-Type", "application/json");
            talk.ask("PUT", start + "/own/note", "{}", "Content-Type", "application/json");
            talk.ask("GET", start + "/own/failure", null);
            talk.ask("GET", start + "/own/nowhere", null);
            talk.ask("GET", start + "/anything", null);
        }
        // Spring lists methods in the order of a hash
        return talk.toString().replace("allow: POST, GET", "allow: GET, POST");
    }
}
