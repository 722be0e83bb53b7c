package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.node.TicketList;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListsTest {
    private final Clock clock = new Clock();
    private final TicketMesh mesh = TicketMesh.builder().clock(clock).open();
    private final Tickets alice = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    private void createTen() {
        for (int number = 0; number < 10; number++) {
            int each = number;
            alice.create(
                    "Ticket " + number,
                    edit -> edit.priority(each % 2 == 0 ? Priority.HIGH : Priority.LOW)
                            .tag(each < 3 ? "early" : "late")
                            .assignee(each == 4 ? "bob" : null)
                            .status(each == 5 ? Status.OPEN : Status.NEW));
            clock.pass(Duration.ofMinutes(1));
        }
    }

    private List<String> titles(UnaryOperator<Criteria> words) {
        return titles(alice.query(Lists.filtered(mesh, words)));
    }

    private static List<String> titles(TicketList list) {
        return list.items().stream().map(TicketView::title).toList();
    }

    @Test
    void filtersNarrowTheList() {
        createTen();

        assertThat(titles(criteria -> criteria.tags("EARLY"))).containsExactly("Ticket 2", "Ticket 1", "Ticket 0");
        assertThat(titles(criteria -> criteria.priority("low").tags("early"))).containsExactly("Ticket 1");
        assertThat(titles(criteria -> criteria.assignee("bob"))).containsExactly("Ticket 4");
        assertThat(titles(criteria -> criteria.status("open"))).containsExactly("Ticket 5");
        assertThat(titles(criteria -> criteria.reporter(Criteria.ME))).hasSize(10);
    }

    @Test
    void wordsAreFoundAsSoonAsTheyAreWritten() {
        createTen();
        String id = alice.create("Smoke in the cellar").id().toString();

        assertThat(titles(criteria -> criteria.query("cellar"))).containsExactly("Smoke in the cellar");
        alice.change(id, edit -> edit.title("Smoke in the attic"));
        assertThat(titles(criteria -> criteria.query("cellar"))).isEmpty();
        assertThat(titles(criteria -> criteria.query("attic"))).hasSize(1);
    }

    @Test
    void keysDecideTheOrder() {
        createTen();
        List<SortKey> byPriority =
                List.of(new SortKey(SortKey.By.PRIORITY, true), new SortKey(SortKey.By.CREATED, false));

        TicketList list = alice.query(new TicketQuery(TicketFilter.LIVING, byPriority, 6, null, true, true));

        assertThat(titles(list))
                .containsExactly("Ticket 0", "Ticket 2", "Ticket 4", "Ticket 6", "Ticket 8", "Ticket 1");
        assertThat(list.total()).isEqualTo(10);
        assertThat(list.complete()).isTrue();
    }

    @Test
    void cursorsLeadThereAndBackWhileTicketsCome() {
        createTen();
        List<String> seen = new ArrayList<>();
        TicketQuery query = TicketQuery.newest(4);
        TicketList page = alice.query(query);
        assertThat(page.previous()).isNull();
        seen.addAll(titles(page));
        while (page.next() != null) {
            alice.create("Newer");
            page = alice.query(query.at(PageCursor.parse(page.next().toString())));
            seen.addAll(titles(page));
        }

        assertThat(seen)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .startsWith("Ticket 9")
                .endsWith("Ticket 0");
        TicketList back = alice.query(query.at(page.previous()));
        assertThat(titles(back)).containsExactly("Ticket 5", "Ticket 4", "Ticket 3", "Ticket 2");
    }

    @Test
    void aCursorFitsItsListOnly() {
        createTen();
        PageCursor cursor = alice.query(TicketQuery.newest(4)).next();

        assertThatThrownBy(() ->
                        Lists.filtered(mesh, criteria -> criteria.status("new")).at(cursor))
                .isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> PageCursor.parse("x")).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void countsFollowEveryChange() {
        createTen();
        String id = alice.query(TicketQuery.newest(1)).items().get(0).id().toString();
        assertThat(alice.counts().living()).isEqualTo(10);
        assertThat(alice.counts().byField().get(Criterion.Field.STATUS))
                .containsEntry("new", 9L)
                .containsEntry("open", 1L);
        assertThat(alice.counts().byField().get(Criterion.Field.ASSIGNEE))
                .containsEntry("bob", 1L)
                .containsEntry("", 9L);

        alice.transition(id, Status.OPEN);
        alice.delete(alice.query(TicketQuery.newest(5)).items().get(4).id().toString());

        assertThat(alice.counts().living()).isEqualTo(9);
        assertThat(alice.counts().deleted()).isEqualTo(1);
        assertThat(alice.counts().byField().get(Criterion.Field.STATUS)).containsEntry("open", 1L);
    }
}
