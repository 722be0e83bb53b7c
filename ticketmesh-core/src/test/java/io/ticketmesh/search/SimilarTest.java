package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.search.Suggestions.Suggestion;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.SetDescription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimilarTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final Desk desk = new Desk();
    private final LuceneSearchIndex index = LuceneSearchIndex.inMemory(desk.store);

    @BeforeEach
    void writeWhatIsAlwaysThere() {
        for (int i = 0; i < 20; i++) {
            desk.create("The request number " + i + " for a new chair");
        }
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void whatHasTheRareWordsIsSimilarAndWhatHasTheFrequentOnesIsNot() {
        TicketId described =
                desk.create("Smoke in the hall", new SetDescription("The printer is on fire, and smoke everywhere."));
        TicketId titled = desk.create("Printer on fire in the hall");
        desk.create("The chair for the new office");

        assertThat(similar("The printer is on fire", "")).containsExactly(titled, described);
        assertThat(similar("A new request for the", "")).hasSize(5);
        assertThat(similar("Coffee machine", "")).isEmpty();
        assertThat(similar("", "")).isEmpty();
        assertThat(similar("\ud83d\udd25 !", "")).isEmpty();
    }

    @Test
    void theDescriptionHelps() {
        TicketId toner = desk.create("Toner", new SetDescription("It is empty: magenta cartridge, second floor"));

        assertThat(similar("No colours", "")).isEmpty();
        assertThat(similar("Floor", "The magenta cartridge on the second floor is empty"))
                .contains(toner);
    }

    @Test
    void commentsMakeNothingSimilar() {
        TicketId ticket = desk.create("x");
        desk.comment(ticket, CommentKind.PUBLIC, "printer on fire");
        desk.comment(ticket, CommentKind.INTERNAL, "printer on fire");

        assertThat(similar("Printer on fire", "")).isEmpty();
    }

    @Test
    void whatIsNotWantedIsNotSuggested() {
        TicketId gone = desk.create("Printer on fire");
        desk.change(gone, new DeleteTicket());

        assertThat(similar("Printer on fire", "")).isEmpty();
    }

    @Test
    void whatTheReaderMayNotSeeIsNeitherSuggestedNorWeighed() {
        TicketFilter anns = new TicketFilter(List.of(new Criterion.Concerns("zoe")));
        TicketId hers = desk.create("printer fire", new AddWatcher("zoe"));
        TicketId others = desk.create("hall", new AddWatcher("zoe"));
        List<Suggestion> before = suggestions("printer hall", anns);
        assertThat(before).extracting(item -> item.ticket().id()).containsExactly(others, hers);

        for (int i = 0; i < 50; i++) {
            desk.create("printer printer " + i);
        }
        assertThat(suggestions("printer hall", anns)).isEqualTo(before);

        TicketFilter judged = new TicketFilter(
                List.of(new Criterion.Judged("his", ticket -> ticket.id().equals(hers))));
        assertThat(suggestions("printer", judged))
                .extracting(item -> item.ticket().id())
                .containsExactly(hers);
    }

    @Test
    void howSimilarItIsIsTheShareOfTheWords() {
        desk.create("printer fire");

        assertThat(suggestions("printer fire", TicketFilter.EVERYTHING).get(0).similarity())
                .isEqualTo(1, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(suggestions("printer smoke", TicketFilter.EVERYTHING).get(0).similarity())
                .isBetween(0.35, 0.65);
    }

    private List<TicketId> similar(String title, String description) {
        return index.similar(query(title, description, TicketFilter.EVERYTHING), PATIENT).items().stream()
                .map(item -> item.ticket().id())
                .toList();
    }

    private List<Suggestion> suggestions(String title, TicketFilter scope) {
        return index.similar(query(title, "", scope), PATIENT).items();
    }

    private static SimilarQuery query(String title, String description, TicketFilter scope) {
        return new SimilarQuery(title, description, TicketFilter.LIVING.and(scope), scope, true, 5);
    }
}
