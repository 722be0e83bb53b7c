package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsExportedAndImportedIsExportedAlike(long seed) throws IOException {
        try (RandomTickets here = new RandomTickets(seed, 400);
                TicketMesh there = RandomTickets.emptyDesk()) {
            String exported = ndjson(here.mesh());

            ImportReport report = there.importer("importer").ndjson(stream(exported));

            assertThat(report.rows())
                    .filteredOn(row -> row.action() != Action.CREATED)
                    .isEmpty();
            assertThat(report.total(Action.CREATED))
                    .isEqualTo(exported.lines().count())
                    .isPositive();
            assertSame(ndjson(there), exported);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void importingASecondTimeStoresNothing(long seed) throws IOException {
        try (RandomTickets here = new RandomTickets(seed, 300);
                TicketMesh there = RandomTickets.emptyDesk()) {
            byte[] exported = ndjson(here.mesh()).getBytes(UTF_8);
            there.importer("importer").ndjson(new ByteArrayInputStream(exported));
            VersionVector before = there.version();

            ImportReport again = there.importer("importer").ndjson(new ByteArrayInputStream(exported));
            ImportReport home = here.mesh().importer("importer").ndjson(new ByteArrayInputStream(exported));

            assertThat(again.total(Action.UNCHANGED)).isEqualTo(again.total()).isPositive();
            assertThat(home.total(Action.UNCHANGED)).isEqualTo(home.total());
            assertThat(there.version()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void csvComesBackAsItWasButForWhatItCannotHold(long seed) throws IOException {
        try (RandomTickets here = new RandomTickets(seed, 300);
                TicketMesh there = RandomTickets.emptyDesk()) {
            String exported = csv(here.mesh());

            ImportReport report = there.importer("importer").csv(stream(exported));

            assertThat(report.rows())
                    .filteredOn(row -> row.action() != Action.CREATED)
                    .isEmpty();
            assertSame(withoutComputed(csv(there)), withoutComputed(exported));
            VersionVector before = there.version();
            there.importer("importer").csv(stream(exported));
            assertThat(there.version()).isEqualTo(before);
        }
    }

    @Test
    void anExportShowsNoMoreThanItsReaderMaySee() throws IOException {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            TicketView ticket = mesh.tickets("alice").create("Printer");
            mesh.tickets("alice").create("Other", edit -> edit.queue("it"));
            mesh.tickets("bob").comment(ticket.key().toString(), "fire!", CommentKind.INTERNAL);
            ByteArrayOutputStream output = new ByteArrayOutputStream();

            long written = mesh.exporter()
                    .hidingInternal()
                    .only(TicketFilter.LIVING.and(new Criterion.AnyOf(Criterion.Field.QUEUE, Set.of("default"), false)))
                    .ndjson(output);

            assertThat(written).isEqualTo(1);
            assertThat(output.toString(UTF_8))
                    .contains("Printer")
                    .doesNotContain("fire!", "Other")
                    .endsWith("\n");
        }
    }

    @Test
    void statusesThatTwoSidesSetApartAreToldAsTheyWere() throws IOException {
        String line =
                "{\"title\":\"t\",\"externalId\":\"X\",\"createdBy\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"trail\":["
                        + "{\"status\":\"closed\",\"resolution\":\"fixed\",\"by\":\"a\",\"at\":\"2026-01-02T00:00:00Z\"},"
                        + "{\"status\":\"closed\",\"resolution\":\"fixed\",\"by\":\"b\",\"at\":\"2026-01-03T00:00:00Z\"},"
                        + "{\"status\":\"pending\",\"by\":\"c\",\"at\":\"2026-01-02T12:00:00Z\"}]}";
        try (TicketMesh one = TicketMesh.builder().open();
                TicketMesh two = TicketMesh.builder().open()) {
            one.importer("importer").ndjson(stream(line));
            String exported = ndjson(one);
            two.importer("importer").ndjson(stream(exported));

            assertThat(ndjson(two)).isEqualTo(exported);
            TicketView ticket = two.tickets()
                    .query(io.ticketmesh.ticket.TicketQuery.newest(1))
                    .items()
                    .get(0);
            assertThat(ticket.trail()).hasSize(3);
            assertThat(ticket.status()).isEqualTo(Status.PENDING);
            assertThat(ticket.reopenCount()).isEqualTo(1);
        }
    }

    /** Byte for byte; a difference is shown by its first line only. */
    private static void assertSame(String found, String expected) {
        List<String> lines = expected.lines().toList();
        List<String> foundLines = found.lines().toList();
        for (int i = 0; i < Math.min(lines.size(), foundLines.size()); i++) {
            assertThat(foundLines.get(i)).isEqualTo(lines.get(i));
        }
        assertThat(found.equals(expected)).isTrue();
    }

    private static String withoutComputed(String csv) {
        StringBuilder rest = new StringBuilder();
        for (List<String> cells : Cells.of(csv)) {
            rest.append(cells.subList(0, cells.size() - 3)).append('\n');
        }
        return rest.toString();
    }

    static String ndjson(TicketMesh mesh) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        mesh.exporter().ndjson(output);
        return output.toString(UTF_8);
    }

    static String csv(TicketMesh mesh) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        mesh.exporter().csv(output);
        return output.toString(UTF_8);
    }

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
