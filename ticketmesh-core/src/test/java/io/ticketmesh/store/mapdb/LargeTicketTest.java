package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.wire.EncodedLimit;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ticket that is larger than any node would have made it, because many wrote to it before they heard of one another. */
class LargeTicketTest {
    private static final int NODES = 24;
    private static final TicketId ID = new TicketId(7, 1);

    private final MemoryDisk disk = new MemoryDisk();

    private MapDbStore open() {
        return MapDbStore.open(disk, () -> RandomCommits.NODE, MapDbOptions.DEFAULT.inline(1_000_000));
    }

    private static Operation operation(int node, VersionVector seen, List<Change> changes) {
        OperationId id = new OperationId(new Origin(new NodeId(9, node), 1), 1);
        return new Operation(
                id, HybridTimestamp.of(1_000 + node, 0), 1_000 + node, "alice", ID, seen, null, changes, Bytes.EMPTY);
    }

    /** About as much as one operation may hold, of which no other node has heard. */
    private static List<Change> fields(int node) {
        List<Change> changes = new ArrayList<>();
        for (int number = 0; number < 36; number++) {
            String key = "field_" + node + "_" + number;
            changes.add(new SetCustomField(key, new FieldValue.Text("\u6f22".repeat(4_096))));
        }
        return changes;
    }

    @Test
    void whatManyWroteAtTheSameTimeIsStoredAndOpensAgain() throws IOException {
        Operation birth = operation(0, VersionVector.EMPTY, List.of(new CreateTicket("Printer")));
        VersionVector seen = VersionVector.EMPTY.with(birth.id());
        WireCodec codec = new WireCodec();
        Ticket ticket;
        try (MapDbStore store = open()) {
            Staging staging = new Staging(store);
            staging.apply(birth);
            for (int node = 1; node <= NODES; node++) {
                Operation operation = operation(node, seen, fields(node));
                assertThat(codec.encodeOperation(operation)).hasSizeLessThan(EncodedLimit.MAX_OPERATION_BYTES);
                staging.apply(operation);
            }
            store.commit(staging.commit());
            store.finishCommit();
            ticket = store.ticket(ID).orElseThrow();
        }

        assertThat(codec.encodeTicket(ticket)).hasSizeGreaterThan(NODES * 36 * 3 * 4_096);
        try (MapDbStore again = open()) {
            assertThat(again.ticket(ID)).contains(ticket);
        }
        StoreFiles.condemn(disk);
        try (MapDbStore rebuilt = open()) {
            assertThat(rebuilt.ticket(ID)).contains(ticket);
        }
    }
}
