package io.ticketmesh.benchmark;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the plain log, TicketMesh and, when given, MapDB's own log write in turns, again and again, so that whatever else happens on the
 * machine happens to all of them. Each turn begins when this process has nothing left to do of the one before.
 */
final class WriteRace {
    private static final int ONE = 1;
    private static final int MANY = 64;
    private static final int[] WRITERS = {ONE, 16, MANY};

    private final Desk desk;
    private final PlainLog log;
    private final @Nullable MapDbLog mapDb;
    private final Report report;
    private final int rounds;
    private final Duration slot;
    private final Sample[] logRates = samples();
    private final Sample[] meshRates = samples();
    private final Sample[] mapDbRates = samples();
    private final Sample[] mapDbBatchRates = samples();
    private final Map<String, Sample> costs = new TreeMap<>();

    WriteRace(Desk desk, PlainLog log, @Nullable MapDbLog mapDb, Report report, int rounds, Duration slot) {
        this.desk = desk;
        this.log = log;
        this.mapDb = mapDb;
        this.report = report;
        this.rounds = rounds;
        this.slot = slot;
    }

    private static Sample[] samples() {
        return new Sample[] {new Sample(), new Sample(), new Sample()};
    }

    void run(String where) throws Exception {
        for (int round = 0; round < rounds; round++) {
            report.progress(
                    "writes " + where + ", round " + (round + 1) + " of " + rounds + ", load " + Machine.load());
            for (int i = 0; i < WRITERS.length; i++) {
                int writers = WRITERS[i];
                logRates[i].add(perSecond(writers, writers == 1 ? log::appendAlone : log::append));
                meshRates[i].add(mesh(writers));
                if (mapDb != null) {
                    MapDbLog other = mapDb;
                    mapDbRates[i].add(perSecond(writers, other::write));
                    mapDbBatchRates[i].add(writers * perSecond(1, () -> other.write(writers)));
                }
            }
        }
        print(where);
        note(where);
    }

    private double perSecond(int writers, Writers.Write write) throws Exception {
        Quiet.process();
        return Writers.perSecond(writers, slot, write);
    }

    private double mesh(int writers) throws Exception {
        Quiet.process();
        ThreadTimes before = ThreadTimes.now();
        long already = desk.count();
        double rate = Writers.perSecond(writers, slot, desk::create);
        if (writers == MANY) {
            ThreadTimes.now()
                    .perWriteSince(before, desk.count() - already)
                    .forEach((thread, micros) ->
                            costs.computeIfAbsent(thread, name -> new Sample()).add(micros));
        }
        return rate;
    }

    private void print(String where) {
        report.title(
                "Durable creates a second " + where + ", median of " + rounds + " (least–most)",
                "writers",
                "append-and-force log",
                "TicketMesh",
                "part of the limit",
                "MapDB's own log, each commits",
                "TicketMesh is quicker by",
                "MapDB's own log, one commit for all",
                "TicketMesh is quicker by");
        for (int i = 0; i < WRITERS.length; i++) {
            boolean raced = mapDb != null;
            report.row(
                    WRITERS[i],
                    Report.range(logRates[i]),
                    Report.range(meshRates[i]),
                    Report.number(meshRates[i].ratioTo(logRates[i])),
                    raced ? Report.range(mapDbRates[i]) : "",
                    raced ? Report.number(meshRates[i].ratioTo(mapDbRates[i])) : "",
                    raced ? Report.range(mapDbBatchRates[i]) : "",
                    raced ? Report.number(meshRates[i].ratioTo(mapDbBatchRates[i])) : "");
        }
        report.title(
                "Processor time a ticket with " + MANY + " writers " + where + ", microseconds", "thread", "median");
        costs.forEach((thread, sample) -> report.row(thread, Report.range(sample)));
    }

    private void note(String where) {
        int last = WRITERS.length - 1;
        double share = meshRates[0].ratioTo(logRates[0]);
        report.goal("half of the limit with one writer " + where, share >= 0.5, Report.number(share));
        report.goal(
                "20,000 tickets/s with " + MANY + " writers " + where,
                meshRates[last].median() >= 20_000,
                Report.range(meshRates[last]));
        if (mapDb != null) {
            noteTimes("30 times MapDB's own log with " + MANY + " writers that each commit " + where, mapDbRates[last]);
            noteTimes(
                    "30 times MapDB's own log with one commit for " + MANY + " tickets " + where,
                    mapDbBatchRates[last]);
        }
    }

    private void noteTimes(String goal, Sample other) {
        double times = meshRates[meshRates.length - 1].ratioTo(other);
        report.goal(goal, times >= 30, Report.number(times));
    }
}
