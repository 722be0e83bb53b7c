package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LuceneSearchIndexTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final Desk desk = new Desk();
    private final LuceneSearchIndex index = LuceneSearchIndex.inMemory(desk.store);

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void aTicketIsFoundAsSoonAsItIsWritten() {
        TicketId fire = desk.create("Printer on fire");
        assertThat(found("printer")).containsExactly(fire);

        desk.change(fire, new SetTitle("Fax on fire"));
        assertThat(found("printer")).isEmpty();
        assertThat(found("FAX \"on fire\"")).containsExactly(fire);
    }

    @Test
    void allWordsMustStandSomewhereAndNegatedOnesNowhere() {
        TicketId both = desk.create("printer", new SetDescription("is on fire"));
        desk.create("printer");
        TicketId notFax = desk.create("fire");
        desk.comment(notFax, CommentKind.PUBLIC, "no fax");

        assertThat(found("printer fire")).containsExactly(both);
        assertThat(found("fire -fax")).containsExactly(both);
        assertThat(found("-printer")).containsExactly(notFax);
    }

    @Test
    void aPhraseStaysWithinOneText() {
        TicketId apart = desk.create("paper", new SetDescription("jam"));
        desk.comment(apart, CommentKind.PUBLIC, "the tray is");
        desk.comment(apart, CommentKind.PUBLIC, "empty");
        TicketId together = desk.create("x");
        desk.comment(together, CommentKind.PUBLIC, "the paper jams; tray is empty");

        assertThat(found("\"paper jam\"")).isEmpty();
        assertThat(found("\"paper ja*\"")).containsExactly(together);
        assertThat(found("\"is empty\"")).containsExactly(together);
        assertThat(found("\"tray is empt*\"")).containsExactly(together);
        assertThat(found("\"is e*\"")).containsExactly(together);
    }

    @Test
    void internalCommentsAreInvisibleToThoseWhoMayNotSeeThem() {
        TicketId ticket = desk.create("printer");
        desk.comment(ticket, CommentKind.INTERNAL, "customer is annoying");
        desk.comment(ticket, CommentKind.SYSTEM, "escalated");

        assertThat(found("annoying")).containsExactly(ticket);
        assertThat(outsiderFound("annoying").tickets()).isEmpty();
        assertThat(outsiderFound("annoying").total()).isZero();
        assertThat(outsiderFound("printer -annoying").tickets()).hasSize(1);
        assertThat(found("printer -annoying")).isEmpty();
        assertThat(outsiderFound("in:comments anno*").tickets()).isEmpty();
        assertThat(outsiderFound("\"customer is ann*\"").tickets()).isEmpty();
        assertThat(outsiderFound("escalated").tickets()).hasSize(1);
    }

    @Test
    void whatWasRedactedOrEditedAwayIsNotFound() {
        TicketId ticket = desk.create("x");
        CommentId comment = desk.comment(ticket, CommentKind.PUBLIC, "my password is hunter2");
        assertThat(found("hunter2")).containsExactly(ticket);

        desk.change(ticket, new EditComment(comment, "my password is swordfish"));
        assertThat(found("hunter2")).isEmpty();
        assertThat(found("swordfish")).containsExactly(ticket);

        desk.change(ticket, new RedactComment(comment));
        assertThat(found("swordfish")).isEmpty();
    }

    @Test
    void deletedTicketsAreFoundOnlyWhenAskedForAndPurgedOnesNever() {
        TicketId ticket = desk.create("printer");
        desk.change(ticket, new DeleteTicket());
        assertThat(found("printer")).isEmpty();
        assertThat(found("printer is:deleted")).containsExactly(ticket);

        desk.change(ticket, new RestoreTicket());
        assertThat(found("printer")).containsExactly(ticket);

        desk.change(ticket, new PurgeTicket());
        assertThat(index.page(query("printer")).page().tickets()).isEmpty();
        assertThat(index.page(TicketQuery.of(TicketFilter.EVERYTHING, 10))
                        .page()
                        .tickets())
                .isEmpty();
        assertThat(index.status().tickets()).isZero();
    }

    @Test
    void aTicketOfWhichOnlyLaterOperationsAreKnownIsNotFound() {
        TicketId unborn = new TicketId(7, 7);
        desk.changeElsewhere(unborn, new SetTitle("printer"));
        assertThat(found("printer")).isEmpty();

        desk.create(unborn, "fax");
        assertThat(found("is:deleted")).isEmpty();
        assertThat(found("in:title -nothing")).containsExactly(unborn);
    }

    @Test
    void conflictsAreFoundUntilTheyAreSettled() {
        TicketId ticket = desk.create("printer");
        desk.changeElsewhere(ticket, new SetTitle("fax"));
        assertThat(found("has:conflict")).containsExactly(ticket);

        desk.change(ticket, new SetTitle("printer"));
        assertThat(found("has:conflict")).isEmpty();
    }

    @Test
    void wordsOfEveryScriptAreFoundByTheRuleOfTheTicketPackage() {
        List<String> titles = List.of(
                "\u0130stanbul",
                "ISPARTA \u0131\u015f\u0131k",
                "\u4f60\u597d\u4e16\u754c \u4e16\u754c",
                "cafe\u0301 cr\u00e8me",
                "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
                "fire\ud83d\udd25fire \ud835\udc00\ud835\udc01",
                "\u00dcBER stra\u00dfe STRASSE",
                "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22",
                "zero\u200bwidth \u202eright\u202c left");
        titles.forEach(desk::create);
        List<String> questions = titles.stream()
                .flatMap(title -> Stream.concat(
                        Stream.of("\"" + title + "\""),
                        Arrays.stream(title.split(" ")).map(word -> word + "*")))
                .collect(Collectors.toList());
        questions.addAll(List.of(
                "istanbul",
                "i*",
                "\u0131*",
                "cafe",
                "stra\u00dfe",
                "strasse",
                "fire",
                "\u4e16\u754c",
                "\ud835\udc00*"));

        for (String question : questions) {
            assertThat(found(question)).as(question).isNotEmpty().isEqualTo(foundByStore(query(question)));
        }
    }

    @Test
    void theLongestTextsAreFoundToTheirLastWord() {
        String word = "w".repeat(65_536);
        TicketId oneWord = desk.create("one", new SetDescription(word));
        TicketId many = desk.create("many", new SetDescription("ab ".repeat(21_844) + "last"));
        TicketId pairs = desk.create("pairs");
        desk.comment(pairs, CommentKind.PUBLIC, "\ud835\udc00".repeat(32_768));

        assertThat(found("last")).containsExactly(many);
        assertThat(found("\"ab last\"")).containsExactly(many);
        assertThat(found("\"ab ab ab la*\"")).containsExactly(many);
        assertThat(found("w".repeat(900) + "*")).containsExactly(oneWord);
        assertThat(found("w".repeat(900))).isEmpty();
        assertThat(found("\ud835\udc00*")).containsExactly(pairs);
    }

    @Test
    void aWalkThatMeetsChangesShowsEveryUnchangedTicketOnce() {
        List<TicketId> all =
                IntStream.range(0, 30).mapToObj(i -> desk.create("walk " + i)).toList();
        TicketQuery query = new TicketQuery(
                query("walk").filter(), List.of(new SortKey(SortKey.By.UPDATED, false)), 10, null, true, true);
        TicketPage first = index.page(query, PATIENT).page();
        desk.change(all.get(9), new AddTag("moved"));
        desk.change(all.get(15), new PurgeTicket());
        TicketPage second = index.page(query.at(first.next()), PATIENT).page();
        TicketPage third = index.page(query.at(second.next()), PATIENT).page();

        assertThat(ids(first)).isEqualTo(all.subList(0, 10));
        assertThat(ids(second)).hasSize(10).doesNotContain(all.get(15)).startsWith(all.get(10));
        assertThat(ids(third)).hasSize(10).endsWith(all.get(29), all.get(9));
        assertThat(third.next()).isNull();
        assertThat(third.total()).isEqualTo(29);
        assertThat(ids(index.page(query.at(third.previous()), PATIENT).page())).isEqualTo(ids(second));
    }

    @Test
    void aCategoryWithoutStatesIsEmptyAndNoMistake() {
        desk.create("printer");
        TicketFilter nothing = new TicketFilter(List.of(new Criterion.AnyOf(Criterion.Field.STATUS, Set.of(), false)));

        assertThat(index.page(TicketQuery.of(nothing, 10)).page().tickets()).isEmpty();
    }

    @Test
    void tooManyConditionsAreRefusedAndBreakNothing() {
        desk.create("printer");
        TicketFilter filter = TicketFilter.LIVING;
        for (int i = 0; i < 2_000; i++) {
            filter = filter.and(query("word" + i).filter().criteria().get(0));
        }
        TicketQuery monster = TicketQuery.of(filter, 10);

        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> index.page(monster));
        assertThat(found("printer")).hasSize(1);
    }

    @Test
    void theIndexFollowsOnItsOwnWhileNobodySearches() {
        for (int i = 0; i < 3_000; i++) {
            desk.create("printer " + i);
        }
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (index.status().behind() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(index.status()).isEqualTo(new SearchStatus(0, 0, Optional.empty()));
        assertThat(found("printer")).hasSize(100);
        assertThat(index.status().tickets()).isEqualTo(3_000);
    }

    @Test
    void whoHasNoPatienceGetsWhatIsThereAndIsTold() {
        assertThat(index.page(query("printer"), Duration.ZERO).complete()).isTrue();
        int created = 0;
        SearchPage hasty;
        do { // the index may follow so fast that nobody needs patience
            desk.create("printer");
            created++;
            hasty = index.page(query("printer"), Duration.ZERO);
        } while (hasty.complete() && created < 50);
        assertThat(hasty.complete()).isFalse();

        SearchPage patient = index.page(query("printer"), Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(patient.complete()).isTrue();
        assertThat(patient.page().tickets()).hasSize(created);
    }

    @Test
    void aClosedIndexSaysSoAndClosesTwice() {
        index.close();
        index.close();

        assertThatExceptionOfType(SearchFailedException.class)
                .isThrownBy(() -> index.page(query("printer")))
                .withMessageContaining("closed");
    }

    private List<TicketId> found(String text) {
        SearchPage page = index.page(query(text), PATIENT);
        assertThat(page.complete()).isTrue();
        assertThat(ids(page.page())).isEqualTo(foundByStore(query(text)));
        return ids(page.page());
    }

    private List<TicketId> foundByStore(TicketQuery query) {
        return ids(desk.store.page(query));
    }

    private TicketPage outsiderFound(String text) {
        TicketQuery query = query(text);
        TicketQuery outsiders = new TicketQuery(query.filter(), query.sort(), query.limit(), null, false, true);
        TicketPage page = index.page(outsiders, PATIENT).page();
        assertThat(page).isEqualTo(desk.store.page(outsiders));
        return page;
    }

    private static TicketQuery query(String text) {
        TicketFilter filter = new Criteria(Workflow.standard(), "bob", Instant.parse("2026-03-01T00:00:00Z"))
                .query(text)
                .filter();
        return TicketQuery.of(filter, 100);
    }

    private static List<TicketId> ids(TicketPage page) {
        return page.tickets().stream().map(Ticket::id).toList();
    }
}
