package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application with WebFlux stays one, and gets the Java API. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReactiveHostIT {
    private static final Launch REACTIVE = Launch.of("reactive", "com.example.reactive.ReactiveApplication");

    @TempDir
    Path directory;

    private final int port = Host.freePort();

    @Test
    void itsRoutesAnswerAsBeforeAndTicketsAreThereToBeInjected() throws IOException {
        String own;
        try (Host host = start(REACTIVE.with("--reactive.desk=true"))) {
            Web web = host.web(port);
            own = aboutItself(web);
            assertThat(web.post("/own/complaints", "No coffee").body()).startsWith("TM-");
            assertThat(host.log())
                    .contains("Netty started")
                    .contains("no REST, because this is not a servlet application with Spring MVC");
            assertThat(OpenSockets.of(host.pid())).containsExactly("tcp " + port);
            assertThat(own).contains("two seats left");
        }
        try (Host before = start(REACTIVE.withoutTicketMesh())) {
            assertThat(own).isEqualTo(aboutItself(before.web(port)));
        }
    }

    private Host start(Launch launch) {
        return launch.with("--server.port=" + port).in(directory.resolve("work"));
    }

    private static String aboutItself(Web web) {
        Transcript talk = new Transcript(web, "");
        talk.ask("GET", "/tickets", null);
        talk.ask("GET", "/ticketmesh/meta", null);
        talk.ask("GET", "/own/numbers", null);
        talk.ask("GET", "/own/numbers", null, "Accept", "application/x-ndjson");
        talk.ask("GET", "/own/failure", null);
        return talk.toString().replaceAll("\"requestId\":\"[^\"]*\"", "(request)");
    }
}
