package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Five thousand tickets made of a real issue tracker. */
class TrackerSearchTest {
    private static final int TICKETS = 5_000;
    private static final int QUESTIONS = 1_000;
    private static final int PAGE = 20;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private static final TrackerTickets TEXTS = TrackerTickets.load();
    private static final Desk DESK = new Desk();
    private static final List<TicketId> TICKET = new ArrayList<>();
    private static LuceneSearchIndex index;

    @BeforeAll
    static void fill() {
        for (int number = 0; number < TICKETS; number++) {
            TrackerTickets.Draft draft = TEXTS.draft(number);
            List<Change> changes = new ArrayList<>();
            changes.add(new SetDescription(draft.description()));
            changes.add(new SetPriority(Priority.ALL.get(number % 4)));
            changes.add(new SetAssignee(number % 3 == 0 ? null : "person-" + number % 5));
            draft.tags().forEach(tag -> changes.add(new AddTag(tag)));
            if (!isOpen(number)) {
                changes.add(new SetStatus(Status.RESOLVED, "fixed", null));
            }
            TicketId id = DESK.create(draft.title(), changes.toArray(Change[]::new));
            TICKET.add(id);
            for (int i = 0; i < draft.comments().size(); i++) {
                boolean internal = (number + i) % 5 == 0;
                DESK.comment(
                        id,
                        internal ? CommentKind.INTERNAL : CommentKind.PUBLIC,
                        draft.comments().get(i));
            }
        }
        index = LuceneSearchIndex.inMemory(DESK.store);
    }

    @AfterAll
    static void close() {
        index.close();
    }

    @Test
    void aThousandQuestionsOfAllKindsFindWhatAScanFinds() {
        RandomQuestions random = new RandomQuestions(TEXTS, TICKETS, 42);
        List<String> texts =
                IntStream.range(0, QUESTIONS).mapToObj(i -> random.next()).toList();
        List<TicketQuery> insiders = new ArrayList<>();
        List<TicketQuery> outsiders = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            (i % 2 == 0 ? insiders : outsiders).add(query(texts.get(i), i % 2 == 0, i % 3 > 0));
        }
        long found = compare(insiders, true) + compare(outsiders, false);

        assertThat(found).as("questions that find something").isGreaterThan(QUESTIONS * 3L / 4);
    }

    @Test
    void whoWritesAboutTheSameMatterIsShownTheTicketThatIsThere() {
        SplittableRandom random = new SplittableRandom(3);
        int tried = 0;
        int shown = 0;
        for (int number = 0; number < TEXTS.real(); number++) {
            String title = TEXTS.draft(number).title();
            List<String> words = new ArrayList<>(TextClause.wordsOf(title));
            if (words.size() >= 5 && isOpen(number)) {
                words.remove(random.nextInt(words.size()));
                Collections.swap(words, 0, words.size() - 1);
                tried++;
                shown += similar(String.join(" ", words)).contains(title) ? 1 : 0;
            }
        }
        assertThat(tried).isGreaterThan(200);
        assertThat((double) shown / tried).as("%d of %d", shown, tried).isGreaterThan(0.97);
    }

    @Test
    void whoWritesAboutSomethingElseIsShownNothing() {
        for (String title : List.of(
                "Printer on the second floor is out of magenta toner",
                "Coffee machine leaks water onto the kitchen floor",
                "Vacation calendar shows wrong weekday in October")) {
            assertThat(similar(title)).as(title).isEmpty();
        }
    }

    private static boolean isOpen(int number) {
        return number % 4 != 1;
    }

    private static List<String> similar(String title) {
        TicketFilter open = new Criteria(Workflow.standard(), null, Instant.EPOCH)
                .category("open", "waiting")
                .filter();
        return index
                .similar(new SimilarQuery(title, "", open, TicketFilter.EVERYTHING, true, 5), PATIENT)
                .items()
                .stream()
                .map(item -> item.ticket().title().or(""))
                .toList();
    }

    private static long compare(List<TicketQuery> queries, boolean seesInternal) {
        Scan scan = new Scan(queries);
        for (TicketId id : TICKET) {
            Ticket ticket = DESK.store.ticket(id).orElseThrow();
            scan.look(ticket, TicketDocument.textsOf(ticket, DESK.store.comments(id), seesInternal));
        }
        long found = 0;
        for (int i = 0; i < queries.size(); i++) {
            TicketPage page = index.page(queries.get(i), PATIENT).page();
            assertThat(page.total()).as("%s", queries.get(i)).isEqualTo(scan.total(i));
            assertThat(page.tickets())
                    .as("%s", queries.get(i))
                    .extracting(Ticket::id)
                    .isEqualTo(scan.firstPage(i));
            found += scan.total(i) > 0 ? 1 : 0;
        }
        return found;
    }

    private static TicketQuery query(String text, boolean seesInternal, boolean ranked) {
        TicketFilter filter = new Criteria(Workflow.standard(), "bob", Instant.parse("2026-03-01T00:00:00Z"))
                .query(text)
                .filter();
        return new TicketQuery(filter, List.of(SortKey.NEWEST_FIRST), PAGE, null, seesInternal, true, ranked);
    }
}
