package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a process, with what Spring Boot's plugin made of it ahead of time. */
class AheadOfTimeIT {
    @Test
    void servesAsEver(@TempDir Path home) throws Exception {
        try (SampleNode node = new SampleNode(home, Program.AHEAD_OF_TIME, List.of("--ticketmesh.mesh.cluster="))) {
            node.start();
            assertThat(node.post("/tickets", "{\"title\":\"Printer on fire\"}").statusCode())
                    .isEqualTo(201);
            assertThat(node.get("/tickets?fields=title").body()).contains("Printer on fire");
            assertThat(node.post("/machines/m1/faults", "{\"message\":\"No water\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(node.logText())
                    .contains("Starting AOT-processed SampleApplication")
                    .contains("alone, no mesh is set; REST at /tickets and /ticketmesh");
        }
    }
}
