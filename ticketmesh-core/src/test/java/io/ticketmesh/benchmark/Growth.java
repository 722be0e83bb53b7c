package io.ticketmesh.benchmark;

import io.ticketmesh.node.TicketList;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fills a node to one size after the other, and reads at each. */
final class Growth {
    private static final int PAGE = 50;
    private static final int PROGRESS_EVERY = 50_000;
    private static final int WARM_UP = 300;
    private static final int READS = 2_000;
    private static final int SEARCHES = 200;

    /** Every so many tickets one is remembered, to be read later. */
    private static final int REMEMBERED_EVERY = 10;

    private final Desk desk;
    private final Report report;
    private final boolean searching;
    private final Random random = new Random(7);
    private final List<TicketId> remembered = new ArrayList<>();
    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** @param searching whether words are looked for too, once the index has caught up */
    Growth(Desk desk, Report report, boolean searching) {
        this.desk = desk;
        this.report = report;
        this.searching = searching;
    }

    void to(List<Long> sizes) throws Exception {
        for (long size : sizes) {
            fill(size);
            if (searching) {
                awaitSearch();
            }
            measure("point read by id", READS, this::readById);
            measure("point read by key", READS, this::readByKey);
            pages().forEach((name, query) -> measure("page: " + name, READS, () -> page(query.get())));
            if (searching) {
                searches().forEach((name, query) -> measure("search: " + name, SEARCHES, () -> page(query.get())));
            }
        }
        print(sizes);
    }

    private void fill(long size) throws InterruptedException {
        ThreadTimes before = ThreadTimes.now();
        long begin = System.nanoTime();
        long already = desk.count();
        desk.fill(size, (number, ticket) -> {
            if (number % REMEMBERED_EVERY == 0) {
                remember(ticket.id());
            }
            if (number % PROGRESS_EVERY == 0) {
                report.progress(number + " tickets, load " + Machine.load());
            }
        });
        double rate = (desk.count() - already) * 1e9 / (System.nanoTime() - begin);
        tell("filling, tickets a second", rate);
        Map<String, Double> costs = ThreadTimes.now().perWriteSince(before, desk.count() - already);
        tell("filling, processor time of the replica thread a ticket, µs", costs.getOrDefault("replica", 0.0));
    }

    private synchronized void remember(TicketId id) {
        remembered.add(id);
    }

    private void measure(String name, int reads, Runnable read) {
        for (int i = 0; i < Math.min(WARM_UP, reads); i++) {
            read.run();
        }
        Sample micros = new Sample();
        for (int i = 0; i < reads; i++) {
            long begin = System.nanoTime();
            read.run();
            micros.add((System.nanoTime() - begin) / 1e3);
        }
        samples.computeIfAbsent(name, any -> new ArrayList<>()).add(micros);
    }

    // What is read

    private TicketId someone() {
        return remembered.get(random.nextInt(remembered.size()));
    }

    private void readById() {
        desk.tickets().get(someone().toString());
    }

    private void readByKey() {
        desk.tickets().get(someone().key().toString());
    }

    private void page(TicketQuery query) {
        TicketList list = desk.tickets().query(query);
        if (list.items().size() > PAGE) {
            throw new IllegalStateException("a page has " + list.items().size() + " tickets");
        }
    }

    private Map<String, Supplier<TicketQuery>> pages() {
        Map<String, Supplier<TicketQuery>> pages = new LinkedHashMap<>();
        pages.put("newest", () -> TicketQuery.newest(PAGE));
        pages.put("deep, forward", () -> deep(false));
        pages.put("deep, backward", () -> deep(true));
        pages.put("status", () -> with(c -> c.status("open")));
        pages.put("status and priority", () -> with(c -> c.status("open").priority("urgent")));
        pages.put("assignee", () -> with(c -> c.assignee(somePerson())));
        pages.put("tag", () -> with(c -> c.tags(someTag())));
        pages.put("assignee and tag", () -> with(c -> c.assignee(somePerson()).tags(someTag())));
        pages.put("tag and status, by update", () -> new TicketQuery(
                filter(c -> c.tags(someTag()).status("open")),
                List.of(new SortKey(SortKey.By.UPDATED, true)),
                PAGE,
                null,
                true,
                false));
        return pages;
    }

    private Map<String, Supplier<TicketQuery>> searches() {
        Map<String, Supplier<TicketQuery>> searches = new LinkedHashMap<>();
        searches.put("a frequent word", () -> with(c -> c.query(TypicalTicket.word(random.nextInt(5)))));
        searches.put("a rare word", () -> with(c -> c.query(TypicalTicket.word(5_000 + random.nextInt(5_000)))));
        searches.put("two words", () -> with(c -> c.query(
                TypicalTicket.word(random.nextInt(50)) + " " + TypicalTicket.word(random.nextInt(50)))));
        searches.put("a word, status", () -> with(c -> c.query(TypicalTicket.word(random.nextInt(50))).status("open")));
        return searches;
    }

    private TicketQuery with(Consumer<Criteria> wanted) {
        return TicketQuery.of(filter(wanted), PAGE);
    }

    private static TicketFilter filter(Consumer<Criteria> wanted) {
        Criteria criteria = new Criteria(Workflow.standard(), null, Instant.now());
        wanted.accept(criteria);
        return criteria.filter();
    }

    private TicketQuery deep(boolean backward) {
        TicketView somewhere = desk.tickets().get(someone().toString());
        TicketQuery newest = TicketQuery.newest(PAGE);
        return newest.at(backward ? newest.before(somewhere.state()) : newest.after(somewhere.state()));
    }

    private String somePerson() {
        return TypicalTicket.person(random.nextInt(TypicalTicket.PEOPLE));
    }

    private String someTag() {
        return TypicalTicket.tag(random.nextInt(TypicalTicket.TAGS));
    }

    private void awaitSearch() {
        long begin = System.nanoTime();
        TicketQuery query = with(c -> c.query(TypicalTicket.word(0)));
        while (!desk.tickets().query(query).complete()) {
            report.progress("waiting for the search index");
        }
        tell("search was behind the filling, seconds", (System.nanoTime() - begin) / 1e9);
    }

    private void tell(String name, double value) {
        rows.computeIfAbsent(name, any -> new ArrayList<>()).add(Report.number(value));
    }

    // What is told

    private void print(List<Long> sizes) {
        List<String> columns = new ArrayList<>(List.of("microseconds, p50 / p99"));
        sizes.forEach(size -> columns.add(String.format(java.util.Locale.ROOT, "%,d tickets", size)));
        report.title("Reads, one after the other", columns.toArray(new String[0]));
        samples.forEach((name, each) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            each.forEach(micros ->
                    cells.add(Report.number(micros.median()) + " / " + Report.number(micros.quantile(0.99))));
            report.row(cells.toArray());
        });
        rows.forEach((name, each) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            cells.addAll(each);
            report.row(cells.toArray());
        });
        double slowest = 0;
        double growth = 0;
        for (Map.Entry<String, List<Sample>> entry : samples.entrySet()) {
            if (entry.getKey().startsWith("page: ")) {
                List<Sample> each = entry.getValue();
                double last = each.get(each.size() - 1).median();
                slowest = Math.max(slowest, last);
                growth = Math.max(growth, last / each.get(Math.max(0, each.size() - 2)).median());
            }
        }
        report.goal("a page of 50 within 1 ms at the largest size", slowest < 1_000, Report.number(slowest) + " µs, the slowest list");
        report.goal("pages stay flat from a tenth of the size on", growth < 2, Report.number(growth) + " times, the list that grew most");
    }
}
