package io.ticketmesh.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.core.io.ClassPathResource;

class SampleDataTest {
    private static final ClassPathResource ARCHIVE = new ClassPathResource("sample-data/tls13-spec-archive.json.gz");

    private static long start(TicketMesh mesh) throws IOException {
        new SampleData(mesh, ARCHIVE).run(new DefaultApplicationArguments());
        return mesh.tickets().counts().living();
    }

    @Test
    void aTicketThatSomebodyMadeFirstPreventsNothingAndWhatIsTakenAwayDoesNotComeBack() throws IOException {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            TicketView early = mesh.tickets("alice").create("The coffee machine is cold");

            long tickets = start(mesh);

            assertThat(tickets).isEqualTo(1 + 446);
            TicketView imported = mesh.tickets().query(TicketQuery.of(TicketFilter.LIVING, 10)).items().stream()
                    .filter(ticket -> ticket.externalId() != null)
                    .findFirst()
                    .orElseThrow();
            mesh.tickets().purge(imported.id().toString());
            assertThat(start(mesh)).isEqualTo(tickets - 1);
            assertThat(mesh.tickets().get(early.id().toString()).title()).isEqualTo("The coffee machine is cold");
        }
    }
}
