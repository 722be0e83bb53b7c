package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final Desk desk = new Desk();
    private final LuceneSearchIndex index = LuceneSearchIndex.inMemory(desk.store);

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void aTitleCountsMoreThanADescriptionAndThatMoreThanAComment() {
        TicketId oldTitle = desk.create("Printer");
        TicketId title = desk.create("A printer too");
        TicketId description = desk.create("x", new SetDescription("printer, printer, printer"));
        TicketId comment = desk.create("y");
        desk.comment(comment, CommentKind.PUBLIC, "printer printer");

        assertThat(found("printer")).containsExactly(title, oldTitle, description, comment);
    }

    @Test
    void theMoreOfTheWordsStandInTheTitleTheBetter() {
        TicketId all = desk.create("printer on fire");
        TicketId oneAndDescription = desk.create("printer", new SetDescription("fire"));
        TicketId oneAndComment = desk.create("fire");
        desk.comment(oneAndComment, CommentKind.PUBLIC, "printer");
        TicketId none = desk.create("x", new SetDescription("printer fire"));
        TicketId mixed = desk.create("y", new SetDescription("printer"));
        desk.comment(mixed, CommentKind.PUBLIC, "fire");

        assertThat(found("printer fire")).containsExactly(all, oneAndDescription, oneAndComment, none, mixed);
    }

    @Test
    void withoutWordsTheNewestIsFirst() {
        TicketId old = desk.create("printer");
        TicketId young = desk.create("fax");

        TicketQuery query = ranked("-scanner", 10);
        assertThat(query.ranked()).isFalse();
        assertThat(ids(index.page(query, PATIENT).page())).containsExactly(young, old);
    }

    @Test
    void otherKeysDecideAmongEquallyRelevantOnes() {
        TicketId first = desk.create("printer a");
        TicketId second = desk.create("printer b");
        TicketId described = desk.create("c", new SetDescription("printer"));
        desk.change(first, new SetTitle("printer d"));

        TicketQuery query = new TicketQuery(
                ranked("printer", 10).filter(),
                List.of(new SortKey(SortKey.By.UPDATED, false)),
                10,
                null,
                true,
                false,
                true);
        assertThat(ids(index.page(query, PATIENT).page())).containsExactly(second, first, described);
    }

    @Test
    void aWalkFindsEverythingOnceInBothDirectionsAndGoesOnAtAnotherNode() {
        Desk other = new Desk(new NodeId(7, 7));
        for (int i = 0; i < 40; i++) {
            String title = i % 3 == 0 ? "printer " + i : "fax " + i;
            TicketId id = desk.create(title, new SetDescription(i % 3 == 1 ? "printer" : ""));
            TicketId same = other.create(id, title, new SetDescription(i % 3 == 1 ? "printer" : ""));
            if (i % 3 == 2) {
                desk.comment(id, CommentKind.PUBLIC, "printer");
                other.comment(same, CommentKind.PUBLIC, "printer");
            } else {
                other.comment(same, CommentKind.PUBLIC, "what only that node knows yet");
                desk.comment(id, CommentKind.PUBLIC, "as long as this");
            }
        }
        try (LuceneSearchIndex elsewhere = LuceneSearchIndex.inMemory(other.store)) {
            List<TicketId> whole =
                    ids(index.page(ranked("printer", 100), PATIENT).page());
            assertThat(whole).hasSize(40).doesNotHaveDuplicates();
            TicketQuery query = ranked("printer", 7);
            List<TicketId> walked = new ArrayList<>();
            TicketPage page = index.page(query, PATIENT).page();
            LuceneSearchIndex turn = elsewhere;
            while (page.next() != null) {
                walked.addAll(ids(page));
                page = turn.page(query.at(PageCursor.parse(page.next().toString())), PATIENT)
                        .page();
                turn = turn == index ? elsewhere : index;
            }
            walked.addAll(ids(page));
            assertThat(walked).isEqualTo(whole);
            List<TicketId> back = new ArrayList<>(ids(page));
            while (page.previous() != null) {
                page = turn.page(query.at(page.previous()), PATIENT).page();
                back.addAll(0, ids(page));
            }
            assertThat(back).isEqualTo(whole);
        }
    }

    @Test
    void aCursorOfARankedListIsNoneOfAnother() {
        desk.create("printer a");
        desk.create("printer b");
        TicketQuery ranked = ranked("printer", 1);
        PageCursor next = index.page(ranked, PATIENT).page().next();

        TicketQuery newest = TicketQuery.of(ranked.filter(), 1);
        assertThatExceptionOfType(InvalidChangeException.class)
                .isThrownBy(() -> newest.at(next))
                .withMessageContaining("cursor");
    }

    @Test
    void aCursorFromNowhereIsAnsweredAllTheSame() {
        TicketId only = desk.create("printer");
        TicketQuery query = ranked("printer", 5);
        long fingerprint = query.after(desk.store.ticket(only).orElseThrow()).query();
        for (long level : new long[] {Long.MIN_VALUE, -1, 0, 1, 2, 3, 4, Long.MAX_VALUE}) {
            for (boolean backward : new boolean[] {false, true}) {
                PageCursor odd = new PageCursor(fingerprint, List.of(level, 0L), only, backward);
                assertThat(ids(index.page(query.at(odd), PATIENT).page())).isSubsetOf(only);
            }
        }
    }

    @Test
    void manyWordsAreRankedByTheFirstOfThemAndAllAreLookedFor() {
        String words = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        TicketId titled = desk.create(words);
        TicketId described = desk.create("a", new SetDescription(words));
        desk.create("all but the last", new SetDescription(words.replace("z", "")));

        assertThat(found(words)).containsExactly(titled, described);
    }

    private List<TicketId> found(String text) {
        TicketQuery query = ranked(text, 100);
        TicketPage page = index.page(query, PATIENT).page();
        assertThat(page).isEqualTo(desk.store.page(query));
        return ids(page);
    }

    private static TicketQuery ranked(String text, int limit) {
        TicketFilter filter = new Criteria(Workflow.standard(), "bob", Instant.parse("2026-03-01T00:00:00Z"))
                .query(text)
                .filter();
        return TicketQuery.ranked(filter, limit);
    }

    private static List<TicketId> ids(TicketPage page) {
        return page.tickets().stream().map(Ticket::id).toList();
    }
}
