package io.ticketmesh.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures one node through its public door, beside what is possible at best. Set by system properties:
 *
 * <ul>
 *   <li>{@code benchmark.dir}: where it writes, about 6 GB at a million tickets; what is there is deleted
 *   <li>{@code benchmark.tickets}: the largest size, default 1,000,000
 *   <li>{@code benchmark.sections}: some of writes, growth, search, large, start, exchange; default all. {@code search} belongs to {@code growth},
 *       which waits for the index then; {@code large} and {@code start} measure what {@code growth} has left, also in a later run
 *   <li>{@code benchmark.rounds} and {@code benchmark.millis}: how often, and how long, each rate is measured
 * </ul>
 */
public final class StoreBenchmark {
    private static final Set<String> SECTIONS = Set.of("writes", "growth", "search", "large", "start", "exchange");

    private static final long EXCHANGED = 50_000;

    /** So long, because the compilers share the processors with what is measured until they are done. */
    private static final int WARM_UP_SLOTS = 16;

    private final Path directory = Path.of(System.getProperty("benchmark.dir", "target/benchmark"));
    private final long tickets = Long.getLong("benchmark.tickets", 1_000_000);
    private final Set<String> sections = sections();
    private final int rounds = Integer.getInteger("benchmark.rounds", 7);
    private final Duration slot = Duration.ofMillis(Integer.getInteger("benchmark.millis", 1_500));
    private final Report report = new Report();

    public static void main(String[] arguments) throws Exception {
        new StoreBenchmark().run();
    }

    private static Set<String> sections() {
        String given = System.getProperty("benchmark.sections", "all");
        Set<String> wanted = given.equals("all") ? SECTIONS : new TreeSet<>(Arrays.asList(given.split(",")));
        if (!SECTIONS.containsAll(wanted)) {
            throw new IllegalArgumentException("benchmark.sections names " + wanted + ", possible are " + SECTIONS);
        }
        return wanted;
    }

    private void run() throws Exception {
        Files.createDirectories(directory);
        new Machine(directory).print(report);
        if (sections.contains("writes")) {
            writesIntoNothing();
        }
        Path home = directory.resolve("home");
        if (sections.contains("growth")) {
            delete(home);
            try (Desk desk = new Desk(home)) {
                new Growth(desk, report, sections.contains("search")).to(sizes());
                new Footprint(desk, home).print(report, tickets);
            }
        }
        if (sections.contains("large")) {
            Path database = fresh("mapdb");
            try (Desk desk = new Desk(home);
                    PlainLog log = new PlainLog(fresh("plain.log"), desk.bytesPerWrite());
                    MapDbLog mapDb = MapDbLog.filled(
                            database, desk.bytesPerWrite(), tickets, count -> report.progress(count + " in MapDB"))) {
                new WriteRace(desk, log, mapDb, report, rounds, slot)
                        .run("with " + Report.number(desk.count()) + " tickets");
            }
            delete(database);
        }
        if (sections.contains("start")) {
            new StartUp(home, report).run();
        }
        if (sections.contains("exchange")) {
            new Exchange(fresh("tickets.ndjson"), Math.min(tickets, EXCHANGED), report).run(3, () -> fresh("new"));
            delete(directory.resolve("new"));
        }
        report.printGoals();
        report.line("load at the end: " + Machine.load());
    }

    private void writesIntoNothing() throws Exception {
        Path home = fresh("new");
        try (Desk desk = new Desk(home);
                PlainLog log = new PlainLog(fresh("plain.log"), desk.bytesPerWrite())) {
            report.progress("warming up");
            Writers.perSecond(64, slot.multipliedBy(WARM_UP_SLOTS), desk::create);
            Writers.perSecond(1, slot.multipliedBy(WARM_UP_SLOTS), desk::create);
            Writers.perSecond(16, slot, log::append);
            new WriteRace(desk, log, null, report, rounds, slot).run("into a new store");
        }
        delete(home);
    }

    private List<Long> sizes() {
        return Stream.of(tickets / 100, tickets / 10, tickets)
                .filter(size -> size >= 1_000)
                .toList();
    }

    private Path fresh(String name) {
        Path path = directory.resolve(name);
        delete(path);
        return path;
    }

    private static void delete(Path path) {
        if (!Files.exists(path) && !Files.exists(path.getParent())) {
            return;
        }
        // MapDB names further files after the first one
        try (Stream<Path> siblings = Files.list(path.getParent())) {
            for (Path sibling : siblings.toList()) {
                if (sibling.getFileName()
                        .toString()
                        .startsWith(path.getFileName().toString())) {
                    deleteTree(sibling);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
