package io.ticketmesh.benchmark;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.wire.WireCodec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A node that is measured, and typical tickets for it. Thread-safe. */
final class Desk implements AutoCloseable {
    /** How many texts there are; made before, since making them is not what is measured. */
    private static final int TEXTS = 1 << 13;

    /** How many creates may be under way when nobody waits for each. */
    private static final int WINDOW = 2_048;

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
        this(TicketMesh.open(home));
    }

    /** @param mesh the node, which is closed with this */
    Desk(TicketMesh mesh) {
        this.mesh = mesh;
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
        TypicalTicket typical = typical(number);
        return tickets.create(typical.title() + " " + number, typical::describe);
    }

    /** Hears of tickets that were created. */
    @FunctionalInterface
    interface Created {
        void created(long number, TicketView ticket);
    }

    /** Creates tickets until there are so many, without waiting for each; returns when all are durable. */
    void fill(long size, Created listener) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        while (count.get() < size) {
            window.acquire();
            long number = count.getAndIncrement();
            TypicalTicket typical = typical(number);
            tickets.createAsync(typical.title() + " " + number, typical::describe)
                    .whenComplete((ticket, failure) -> {
                        if (failure == null) {
                            listener.created(number, ticket);
                        }
                        window.release();
                    });
        }
        window.acquire(WINDOW);
    }

    private static TypicalTicket typical(long number) {
        return Typical.ALL[(int) (number % TEXTS)];
    }

    TicketService service() {
        return mesh.service();
    }

    /** How many bytes of the log one ticket takes. */
    int bytesPerWrite() throws Exception {
        return operation().length + ENTRY_OVERHEAD_BYTES;
    }

    /** What one ticket is on disk and in messages; creates one. */
    byte[] operation() throws Exception {
        CompletableFuture<Operation> seen = new CompletableFuture<>();
        try (Subscription listening = mesh.subscribe(event -> {
            if (event instanceof TicketEvent.Changed changed) {
                seen.complete(changed.operation());
            }
        })) {
            create();
            return new WireCodec().encodeEntry(seen.get());
        }
    }

    @Override
    public void close() {
        mesh.close();
    }
}
