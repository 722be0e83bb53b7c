package io.ticketmesh.benchmark;

import io.ticketmesh.ticket.TicketQuery;
import java.nio.file.Path;
import java.time.Duration;

/** A process that opens a directory, prints how many seconds that and the first page took, and then closes it or writes for ever. */
public final class Opening {
    private static final int WRITERS = 64;

    private Opening() {}

    /**
     * @param arguments the directory, and {@code close} or {@code write}
     */
    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        try (Desk desk = new Desk(Path.of(arguments[0]))) {
            desk.tickets().query(TicketQuery.newest(50));
            System.out.println((System.nanoTime() - begin) / 1e9);
            System.out.flush();
            if (arguments[1].equals("write")) {
                Writers.perSecond(WRITERS, Duration.ofDays(1), desk::create);
            }
        }
    }
}
