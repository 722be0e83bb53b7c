package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class LargeImportTest {
    private static final int ROWS = 100_000;

    @Test
    void aHundredThousandRowsAreReadOneByOneAndTheirReportStaysSmall() throws IOException {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            Made rows = new Made(
                    ROWS,
                    row -> row % 1_000 == 999 || row >= 98_000
                            ? "{\"title\":\"\"}\n"
                            : "{\"title\":\"Ticket " + row + "\",\"description\":\"" + "x".repeat(200) + "\"}\n");

            ImportReport report = mesh.importer("importer").dryRun(true).ndjson(rows);

            assertThat(report.total()).isEqualTo(ROWS);
            assertThat(report.total(Action.FAILED)).isEqualTo(98 + 2_000);
            assertThat(report.rows()).hasSize(ImportReport.MAX_ROWS + ImportReport.MAX_LATE_FAILURES);
            assertThat(report.rows().get(ImportReport.MAX_ROWS).row()).isEqualTo(11_000);
        }
    }

    @Test
    void noMoreProposalsWaitThanTheWindowHolds() throws IOException {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            Made rows = new Made(5_000, row -> {
                assertThat(mesh.waitingWrites()).isLessThanOrEqualTo(ProposalWindow.SIZE);
                return (row == 0 ? "title,id,createdAt,updatedAt\n" : "") + "t" + row + "," + new TicketId(7, row)
                        + ",2020-01-01T00:00:00Z,2020-01-02T00:00:00Z\n";
            });

            ImportReport report = mesh.importer("importer").csv(rows);

            assertThat(report.total(Action.CREATED)).isEqualTo(5_000);
        }
    }

    @Test
    void aNodeThatHasTooMuchToDoIsWaitedFor() throws Exception {
        CountDownLatch pause = new CountDownLatch(1);
        AtomicBoolean paused = new AtomicBoolean();
        WallClock slow = () -> {
            if (paused.get() && Thread.currentThread().getName().equals("ticketmesh-replica")) {
                await(pause);
            }
            return System.currentTimeMillis();
        };
        try (TicketMesh mesh = TicketMesh.builder().clock(slow).open()) {
            TicketService service = mesh.service();
            paused.set(true);
            service.propose(proposal(0));
            while (mesh.waitingWrites() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 1; i <= Node.MAILBOX; i++) {
                service.propose(proposal(i));
            }
            assertThat(mesh.waitingWrites()).isEqualTo(Node.MAILBOX);
            AtomicReference<ImportReport> report = new AtomicReference<>();
            Thread importing = new Thread(() -> report.set(run(service)));
            importing.start();
            while (importing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            pause.countDown();
            importing.join();

            assertThat(report.get().total(Action.CREATED)).isEqualTo(3);
        }
    }

    private static ImportReport run(TicketService service) {
        try {
            return new TicketImport(service, "importer")
                    .ndjson(RoundTripTest.stream("{\"title\":\"a\"}\n{\"title\":\"b\"}\n{\"title\":\"c\"}"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Proposal proposal(long i) {
        return Proposal.of(new TicketId(7, i), "alice", List.of(new CreateTicket("t")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file that is made row by row while it is read. */
    private static final class Made extends InputStream {
        private final long rows;
        private final LongFunction<String> make;
        private byte[] row = new byte[0];
        private int position;
        private long next;

        private Made(long rows, LongFunction<String> make) {
            this.rows = rows;
            this.make = make;
        }

        @Override
        public int read() {
            return fill() ? row[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, row.length - position);
            System.arraycopy(row, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean fill() {
            if (position == row.length && next < rows) {
                row = make.apply(next++).getBytes(UTF_8);
                position = 0;
            }
            return position < row.length;
        }
    }
}
