package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.Conflict;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GroupTest {
    private final Group group = new Group();

    @AfterEach
    void close() {
        group.close();
    }

    /** Two nodes that both wrote the title of one ticket while they were cut off. */
    private static final class Dispute {
        final TicketMesh here;
        final TicketMesh there;
        final String id;

        Dispute(Group group) throws InterruptedException {
            here = group.open();
            there = group.open();
            id = here.tickets("alice").create("Printer").id().toString();
            group.converge();
            group.cut();
            here.tickets("alice").change(id, edit -> edit.title("Printer burns").tag("fire"));
            there.tickets("bob").change(id, edit -> edit.title("Printer smokes").tag("smoke"));
            group.heal();
            group.converge();
        }
    }

    @Test
    void whatOneWritesTheOtherReads() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();

        TicketView ticket = here.tickets("alice").create("Printer", edit -> edit.comment("Help"));
        group.converge();

        TicketView read = there.tickets().get(ticket.key().toString());
        assertThat(read.etag()).isEqualTo(ticket.etag());
        assertThat(there.tickets().comments(ticket.id().toString())).hasSize(1);
        assertThat(there.digest()).isEqualTo(here.digest());
        assertThat(there.tickets()
                        .history(ticket.id().toString())
                        .get(0)
                        .trace()
                        .operation()
                        .origin()
                        .node())
                .isEqualTo(here.nodeId());
    }

    @Test
    void bothSidesOfACutShowTheSameConflict() throws InterruptedException {
        Dispute dispute = new Dispute(group);

        Conflict here = dispute.here.tickets().conflicts(dispute.id).get(0);
        Conflict there = dispute.there.tickets().conflicts(dispute.id).get(0);

        assertThat(here).isEqualTo(there);
        assertThat(here.field()).isEqualTo("title");
        assertThat(here.losers()).hasSize(1);
        assertThat(List.of(here.winner().value(), here.losers().get(0).value()))
                .containsExactlyInAnyOrder("Printer burns", "Printer smokes");
        assertThat(dispute.here.tickets().get(dispute.id).tags()).containsExactly("fire", "smoke");
    }

    @Test
    void settlingAConflictWithTheWinnerEndsItEverywhere() throws InterruptedException {
        Dispute dispute = new Dispute(group);
        String winner = dispute.here.tickets().get(dispute.id).title();
        TicketView unsettled = dispute.there.tickets("carol").change(dispute.id, edit -> edit.title(winner));
        assertThat(unsettled.conflicts()).hasSize(1); // it was so already

        TicketView settled = dispute.there.tickets("carol").settle(dispute.id, edit -> edit.title(winner));
        group.converge();

        assertThat(settled.conflicts()).isEmpty();
        assertThat(dispute.here.tickets().conflicts(dispute.id)).isEmpty();
        assertThat(dispute.here.tickets().get(dispute.id).title()).isEqualTo(winner);
    }

    @Test
    void aPurgeOnOneSideBeatsEditsOnTheOther() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        String id = here.tickets().create("Printer").id().toString();
        group.converge();
        group.cut();
        here.tickets().purge(id);
        there.tickets().comment(id, "still here");
        group.heal();
        group.converge();

        assertThatThrownBy(() -> there.tickets().get(id)).isInstanceOf(GoneTicketException.class);
        assertThat(there.digest()).isEqualTo(here.digest());
    }

    @Test
    void aRedactionOnOneSideBeatsEditsOnTheOther() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        String id = here.tickets().create("Printer").id().toString();
        var comment = here.tickets().comment(id, "the password is xyzzy");
        group.converge();
        group.cut();
        here.tickets().redactComment(id, comment.id());
        there.tickets().editComment(id, comment.id(), "xyzzy, I said");
        group.heal();
        group.converge();

        for (TicketMesh node : List.of(here, there)) {
            assertThat(node.tickets().comments(id).toString()).doesNotContain("xyzzy");
            assertThat(node.tickets().history(id).toString()).doesNotContain("xyzzy");
        }
    }

    @Test
    void mergesInOppositeDirectionsEndInOneCanonicalTicket() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        String one = here.tickets().create("Printer burns").id().toString();
        String other = here.tickets().create("Fire in the printer").id().toString();
        group.converge();
        group.cut();
        here.tickets().merge(one, other);
        there.tickets().merge(other, one);
        group.heal();
        group.converge();

        for (TicketMesh node : List.of(here, there)) {
            List<TicketView> circle =
                    List.of(node.tickets().get(one), node.tickets().get(other));
            assertThat(circle).allMatch(TicketView::isMergedInCircle);
            assertThat(circle).filteredOn(ticket -> ticket.mergedInto() == null).hasSize(1);
        }
        assertThat(here.tickets().get(one).mergedInto())
                .isEqualTo(there.tickets().get(one).mergedInto());
    }

    @Test
    void eventsSayWhereAChangeCameFrom() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        LinkedBlockingQueue<TicketEvent> heardHere = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<TicketEvent> heardThere = new LinkedBlockingQueue<>();
        here.subscribe(heardHere::add);
        there.subscribe(heardThere::add);

        String id = here.tickets().create("Printer").id().toString();
        TicketEvent local = heardHere.poll(30, TimeUnit.SECONDS);
        TicketEvent remote = heardThere.poll(30, TimeUnit.SECONDS);
        there.tickets().purge(id);

        assertThat(local).isInstanceOfSatisfying(TicketEvent.Changed.class, changed -> {
            assertThat(changed.remote()).isFalse();
            assertThat(changed.before().isBorn()).isFalse();
            assertThat(changed.after().isBorn()).isTrue();
        });
        assertThat(remote)
                .isInstanceOfSatisfying(
                        TicketEvent.Changed.class,
                        changed -> assertThat(changed.remote()).isTrue());
        assertThat(heardHere.poll(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        TicketEvent.Purged.class,
                        purged -> assertThat(purged.remote()).isTrue());
    }

    @Test
    void threeNodesWithConcurrentWritersConverge(@TempDir Path directory) throws InterruptedException {
        List<TicketMesh> nodes = List.of(
                group.open(builder -> builder.directory(directory.resolve("one"))),
                group.open(builder -> builder.directory(directory.resolve("two"))),
                group.open());
        String shared = nodes.get(0).tickets().create("Shared").id().toString();
        group.converge();

        List<Thread> writers = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (TicketMesh node : nodes) {
            for (int writer = 0; writer < 2; writer++) {
                int number = writer;
                Thread thread = new Thread(() -> write(node.tickets("writer" + number), shared));
                thread.setUncaughtExceptionHandler((broken, failure) -> failures.add(failure));
                thread.start();
                writers.add(thread);
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }
        group.converge();

        assertThat(failures).isEmpty();
        assertThat(nodes)
                .extracting(TicketMesh::digest)
                .containsOnly(nodes.get(0).digest());
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.tickets().counts().living()).isEqualTo(6 * 25 + 1);
            assertThat(node.tickets().comments(shared)).hasSize(6 * 25);
            assertThat(node.tickets().get(shared).occurrences()).isEqualTo(6 * 25);
            assertThat(node.refusal()).isNull();
        });
    }

    private static void write(Tickets tickets, String shared) {
        for (int step = 0; step < 25; step++) {
            int each = step;
            String own = tickets.create("Ticket " + step).id().toString();
            tickets.change(own, edit -> edit.priority(Priority.HIGH).status(Status.OPEN));
            tickets.change(
                    shared, edit -> edit.title("Shared " + each).occurrences(1).comment("Step " + each));
        }
    }

    @Test
    void aLateJoinerCatchesUpWithWhatWasWrittenBefore(@TempDir Path directory) throws InterruptedException {
        TicketMesh early = group.open();
        List<CompletionStage<TicketView>> written = new ArrayList<>();
        for (int number = 0; number < 1_500; number++) {
            written.add(early.tickets().createAsync("Ticket " + number, edit -> {}));
        }
        written.forEach(stage -> stage.toCompletableFuture().join());

        TicketMesh late = group.open(builder -> builder.directory(directory));
        group.converge();

        assertThat(late.tickets().counts().living()).isEqualTo(1_500);
        assertThat(late.digest()).isEqualTo(early.digest());
    }

    @Test
    void aNodeThatWasAwayCatchesUpUnderANewIncarnation(@TempDir Path directory) throws InterruptedException {
        TicketMesh here = group.open();
        String id;
        try (Group other = new Group()) {
            TicketMesh away = other.open(builder -> builder.directory(directory));
            id = away.tickets().create("Written while away").id().toString();
        }
        here.tickets().create("Written here");

        TicketMesh back = group.open(builder -> builder.directory(directory));
        group.converge();

        assertThat(here.tickets().get(id).title()).isEqualTo("Written while away");
        assertThat(back.tickets().counts().living()).isEqualTo(2);
        assertThat(back.digest()).isEqualTo(here.digest());
    }

    @Test
    void aReadOnlyNodeStillHearsTheOthers() throws InterruptedException {
        TicketMesh reader = group.open(builder -> builder.readOnly(true));
        TicketMesh writer = group.open();

        String id = writer.tickets().create("Printer").id().toString();
        group.converge();

        assertThat(reader.tickets().get(id).title()).isEqualTo("Printer");
    }
}
