package io.ticketmesh.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets groups of the same size write in turns, each round in another order. */
final class MeshRace {
    private static final int WRITERS = 64;
    private static final int LATENCIES = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long IDLE_MILLIS = 3_000;

    private final int size;
    private final Report report;
    private final Duration slot;
    private final List<Lane> lanes;

    /** One group and what was measured of it. */
    private static final class Lane {
        private final Group group;
        private final Sample medians = new Sample();
        private final Sample slowest = new Sample();
        private final Sample rates = new Sample();
        private final Sample aloneBytes = new Sample();
        private final Sample alonePackets = new Sample();
        private final Sample togetherBytes = new Sample();

        Lane(Group group) {
            this.group = group;
        }
    }

    /** @param groups the first of them is the limit */
    MeshRace(int size, List<Group> groups, Report report, Duration slot) {
        this.size = size;
        this.report = report;
        this.slot = slot;
        lanes = groups.stream().map(Lane::new).toList();
    }

    void run(int rounds) throws Exception {
        report.progress(size + " nodes, warming up");
        for (Lane lane : lanes) {
            rate(lane.group, slot.multipliedBy(2));
            latencies(lane.group);
        }
        Quiet.process();
        LoopbackTraffic idle = idle();
        for (int round = 0; round < rounds; round++) {
            report.progress(size + " nodes, round " + (round + 1) + " of " + rounds + ", load " + Machine.load());
            for (int turn = 0; turn < lanes.size(); turn++) {
                measure(lanes.get((round + turn) % lanes.size()), idle);
            }
        }
        print(rounds, idle);
    }

    private static LoopbackTraffic idle() throws IOException {
        LoopbackTraffic before = LoopbackTraffic.now();
        Quiet.pass(IDLE_MILLIS);
        return LoopbackTraffic.now().since(before);
    }

    private void measure(Lane lane, LoopbackTraffic idle) throws Exception {
        LoopbackTraffic before = LoopbackTraffic.now();
        Sample micros = latencies(lane.group);
        LoopbackTraffic alone = LoopbackTraffic.now().since(before);
        lane.medians.add(micros.median());
        lane.slowest.add(micros.quantile(0.99));
        lane.aloneBytes.add(alone.bytesPerWrite(LATENCIES, idle));
        lane.alonePackets.add(alone.packetsPerWrite(LATENCIES));
        Quiet.process();

        LoopbackTraffic beforeMany = LoopbackTraffic.now();
        Outcome outcome = rate(lane.group, slot);
        lane.rates.add(outcome.perSecond());
        lane.togetherBytes.add(LoopbackTraffic.now().since(beforeMany).bytesPerWrite(outcome.writes(), idle));
        lane.group.check();
        lane.group.forget();
        Quiet.process();
    }

    /** Microseconds from the beginning of a write until the last of the other nodes has heard of it, one write after the other. */
    private static Sample latencies(Group group) throws Exception {
        Sample micros = new Sample();
        for (int i = 0; i < LATENCIES; i++) {
            group.arrivals().expect(group.arrivals().least() + 1);
            long begin = System.nanoTime();
            group.write();
            micros.add((group.arrivals().await(PATIENCE) - begin) / 1e3);
        }
        return micros;
    }

    private record Outcome(long writes, double perSecond) {}

    /** Many write for a while; the time ends when the last node has heard of the last ticket. */
    private static Outcome rate(Group group, Duration duration) throws Exception {
        AtomicLong writes = new AtomicLong();
        long already = group.arrivals().least();
        long begin = System.nanoTime();
        Writers.perSecond(WRITERS, duration, () -> {
            group.write();
            writes.incrementAndGet();
        });
        group.arrivals().expect(already + writes.get());
        long end = group.arrivals().await(PATIENCE);
        return new Outcome(writes.get(), writes.get() * 1e9 / (end - begin));
    }

    private void print(int rounds, LoopbackTraffic idle) {
        report.title(
                size + " nodes: median of " + rounds + " rounds (least–most)",
                "system",
                "one write until the last node has it, µs, p50",
                "p99",
                "writes a second, " + WRITERS + " writers",
                "part of the limit",
                "bytes a write, one writer",
                "packets a write, one writer",
                "bytes a write, " + WRITERS + " writers");
        for (Lane lane : lanes) {
            report.row(
                    lane.group.name(),
                    Report.range(lane.medians),
                    Report.range(lane.slowest),
                    Report.range(lane.rates),
                    Report.number(lane.rates.ratioTo(lanes.get(0).rates)),
                    Report.number(lane.aloneBytes.median()),
                    Report.number(lane.alonePackets.median()),
                    Report.number(lane.togetherBytes.median()));
        }
        report.line("");
        report.line("All of them idle: " + Report.number(idle.bytesPerSecond()) + " bytes a second.");
    }
}
