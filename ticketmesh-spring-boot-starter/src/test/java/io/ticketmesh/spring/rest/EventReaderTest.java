package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.spring.access.TicketCaller;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.TicketFilter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private final TicketMesh node = TicketMesh.open(builder -> {});

    @AfterEach
    void close() {
        node.close();
    }

    private List<TicketNews> told(TicketFilter filter, boolean seesInternal) {
        return told(filter, (caller, action, ticket) -> seesInternal || action != TicketAction.READ_INTERNAL);
    }

    private List<TicketNews> told(TicketFilter filter, TicketAuthorizer authorizer) {
        Rights rights = new Rights(node.service(), authorizer, new TicketCaller("bob", null, Set.of()));
        EventReader reader = new EventReader(node.service(), filter, rights);
        return node.service().feed().read(VersionVector.EMPTY, 100).news().stream()
                .map(reader::share)
                .filter(Objects::nonNull)
                .toList();
    }

    private TicketFilter words(String query) {
        Criteria criteria = new Criteria(node.service().workflow(), "alice", Instant.EPOCH);
        criteria.query(query);
        return criteria.filter();
    }

    @Test
    void internalCommentsAreForThoseWhoMaySeeThem() {
        String id = node.tickets("alice").create("Printer").id().toString();
        node.tickets("alice").comment(id, "The boss broke it", CommentKind.INTERNAL);

        assertThat(told(TicketFilter.EVERYTHING, true))
                .extracting(TicketNews::type)
                .containsExactly(NewsType.CREATED, NewsType.COMMENTED);
        assertThat(told(TicketFilter.EVERYTHING, false))
                .extracting(TicketNews::type)
                .containsExactly(NewsType.CREATED);
    }

    @Test
    void noFilterShowsWhatAnInternalCommentSays() {
        String id = node.tickets("alice").create("Printer").id().toString();
        node.tickets("alice").comment(id, "The boss broke it", CommentKind.INTERNAL);
        node.tickets("alice").tag(id, "broken");

        assertThat(told(words("boss"), true)).isNotEmpty();
        assertThat(told(words("boss"), false)).isEmpty();
    }
}
