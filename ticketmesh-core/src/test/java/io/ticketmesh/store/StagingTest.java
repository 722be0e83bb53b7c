package io.ticketmesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final CommentId COMMENT = CommentId.timeOrdered(1, 1, 1);

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");
    private final Operation creation = alice.propose(
            PRINTER, new CreateTicket("Printer jams"), new AddComment(COMMENT, CommentKind.PUBLIC, "Since Monday"));

    private LogEntry.Adopted stateAtAlice() {
        return new LogEntry.Adopted(alice.store().states(null, 1).get(0));
    }

    @Test
    void nothingStagedIsNothingToCommit() {
        Staging staging = new Staging(alice.store());

        assertThat(staging.commit().isEmpty()).isTrue();
        assertThat(staging.version()).isEqualTo(alice.store().version());
    }

    @Test
    void whatWasStagedIsSeenBeforeItIsCommitted() {
        Staging staging = new Staging(bob.store());

        staging.apply(creation);

        assertThat(staging.ticket(PRINTER).title().or("")).isEqualTo("Printer jams");
        assertThat(staging.comment(PRINTER, COMMENT).text()).isEqualTo("Since Monday");
        assertThat(staging.version().contains(creation.id())).isTrue();
        assertThat(bob.store().ticket(PRINTER)).isEmpty();
        Commit commit = staging.commit();
        assertThat(commit.entries()).containsExactly(creation);
        assertThat(commit.tickets()).hasSize(1);
        assertThat(commit.comments()).hasSize(1);
    }

    @Test
    void replayingALogRebuildsTheStore() {
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        alice.propose(PRINTER, new RecordOccurrences(2));
        MemoryStore rebuilt = new MemoryStore(alice.store().node());

        alice.store().operations(alice.origin(), 1, 100).forEach(operation -> {
            Staging staging = new Staging(rebuilt);
            staging.apply(operation);
            rebuilt.commit(staging.commit());
        });

        assertThat(rebuilt.ticket(PRINTER)).isEqualTo(alice.store().ticket(PRINTER));
        assertThat(rebuilt.buckets()).isEqualTo(alice.store().buckets());
    }

    @Test
    void aPurgedTicketIsGoneBeforeTheCommitToo() {
        Operation purge = bobWithTheTicket().propose(PRINTER, new PurgeTicket());
        Staging staging = new Staging(alice.store());

        staging.apply(purge);

        assertThat(alice.store().ticket(PRINTER)).isPresent();
        assertThat(staging.ticket(PRINTER).isBorn()).isFalse();
        assertThat(staging.comment(PRINTER, COMMENT).text()).isEmpty();
        assertThat(staging.tombstone(PRINTER)).isPresent();
    }

    private TestPeer bobWithTheTicket() {
        bob.receive(alice.sent());
        return bob;
    }

    @Test
    void anOperationOnAPurgedTicketIsCountedAndDropped() {
        Operation purge = bobWithTheTicket().propose(PRINTER, new PurgeTicket());
        Operation late = alice.propose(PRINTER, new SetTitle("Printer burns"));
        Staging staging = new Staging(bob.store());

        staging.apply(late);

        assertThat(staging.droppedAsPurged()).isEqualTo(1);
        assertThat(staging.commit().tickets()).isEmpty();
        assertThat(staging.version().contains(late.id())).isTrue();
        assertThat(staging.tombstone(PRINTER)).contains(new Tombstone(PRINTER, purge.trace()));
    }

    @Test
    void aPurgeAfterAnEditInOneCommitLeavesNothing() {
        Staging staging = new Staging(bob.store());
        staging.apply(creation);
        staging.apply(alice.propose(PRINTER, new PurgeTicket()));

        Commit commit = staging.commit();
        assertThat(commit.tickets()).isEmpty();
        assertThat(commit.comments()).isEmpty();
        assertThat(commit.tombstones()).hasSize(1);
    }

    @Test
    void whatASnapshotBroughtIsNotAppliedAgain() {
        Operation count = alice.propose(PRINTER, new RecordOccurrences(3));
        Staging staging = new Staging(bob.store());
        staging.apply(stateAtAlice());
        assertThat(staging.version().isEmpty()).isTrue();

        staging.apply(creation);
        staging.apply(count);

        assertThat(staging.ticket(PRINTER)).isEqualTo(alice.ticket(PRINTER));
        assertThat(staging.ticket(PRINTER).occurrences().value()).isEqualTo(3);
        assertThat(staging.version()).isEqualTo(alice.store().version());
        assertThat(staging.commit().ahead()).isEqualTo(alice.store().version());
    }

    @Test
    void anAdoptedTicketIsMergedWithWhatIsThere() {
        bobWithTheTicket().propose(PRINTER, new RecordOccurrences(4));
        alice.propose(PRINTER, new RecordOccurrences(3));
        Staging staging = new Staging(bob.store());

        staging.apply(stateAtAlice());

        assertThat(staging.ticket(PRINTER).occurrences().value()).isEqualTo(7);
    }

    @Test
    void anAdoptedTicketDoesNotUndoAPurge() {
        bobWithTheTicket().propose(PRINTER, new PurgeTicket());
        Staging staging = new Staging(bob.store());

        staging.apply(stateAtAlice());

        assertThat(staging.ticket(PRINTER).isBorn()).isFalse();
        assertThat(staging.commit().tickets()).isEmpty();
    }

    @Test
    void anAdoptedPurgeBuriesTheTicketAndIsAheadOfTheVersion() {
        Operation purge = bobWithTheTicket().propose(PRINTER, new PurgeTicket());
        TicketState.Purged state = new TicketState.Purged(new Tombstone(PRINTER, purge.trace()));
        Staging staging = new Staging(alice.store());

        staging.apply(new LogEntry.Adopted(state));

        assertThat(staging.ticket(PRINTER).isBorn()).isFalse();
        assertThat(staging.commit().tombstones()).isEqualTo(List.of(state.tombstone()));
        assertThat(staging.commit().ahead().contains(purge.id())).isTrue();
        assertThat(staging.version().contains(purge.id())).isFalse();
    }

    @Test
    void anEndedSnapshotRaisesTheVersion() {
        Staging staging = new Staging(bob.store());

        staging.apply(new LogEntry.Caught(alice.store().version()));

        assertThat(staging.version()).isEqualTo(alice.store().version());
    }
}
