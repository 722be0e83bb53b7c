package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Introduction;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.UnknownChange;
import io.ticketmesh.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node of an older version lives beside newer ones, and is upgraded then. The older version is played by this one, which is
 * shown what it would see: the kind of change that sets a title is to it one that it does not know.
 */
class UpgradeTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final int KIND_OF_TITLES = 41;
    private static final int OLDER = 1;
    private static final int NEWER = 2;

    private final WireCodec codec = new WireCodec();
    private final MemoryDisk disk = new MemoryDisk();
    private final TestPeer newer = TestPeer.named("newer");

    /** What a version that does not know titles reads out of the same bytes. */
    private Operation asOlderSees(Operation operation) {
        List<Change> changes =
                operation.changes().stream().map(UpgradeTest::unlessTitle).toList();
        Operation seen = new Operation(
                operation.id(),
                operation.time(),
                operation.atMillis(),
                operation.actor(),
                operation.ticket(),
                operation.seen(),
                operation.request(),
                changes,
                operation.unknownFields());
        assertThat(codec.encodeOperation(seen)).as("the same bytes").isEqualTo(codec.encodeOperation(operation));
        return seen;
    }

    private static Change unlessTitle(Change change) {
        if (!(change instanceof SetTitle title)) {
            return change;
        }
        byte[] text = title.title().getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[text.length + 2];
        body[0] = 1;
        body[1] = (byte) text.length;
        System.arraycopy(text, 0, body, 2, text.length);
        return new UnknownChange(KIND_OF_TITLES, Bytes.of(body));
    }

    private MapDbStore open(int wire) {
        return MapDbStore.open(
                disk, () -> new NodeId(5, 5), MapDbOptions.DEFAULT.inline(1_000).withWire(wire));
    }

    private static void take(MapDbStore store, Operation... operations) {
        Staging staging = new Staging(store);
        for (Operation operation : operations) {
            staging.apply(operation);
        }
        store.commit(staging.commit());
    }

    private static Ticket printer(MapDbStore store) {
        return store.ticket(PRINTER).orElseThrow();
    }

    @Test
    void whatAnOlderVersionDidNotUnderstandTakesEffectAfterItsUpgradeAndItsOwnEditsStay() {
        Operation created = newer.propose(PRINTER, new CreateTicket("Printer"));
        Operation titled = newer.propose(PRINTER, new SetTitle("Printer jams"));
        try (MapDbStore older = open(OLDER)) {
            take(older, created, asOlderSees(titled));
            assertThat(printer(older).title().or("")).isEqualTo("Printer");
        }
        Operation edited = newer.propose(PRINTER, new SetPriority(Priority.URGENT));
        try (MapDbStore older = open(OLDER)) {
            take(older, edited);
            assertThat(older.version()).isEqualTo(newer.store().version());
            assertThat(codec.encodeOperation(
                            older.operations(titled.id().origin(), titled.id().sequence(), 1)
                                    .get(0)))
                    .as("passed on byte for byte")
                    .isEqualTo(codec.encodeOperation(titled));
        }

        try (MapDbStore upgraded = open(NEWER)) {
            assertThat(printer(upgraded).title().or("")).isEqualTo("Printer jams");
            assertThat(printer(upgraded).priority().or(Priority.LOW)).isEqualTo(Priority.URGENT);
            assertThat(upgraded.buckets()).isEqualTo(newer.store().buckets());
        }
        try (MapDbStore again = open(NEWER)) {
            assertThat(printer(again).title().or("")).isEqualTo("Printer jams");
        }
    }

    @Test
    void nodesOfTwoVersionsDoNotTakeWhatOneDoesNotUnderstandForDamage() {
        TestPeer older = TestPeer.named("older");
        TestPeer.talk(11_000, newer, older);
        Operation created = newer.propose(PRINTER, new CreateTicket("Printer"));
        Operation titled = newer.propose(PRINTER, new SetTitle("Printer jams"));
        newer.sent();
        Message.Hint hint = new Message.Hint(List.of(created, asOlderSees(titled)), false);
        older.receive(newer.origin(), hint);
        newer.receive(older.origin(), helloOf(older, OLDER));

        newer.receive(older.origin(), sumsOf(older));

        assertThat(newer.alarms()).isEmpty();
        assertThat(newer.sent().only(Message.SnapshotRequest.class).isEmpty()).isTrue();

        newer.tick(1_000);
        newer.receive(older.origin(), helloOf(older, Introduction.NONE.wire()));
        newer.receive(older.origin(), sumsOf(older));
        assertThat(newer.alarms()).as("of one version it would be").isNotEmpty();
    }

    private Message.Hello helloOf(TestPeer peer, int wire) {
        Member self = new Member(peer.node(), "", wire, newer.wallMillis(), 0);
        return new Message.Hello(self, peer.store().roster(), newer.wallMillis());
    }

    private static Message.ContentSums sumsOf(TestPeer peer) {
        List<Long> sums = Arrays.stream(peer.store().buckets()).boxed().toList();
        return new Message.ContentSums(VersionSummary.whole(peer.store().version()), sums);
    }
}
