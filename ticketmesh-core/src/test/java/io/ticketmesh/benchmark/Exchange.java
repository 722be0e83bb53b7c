package io.ticketmesh.benchmark;

import io.ticketmesh.exchange.ImportReport;
import io.ticketmesh.exchange.ImportRow;
import io.ticketmesh.exchange.TicketExport;
import io.ticketmesh.exchange.TicketImport;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Takes tickets out of a node as lines of JSON, and into new nodes, where they are durable when the import returns. */
final class Exchange {
    private final Path lines;
    private final long tickets;
    private final Report report;
    private final Sample exports = new Sample();
    private final Sample imports = new Sample();

    /** @param lines the file in between */
    Exchange(Path lines, long tickets, Report report) {
        this.lines = lines;
        this.tickets = tickets;
        this.report = report;
    }

    /** @param homes gives a new directory each time */
    void run(int rounds, Supplier<Path> homes) throws Exception {
        try (Desk source = new Desk(homes.get())) {
            source.fill(tickets, (number, ticket) -> {});
            for (int round = 0; round < rounds; round++) {
                exports.add(exportFrom(source));
            }
        }
        for (int round = 0; round < rounds; round++) {
            report.progress("import, round " + (round + 1) + " of " + rounds + ", load " + Machine.load());
            try (Desk target = new Desk(homes.get())) {
                imports.add(importInto(target));
            }
        }
        report.title("Lines of JSON, " + tickets + " tickets, " + Report.number(Files.size(lines) / 1e6) + " MB",
                "what", "tickets a second, median (least–most)");
        report.row("export", Report.range(exports));
        report.row("import into a new store", Report.range(imports));
    }

    private double exportFrom(Desk source) throws IOException {
        long begin = System.nanoTime();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines))) {
            requireAll(new TicketExport(source.service()).ndjson(out));
        }
        return rate(begin);
    }

    private double importInto(Desk target) throws IOException {
        long begin = System.nanoTime();
        try (InputStream input = new BufferedInputStream(Files.newInputStream(lines))) {
            ImportReport imported = new TicketImport(target.service(), "benchmark").ndjson(input);
            requireAll(imported.total(ImportRow.Action.CREATED));
        }
        return rate(begin);
    }

    private void requireAll(long seen) {
        if (seen != tickets) {
            throw new IllegalStateException(seen + " of " + tickets + " tickets went through");
        }
    }

    private double rate(long begin) {
        return tickets * 1e9 / (System.nanoTime() - begin);
    }
}
