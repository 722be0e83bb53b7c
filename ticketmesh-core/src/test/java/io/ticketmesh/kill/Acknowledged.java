package io.ticketmesh.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What victims printed about one directory, to be held against what the directory holds. */
final class Acknowledged {
    private static final int SEARCHED = 20;

    /** So often a search may wait its two seconds for the index. */
    private static final int REBUILD_PATIENCE = 60;

    private final Map<String, String> written = new HashMap<>();
    private final Map<String, List<String>> comments = new HashMap<>();

    /** Notes a line; a last line without its end is no acknowledgement and does not come here. */
    void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("written")) {
            written.put(words[1], words[2]);
        } else if (words[0].equals("commented")) {
            comments.computeIfAbsent(words[1], id -> new ArrayList<>()).add(words[2]);
        }
    }

    int size() {
        return written.size();
    }

    /** Nothing acknowledged is lost, nothing is half there, and every list agrees with every ticket. */
    void requireAllIn(TicketMesh mesh) {
        Tickets tickets = mesh.tickets("checker");
        written.forEach((id, token) -> requireAtLeast(tickets.get(id), token, tickets));
        comments.forEach((id, texts) -> assertThat(tickets.comments(id))
                .extracting(CommentView::body)
                .as("comments of %s", id)
                .containsAll(texts));
        Map<String, String> listed = new HashMap<>();
        PageCursor cursor = null;
        do {
            TicketList page =
                    tickets.query(TicketQuery.of(TicketFilter.LIVING, 100).at(cursor));
            for (TicketView ticket : page.items()) {
                requireWhole(ticket);
                assertThat(listed.put(ticket.id().toString(), ticket.title()))
                        .as("listed once")
                        .isNull();
            }
            cursor = page.next();
        } while (cursor != null);
        assertThat(listed.keySet()).containsAll(written.keySet());
        assertThat(tickets.counts().living()).isEqualTo(listed.size());
        requireFound(tickets, listed);
    }

    /** The search index, which nobody closed, holds every ticket again, and as it is. */
    private static void requireFound(Tickets tickets, Map<String, String> titles) {
        assertThat(search(tickets, "-neverwritten").total()).as("found in all").isEqualTo((long) titles.size());
        titles.entrySet().stream()
                .limit(SEARCHED)
                .forEach(ticket -> assertThat(
                                search(tickets, '"' + ticket.getValue() + '"').items())
                        .as("found by '%s'", ticket.getValue())
                        .extracting(found -> found.id().toString())
                        .containsExactly(ticket.getKey()));
    }

    private static TicketList search(Tickets tickets, String text) {
        TicketFilter filter = new Criteria(Workflow.standard(), null, Instant.now())
                .query(text)
                .filter();
        TicketQuery query = new TicketQuery(filter, List.of(), 10, null, true, true);
        return Stream.generate(() -> tickets.query(query))
                .limit(REBUILD_PATIENCE)
                .filter(TicketList::complete)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the search index is not built again in time"));
    }

    /** The ticket shows the last acknowledged write, or a later one that was stored but not acknowledged any more. */
    private static void requireAtLeast(TicketView ticket, String token, Tickets tickets) {
        requireWhole(ticket);
        if (!ticket.title().equals(token)) {
            boolean overwritten = tickets.history(ticket.id().toString()).stream()
                    .flatMap(entry -> entry.changes().stream())
                    .anyMatch(change -> change.field().equals("title") && token.equals(change.before()));
            assertThat(overwritten)
                    .as("%s shows %s; the acknowledged %s was overwritten later", ticket.id(), ticket.title(), token)
                    .isTrue();
        }
    }

    /** All three places of a write show the same token: it is all there. */
    private static void requireWhole(TicketView ticket) {
        assertThat(ticket.description()).as("description of %s", ticket.id()).isEqualTo(ticket.title());
        assertThat(ticket.customFields())
                .as("custom fields of %s", ticket.id())
                .containsEntry("token", new FieldValue.Text(ticket.title()));
    }
}
