package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeTravelTest {
    private final Clock clock = new Clock();
    private final TicketMesh mesh = TicketMesh.builder().clock(clock).open();
    private final Tickets alice = mesh.tickets("alice");
    private final Group group = new Group();

    @AfterEach
    void close() {
        mesh.close();
        group.close();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    @Test
    void everyStateThatAWriteLeftIsFoundAgainByTagOperationVersionAndTime() {
        List<TicketView> states = new ArrayList<>();
        List<VersionVector> versions = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        String id = alice.create("Printer").id().toString();
        List<Runnable> steps = List.of(
                () -> {},
                () -> alice.change(id, edit -> edit.title("Printer burns").priority(Priority.URGENT)),
                () -> alice.comment(id, "Help"),
                () -> alice.transition(id, Status.RESOLVED),
                () -> alice.delete(id),
                () -> alice.restore(id));
        for (Runnable step : steps) {
            clock.pass(Duration.ofMinutes(1));
            step.run();
            states.add(alice.get(id));
            versions.add(mesh.version());
            times.add(now());
        }
        List<HistoryEntry> history = alice.history(id);
        for (int i = 0; i < states.size(); i++) {
            OperationId operation = history.get(i).trace().operation();
            List<AsOf> points = List.of(
                    AsOf.state(states.get(i).etag()),
                    AsOf.version(versions.get(i)),
                    AsOf.step(operation),
                    AsOf.time(times.get(i)));
            for (AsOf point : points) {
                assertThat(alice.get(id, point).state())
                        .as("%s", point)
                        .isEqualTo(states.get(i).state());
                assertThat(alice.comments(id, point)).as("%s", point).hasSize(i < 2 ? 0 : 1);
            }
        }
    }

    @Test
    void beforeItWasBornThereWasNoTicket() {
        VersionVector before = mesh.version();
        Instant morning = now();
        clock.pass(Duration.ofMinutes(1));
        String id = alice.create("Printer").id().toString();

        for (AsOf point : List.of(
                AsOf.time(morning),
                AsOf.time(now().minusMillis(1)),
                AsOf.version(before),
                AsOf.state("0"),
                new AsOf.Step("00000000.0#1"))) {
            assertThatThrownBy(() -> alice.get(id, point)).isInstanceOf(UnknownTicketException.class);
            assertThatThrownBy(() -> alice.comments(id, point)).isInstanceOf(UnknownTicketException.class);
        }
        assertThat(alice.get(id, AsOf.time(now())).title()).isEqualTo("Printer");
    }

    @Test
    void whatWasRedactedSinceIsNotToldOfThePastAndWhatWasPurgedHasNone() {
        String id = alice.create("Printer").id().toString();
        CommentId secret = alice.comment(id, "My password is xylophone").id();
        alice.editComment(id, secret, "It was xylophone");
        Instant noon = now();
        clock.pass(Duration.ofMinutes(1));
        alice.redactComment(id, secret);

        assertThat(alice.comments(id, AsOf.time(noon))).singleElement().satisfies(comment -> {
            assertThat(comment.body()).isEmpty();
            assertThat(comment.redaction()).isNotNull();
        });

        alice.purge(id);
        assertThatThrownBy(() -> alice.get(id, AsOf.time(noon))).isInstanceOf(GoneTicketException.class);
    }

    @Test
    void aCommentReadsAsItDidBeforeItWasEdited() {
        String id = alice.create("Printer").id().toString();
        CommentId comment = alice.comment(id, "First").id();
        Instant noon = now();
        clock.pass(Duration.ofMinutes(1));
        alice.editComment(id, comment, "Second");

        assertThat(alice.comments(id, AsOf.time(noon)))
                .extracting(CommentView::body)
                .containsExactly("First");
        assertThat(alice.comments(id, AsOf.time(now())))
                .extracting(CommentView::body)
                .containsExactly("Second");
    }

    @Test
    void importedHistoryIsThereFromTheTimeThatItTellsOf() {
        TicketView ticket = alice.create("Printer");
        Instant yesterday = now().minus(Duration.ofDays(1));
        clock.pass(Duration.ofMinutes(1));
        mesh.service()
                .propose(Proposal.of(ticket.id(), "importer", List.of(new AddTag("old")))
                        .at(yesterday.toEpochMilli()))
                .join();
        String id = ticket.id().toString();

        assertThatThrownBy(() -> alice.get(id, AsOf.time(yesterday))).isInstanceOf(UnknownTicketException.class);
        assertThat(alice.get(id, AsOf.time(ticket.createdAt())).tags()).containsExactly("old");
        assertThat(alice.get(id, AsOf.state(ticket.etag())).tags()).isEmpty();
    }

    @Test
    void nodesThatHoldTheSameTellTheSamePastAndWhoDoesNotHoldAVersionSaysSo() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        String id = here.tickets().create("Printer").id().toString();
        group.converge();
        group.cut();
        TicketView onlyHere = here.tickets().change(id, edit -> edit.title("Printer burns"));
        TicketView onlyThere = there.tickets().change(id, edit -> edit.title("Printer smokes"));
        VersionVector seenHere = here.version();
        assertThatThrownBy(() -> there.tickets().get(id, AsOf.version(seenHere)))
                .isInstanceOf(UnknownTicketException.class);
        group.heal();
        group.converge();

        for (TicketMesh node : List.of(here, there)) {
            Tickets tickets = node.tickets();
            assertThat(tickets.get(id, AsOf.state(onlyHere.etag())).title()).isEqualTo("Printer burns");
            assertThat(tickets.get(id, AsOf.state(onlyThere.etag())).title()).isEqualTo("Printer smokes");
            assertThat(tickets.get(id, AsOf.version(seenHere)).title()).isEqualTo("Printer burns");
            assertThat(tickets.get(id, AsOf.version(seenHere)).conflicts()).isEmpty();
        }
    }
}
