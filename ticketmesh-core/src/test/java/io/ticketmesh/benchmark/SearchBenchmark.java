package io.ticketmesh.benchmark;

import io.ticketmesh.search.RandomQuestions;
import io.ticketmesh.search.Scan;
import io.ticketmesh.search.TrackerTickets;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures search over tickets made of a real issue tracker, through the public door of one node. Set by system properties:
 *
 * <ul>
 *   <li>{@code benchmark.dir}: where it writes, some 3 GB at a million tickets
 *   <li>{@code benchmark.tickets}: how many, default 1,000,000
 *   <li>{@code benchmark.sections}: some of fill, questions, writing, check, rebuild; default all. Without {@code fill}, the tickets of
 *       an earlier run are taken
 * </ul>
 */
public final class SearchBenchmark {
    private static final Set<String> SECTIONS = Set.of("fill", "questions", "writing", "check", "rebuild");
    private static final int PAGE = 50;
    private static final int WARM_UP = 300;
    private static final int QUESTIONS = 1_000;
    private static final int CHECKED = 1_000;
    private static final int CHECKED_PAGE = 10;
    private static final int PACED_WRITES = 100;
    private static final int BUSY_WRITERS = 8;
    private static final double GOAL_MILLIS = 50;
    private static final double GOAL_REBUILD_SECONDS = 180;

    private final Path home =
            Path.of(System.getProperty("benchmark.dir", "target/benchmark")).resolve("tracker");
    private final long tickets = Long.getLong("benchmark.tickets", 1_000_000);
    private final Set<String> sections = sections();
    private final Report report = new Report();
    private final TrackerTickets texts = TrackerTickets.load();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    public static void main(String[] arguments) throws Exception {
        new SearchBenchmark().run();
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
        if (sections.contains("fill")) {
            deleteTree(home);
        }
        Files.createDirectories(home);
        new Machine(home).print(report);
        try (TrackerDesk desk = new TrackerDesk(home, texts)) {
            if (sections.contains("fill")) {
                desk.fill(tickets, count -> report.progress(count + " tickets, load " + Machine.load()));
            }
            report.progress("waiting for the index, " + secondsUntilComplete(desk) + " s");
            if (sections.contains("questions")) {
                title("Questions, one after the other");
                questions(desk);
            }
            if (sections.contains("writing")) {
                writing(desk);
            }
            if (sections.contains("check")) {
                check(desk);
            }
            new Footprint(desk, home).print(report, desk.count());
        }
        if (sections.contains("rebuild")) {
            rebuild();
        }
        report.printGoals();
        report.line("load at the end: " + Machine.load());
    }

    // What is asked

    private void twoWords(TrackerDesk desk, String meanwhile) {
        RandomQuestions random = new RandomQuestions(texts, desk.count(), System.nanoTime());
        Sample ranked = measure("two words", () -> desk.ask(query(random.twoWords(), true, false)));
        report.goal(
                "two words within 50 ms (p99), " + meanwhile,
                ranked.quantile(0.99) < GOAL_MILLIS,
                Report.number(ranked.quantile(0.99)) + " ms");
        measure("two words, newest first", () -> desk.ask(query(random.twoWords(), false, false)));
    }

    private void questions(TrackerDesk desk) {
        twoWords(desk, "when nothing else goes on");
        RandomQuestions random = new RandomQuestions(texts, desk.count(), System.nanoTime());
        measure("two words, with the total", () -> desk.ask(query(random.twoWords(), true, true)));
        measure("two words, with highlights", () -> desk.askHighlighted(query(random.twoWords(), true, false)));
        measure("one word", () -> desk.ask(query(random.word(), true, false)));
        measure("a phrase", () -> desk.ask(query(random.phrase(), true, false)));
        measure("the beginning of a word", () -> desk.ask(query(random.prefix(), true, false)));
        measure("anything", () -> desk.ask(query(random.next(), true, false)));
        measure("similar to a title", () -> desk.similar(draft(random).title(), ""));
        measure("similar to a title and a description", () -> {
            TrackerTickets.Draft draft = draft(random);
            desk.similar(draft.title(), draft.description());
        });
    }

    /** One that was never written, made as those were that are there. */
    private TrackerTickets.Draft draft(RandomQuestions random) {
        return texts.draft(Long.MAX_VALUE - random.number(Integer.MAX_VALUE));
    }

    private Sample measure(String name, Runnable question) {
        for (int i = 0; i < WARM_UP; i++) {
            question.run();
        }
        Sample millis = new Sample();
        Sample processor = new Sample();
        for (int i = 0; i < QUESTIONS; i++) {
            long begin = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime();
            question.run();
            processor.add((threads.getCurrentThreadCpuTime() - used) / 1e6);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        report.row(
                name,
                Report.number(millis.median()),
                Report.number(millis.quantile(0.99)),
                Report.number(millis.max()),
                Report.number(processor.median()),
                Report.number(processor.quantile(0.99)));
        return millis;
    }

    private void title(String title) {
        report.title(
                title + ", milliseconds",
                "question",
                "p50",
                "p99",
                "longest",
                "processor time p50",
                "processor time p99");
    }

    private static TicketQuery query(String text, boolean ranked, boolean count) {
        return query(text, ranked, count, PAGE);
    }

    private static TicketQuery query(String text, boolean ranked, boolean count, int limit) {
        TicketFilter filter = new Criteria(Workflow.standard(), null, Instant.now())
                .query(text)
                .filter();
        return new TicketQuery(filter, List.of(SortKey.NEWEST_FIRST), limit, null, true, count, ranked);
    }

    private void writing(TrackerDesk desk) throws Exception {
        title("Questions while " + PACED_WRITES + " tickets a second are written");
        whileOthersWrite(desk, 1, 1_000_000_000L / PACED_WRITES, "while " + PACED_WRITES + " a second are written");
        title("Questions while " + BUSY_WRITERS + " threads write without pause");
        whileOthersWrite(desk, BUSY_WRITERS, 0, "while " + BUSY_WRITERS + " threads write without pause");
    }

    private void whileOthersWrite(TrackerDesk desk, int threads, long pauseNanos, String meanwhile) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        long before = desk.count();
        long begin = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            Thread writer = new Thread(() -> desk.write(over, pauseNanos), "writer");
            writer.start();
            writers.add(writer);
        }
        twoWords(desk, meanwhile);
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        double written = (desk.count() - before) * 1e9 / (System.nanoTime() - begin);
        report.line("");
        report.line("written meanwhile: " + Report.number(written) + " a second");
    }

    // Whether it is right

    private void check(TrackerDesk desk) {
        RandomQuestions random = new RandomQuestions(texts, desk.count(), 7);
        List<TicketQuery> queries = IntStream.range(0, CHECKED)
                .mapToObj(i -> query(random.next(), i % 2 == 0, true, CHECKED_PAGE))
                .toList();
        Scan scan = new Scan(queries);
        desk.scan(scan, count -> report.progress(count + " tickets held against " + CHECKED + " questions"));
        int differences = 0;
        int found = 0;
        for (int i = 0; i < queries.size(); i++) {
            if (!desk.agrees(queries.get(i), scan.total(i), scan.firstPage(i))) {
                differences++;
                report.line("differs: " + queries.get(i));
            }
            found += scan.total(i) > 0 ? 1 : 0;
        }
        report.goal(
                CHECKED + " questions find what a scan finds",
                differences == 0,
                differences + " differences; " + found + " found something");
    }

    // From nothing

    private void rebuild() throws Exception {
        report.title("The index built anew", "what", "seconds");
        deleteTree(home.resolve("search"));
        try (TrackerDesk desk = new TrackerDesk(home, texts)) {
            double seconds = secondsUntilComplete(desk);
            report.row("until a search is complete", Report.number(seconds));
            report.goal("the index is built within 3 minutes", seconds < GOAL_REBUILD_SECONDS, seconds + " s");
        }
    }

    private double secondsUntilComplete(TrackerDesk desk) {
        long begin = System.nanoTime();
        TicketQuery query = query("handshake", true, false);
        while (!desk.ask(query)) {
            report.progress("the index is being built, load " + Machine.load());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
