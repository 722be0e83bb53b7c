package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.incident.Incident;
import io.ticketmesh.incident.Incidents;
import io.ticketmesh.incident.Severity;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IncidentsTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Group group = new Group();
    private final Object changes = new Object();

    @AfterEach
    void close() {
        group.close();
    }

    private TicketMesh open(String name, Duration interval) {
        TicketMesh node = group.open(builder -> builder.name(name).incidentInterval(interval));
        node.subscribe((TicketEvent event) -> {
            synchronized (changes) {
                changes.notifyAll();
            }
        });
        return node;
    }

    /** Waits for something that a write brings about, or fails. */
    private void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        synchronized (changes) {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                changes.wait(20);
            }
        }
    }

    private static List<TicketView> all(TicketMesh node) {
        return node.tickets()
                .query(TicketQuery.of(TicketFilter.EVERYTHING, 100))
                .items();
    }

    private void untilWritten(TicketMesh node, long count) throws InterruptedException {
        until(() -> node.incidents().statistics().written() == count);
    }

    private static Consumer<Incident> outOfDisk() {
        return incident -> incident.title("Out of disk")
                .description("The disk is full")
                .severity(Severity.CRITICAL)
                .tag("disk")
                .customField("free", new FieldValue.Flag(false))
                .details("df says 100 %");
    }

    @Test
    void theFirstReportBecomesATicketAtOnce() throws InterruptedException {
        TicketMesh node = open("tokyo", FOR_EVER);

        node.incidents().report("disk", outOfDisk());
        untilWritten(node, 1);

        TicketView ticket = all(node).get(0);
        assertThat(ticket.id()).isEqualTo(node.incidents().ticketOf("disk"));
        assertThat(ticket.title()).isEqualTo("Out of disk");
        assertThat(ticket.description()).isEqualTo("The disk is full");
        assertThat(ticket.type()).isEqualTo("incident");
        assertThat(ticket.priority()).isEqualTo(Priority.URGENT);
        assertThat(ticket.tags()).containsExactly("disk");
        assertThat(ticket.customFields()).containsEntry("free", new FieldValue.Flag(false));
        assertThat(ticket.occurrences()).isEqualTo(1);
        assertThat(ticket.lastPlace()).isEqualTo("tokyo");
        assertThat(ticket.lastSeenAt()).isEqualTo(ticket.createdAt());
        assertThat(node.tickets().comments(ticket.id().toString()))
                .extracting(CommentView::body, CommentView::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("df says 100 %", CommentKind.INTERNAL));
    }

    @Test
    void tenNodesThatCannotSeeEachOtherMakeOneTicketThatCountsAll() throws InterruptedException {
        List<TicketMesh> nodes = IntStream.range(0, 10)
                .mapToObj(number -> open("node-" + number, SHORT))
                .toList();
        group.cut();
        for (int number = 0; number < nodes.size(); number++) {
            for (int time = 0; time <= number; time++) {
                nodes.get(number).incidents().report("disk", incident -> incident.title("Out of disk"));
            }
        }
        for (int number = 0; number < nodes.size(); number++) {
            untilWritten(nodes.get(number), number + 1);
        }
        group.heal();
        group.converge();

        for (TicketMesh node : nodes) {
            assertThat(all(node)).singleElement().satisfies(ticket -> {
                assertThat(ticket.occurrences()).isEqualTo(55);
                assertThat(ticket.lastPlace()).startsWith("node-");
                assertThat(ticket.conflicts()).isEmpty();
            });
        }
        assertThat(nodes.stream().map(TicketMesh::digest).distinct()).hasSize(1);
    }

    @Test
    void aStormIsFewOperationsAndNoReportIsLost() throws InterruptedException {
        TicketMesh node = open("tokyo", Duration.ofMillis(100));
        int threads = 4;
        int each = 20_000;
        AtomicInteger told = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> storm = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int time = 0; time < each; time++) {
                    node.incidents().report("disk", incident -> told.incrementAndGet());
                }
            });
            thread.start();
            storm.add(thread);
        }
        go.countDown();
        for (Thread thread : storm) {
            thread.join();
        }
        untilWritten(node, (long) threads * each);

        TicketView ticket = all(node).get(0);
        assertThat(ticket.occurrences()).isEqualTo((long) threads * each);
        int operations = node.tickets().history(ticket.id().toString()).size();
        assertThat(operations).isLessThan(200);
        assertThat(told.get()).as("told %d times", told.get()).isLessThan(operations * (threads + 1) + threads);
        assertThat(node.incidents().statistics().lost()).isZero();
    }

    @Test
    void whatComesBackOpensItsTicketAgainInTheSameStep() throws InterruptedException {
        TicketMesh node = open("tokyo", SHORT);
        Incidents incidents = node.incidents();
        incidents.report("disk");
        untilWritten(node, 1);
        String id = incidents.ticketOf("disk").toString();
        for (Status done : List.of(Status.RESOLVED, Status.CLOSED)) {
            node.tickets("alice").transition(id, done);
            int before = node.tickets().history(id).size();
            long count = incidents.statistics().written();

            incidents.report("disk", incident -> incident.details("Full again"));
            untilWritten(node, count + 1);

            TicketView reopened = node.tickets().get(id);
            assertThat(reopened.status()).isEqualTo(Status.OPEN);
            assertThat(reopened.occurrences()).isEqualTo(count + 1);
            assertThat(node.tickets().history(id)).hasSize(before + 1);
        }
        assertThat(node.tickets().get(id).reopenCount()).isEqualTo(2);
        assertThat(node.tickets().comments(id))
                .extracting(CommentView::body)
                .containsExactly("Full again", "Full again");
    }

    @Test
    void whatIsDeletedOrPurgedStaysSoAndTheNextReportMakesAnotherTicket() throws InterruptedException {
        TicketMesh node = open("tokyo", SHORT);
        Incidents incidents = node.incidents();
        incidents.report("disk");
        untilWritten(node, 1);
        String first = incidents.ticketOf("disk").toString();
        node.tickets().delete(first);
        incidents.report("disk");
        untilWritten(node, 2);
        String second = incidents.ticketOf("disk").toString();
        node.tickets().purge(second);
        incidents.report("disk");
        untilWritten(node, 3);
        String third = incidents.ticketOf("disk").toString();

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(node.tickets().get(first).isDeleted()).isTrue();
        assertThat(node.tickets().get(first).occurrences()).isEqualTo(1);
        assertThatThrownBy(() -> node.tickets().get(second)).isInstanceOf(GoneTicketException.class);
        assertThat(node.tickets().get(third).occurrences()).isEqualTo(1);
    }

    @Test
    void aMergedTicketIsCountedWhereItIsWorkedOn() throws InterruptedException {
        TicketMesh node = open("tokyo", SHORT);
        node.incidents().report("disk");
        untilWritten(node, 1);
        String id = node.incidents().ticketOf("disk").toString();
        String known = node.tickets().create("Known trouble").id().toString();
        node.tickets().merge(id, known);

        node.incidents().report("disk");
        untilWritten(node, 2);

        assertThat(node.tickets().get(known).occurrences()).isEqualTo(1);
        assertThat(node.tickets().get(id).occurrences()).isEqualTo(1);
    }

    @Test
    void toReportNeverThrowsWhateverIsTold() throws InterruptedException {
        TicketMesh node = open("tokyo", SHORT);
        node.incidents().report("", incident -> incident.title("x".repeat(1_000) + "\u0000\n"));
        node.incidents().report("half \uD800 a pair", incident -> incident.tag("x".repeat(100)));
        node.incidents().report("k".repeat(10_000), incident -> {
            throw new IllegalStateException("the one who tells fails");
        });
        untilWritten(node, 3);
        assertThat(all(node)).extracting(TicketView::title).hasSize(3).contains("x".repeat(255), "half   a pair");
    }

    @Test
    void keysBeyondTheMostAreCountedAsLost() {
        TicketMesh node = open("tokyo", FOR_EVER);
        int more = 50;
        for (int number = 0; number < Incidents.MAX_KEYS + more; number++) {
            node.incidents().report("key " + number);
        }
        assertThat(node.incidents().statistics().lost()).isEqualTo(more);
        assertThat(node.incidents().statistics().reported()).isEqualTo(Incidents.MAX_KEYS + more);
    }

    @Test
    void closingWritesWhatWaits(@TempDir Path directory) throws InterruptedException {
        try (TicketMesh node =
                TicketMesh.open(builder -> builder.directory(directory).incidentInterval(FOR_EVER))) {
            node.incidents().report("disk");
            untilWritten(node, 1); // at once; the others wait
            for (int time = 0; time < 6; time++) {
                node.incidents().report("disk");
            }
        }
        try (TicketMesh node = TicketMesh.open(directory)) {
            assertThat(all(node))
                    .singleElement()
                    .satisfies(ticket -> assertThat(ticket.occurrences()).isEqualTo(7));
        }
    }

    @Test
    void aNodeThatTakesNoWritesLosesReportsAndSaysHowMany() throws InterruptedException {
        TicketMesh node = group.open(builder -> builder.readOnly(true));
        node.incidents().report("disk");
        until(() -> node.incidents().statistics().lost() == 1);
        assertThat(node.incidents().statistics().waiting()).isZero();
    }
}
