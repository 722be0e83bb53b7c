package io.ticketmesh.benchmark;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.wire.WireCodec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A node that is measured, and typical tickets for it. Thread-safe. */
final class Desk implements AutoCloseable {
    /** How many texts there are; made before, since making them is not what is measured. */
    private static final int TEXTS = 1 << 13;

    /** What the log adds to each entry. */
    private static final int ENTRY_OVERHEAD_BYTES = 8;

    private final TicketMesh mesh;
    private final Tickets tickets;
    private final AtomicLong count;

    /** Made when the first is needed, so that it is not taken for the time to open. */
    private static final class Typical {
        private static final TypicalTicket[] ALL = new TypicalTicket[TEXTS];

        static {
            Arrays.setAll(ALL, TypicalTicket::new);
        }
    }

    Desk(Path home) {
        mesh = TicketMesh.open(home);
        tickets = mesh.tickets("benchmark");
        count = new AtomicLong(tickets.counts().living());
    }

    Tickets tickets() {
        return tickets;
    }

    /** How many tickets there are. */
    long count() {
        return count.get();
    }

    /** Creates a ticket and waits until it is durable. */
    TicketView create() {
        long number = count.getAndIncrement();
        TypicalTicket typical = Typical.ALL[(int) (number % TEXTS)];
        return tickets.create(typical.title() + " " + number, typical::describe);
    }

    /** Creates a ticket without waiting. */
    CompletionStage<TicketView> createAsync() {
        long number = count.getAndIncrement();
        TypicalTicket typical = Typical.ALL[(int) (number % TEXTS)];
        return tickets.createAsync(typical.title() + " " + number, typical::describe);
    }

    /** How many bytes of the log one ticket takes. */
    int bytesPerWrite() throws Exception {
        CompletableFuture<Operation> seen = new CompletableFuture<>();
        try (Subscription listening = mesh.subscribe(event -> {
            if (event instanceof TicketEvent.Changed changed) {
                seen.complete(changed.operation());
            }
        })) {
            create();
            return new WireCodec().encodeEntry(seen.get()).length + ENTRY_OVERHEAD_BYTES;
        }
    }

    @Override
    public void close() {
        mesh.close();
    }
}
