package io.ticketmesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks two stores everything that can be asked, and wants the same answers. */
public final class SameStores {
    private SameStores() {}

    /** All methods but {@link ReplicaReader#page}. */
    public static void assertSame(ReplicaReader expected, ReplicaReader actual, List<TicketId> known) {
        assertThat(actual.node()).isEqualTo(expected.node());
        assertThat(actual.incarnation()).isEqualTo(expected.incarnation());
        assertThat(actual.version()).isEqualTo(expected.version());
        assertThat(actual.floor()).isEqualTo(expected.floor());
        assertThat(actual.ahead()).isEqualTo(expected.ahead());
        assertThat(actual.clockBound()).isEqualTo(expected.clockBound());
        assertThat(actual.roster()).isEqualTo(expected.roster());
        assertThat(actual.buckets()).isEqualTo(expected.buckets());
        assertThat(actual.counts()).isEqualTo(expected.counts());
        for (TicketId id : known) {
            assertSameTicket(expected, actual, id);
        }
        assertThat(allAttached(actual)).isEqualTo(allAttached(expected));
        assertThat(allStates(actual)).isEqualTo(allStates(expected));
        assertThat(allTickets(actual)).isEqualTo(allTickets(expected));
        assertThat(allChanges(actual)).isEqualTo(allChanges(expected));
        TicketKey first = new TicketKey(0);
        TicketKey last = new TicketKey((1L << 40) - 1);
        assertThat(actual.withKeys(first, last, 10_000)).isEqualTo(expected.withKeys(first, last, 10_000));
        expected.version()
                .forEach((origin, sequence) ->
                        assertThat(allOperations(actual, origin)).isEqualTo(allOperations(expected, origin)));
    }

    private static void assertSameTicket(ReplicaReader expected, ReplicaReader actual, TicketId id) {
        assertThat(actual.ticket(id)).isEqualTo(expected.ticket(id));
        assertThat(actual.tombstone(id)).isEqualTo(expected.tombstone(id));
        assertThat(actual.comments(id)).isEqualTo(expected.comments(id));
        expected.comments(id)
                .forEach(comment -> assertThat(actual.comment(id, comment.id())).contains(comment));
        assertThat(actual.history(id)).isEqualTo(expected.history(id));
        assertThat(actual.linkingTo(id, 3)).isEqualTo(expected.linkingTo(id, 3));
        assertThat(actual.mergedInto(id, 100)).isEqualTo(expected.mergedInto(id, 100));
        expected.ticket(id).stream()
                .flatMap(ticket -> ticket.attachedHashes().stream())
                .forEach(hash ->
                        assertThat(actual.withAttachment(hash, 100)).isEqualTo(expected.withAttachment(hash, 100)));
        assertThat(actual.withKeys(id.key(), id.key(), 10)).isEqualTo(expected.withKeys(id.key(), id.key(), 10));
        for (Operation operation : expected.history(id)) {
            RequestKey request = operation.request();
            if (request != null) {
                assertThat(actual.receipt(request)).isEqualTo(expected.receipt(request));
            }
        }
    }

    /** Pages of a random list, forward to its end and back. */
    public static void assertSamePages(
            ReplicaReader expected, Function<TicketQuery, TicketPage> actual, TicketQuery query) {
        @Nullable PageCursor cursor = null;
        @Nullable PageCursor back = null;
        int pages = 0;
        do {
            TicketPage page = assertSamePage(expected, actual, query.at(cursor));
            back = page.previous();
            cursor = page.next();
        } while (cursor != null && pages++ < 12);
        pages = 0;
        while (back != null && pages++ < 12) {
            back = assertSamePage(expected, actual, query.at(back)).previous();
        }
        List<TicketId> all = expected.withKeys(new TicketKey(0), new TicketKey((1L << 40) - 1), 10_000);
        if (!all.isEmpty()) {
            // a cursor of a row that is not in the list
            Random random = new Random(query.hashCode());
            Ticket any = expected.ticket(all.get(random.nextInt(all.size()))).orElseThrow();
            assertSamePage(expected, actual, query.at(query.after(any)));
            assertSamePage(expected, actual, query.at(query.before(any)));
        }
    }

    private static TicketPage assertSamePage(
            ReplicaReader expected, Function<TicketQuery, TicketPage> actual, TicketQuery query) {
        TicketPage wanted = expected.page(query);
        TicketPage found = actual.apply(query);
        assertThat(found.tickets().stream().map(Ticket::id))
                .as("tickets of %s", query)
                .isEqualTo(wanted.tickets().stream().map(Ticket::id).toList());
        assertThat(found).as("page of %s", query).isEqualTo(wanted);
        return wanted;
    }

    private static List<Attachment> allAttached(ReplicaReader store) {
        List<Attachment> all = new ArrayList<>();
        List<Attachment> part = store.attachedAfter(null, 3);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = store.attachedAfter(all.get(all.size() - 1).hash(), 3);
        }
        return all;
    }

    private static List<TicketState> allStates(ReplicaReader store) {
        List<TicketState> all = new ArrayList<>();
        @Nullable TicketId after = null;
        List<TicketState> part = store.states(after, 7);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = store.states(all.get(all.size() - 1).id(), 7);
        }
        return all;
    }

    private static List<TicketId> allTickets(ReplicaReader store) {
        List<TicketId> all = new ArrayList<>();
        List<TicketId> part = store.ticketsAfter(null, 3);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = store.ticketsAfter(all.get(all.size() - 1), 3);
        }
        return all;
    }

    private static List<TicketId> allChanges(ReplicaReader store) {
        List<TicketId> all = new ArrayList<>();
        ChangedTickets part = store.changedSince(0, 5);
        all.addAll(part.tickets());
        while (part.next() < store.position()) {
            part = store.changedSince(part.next(), 5);
            all.addAll(part.tickets());
        }
        return all;
    }

    private static List<Operation> allOperations(ReplicaReader store, Origin origin) {
        List<Operation> all = new ArrayList<>();
        long first = store.floor().get(origin) + 1;
        List<Operation> part = store.operations(origin, first, 4);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = store.operations(origin, first + all.size(), 4);
        }
        return all;
    }
}
