package io.ticketmesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryStoreAnswersTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);

    private final TestPeer alice = TestPeer.named("alice");

    /** Tickets whose times and priorities often coincide. */
    private void manyTickets(int count) {
        Random random = new Random(1);
        for (int i = 1; i <= count; i++) {
            TicketId id = TicketId.timeOrdered(random.nextInt(5), random.nextLong(), random.nextLong());
            alice.propose(id, new CreateTicket("Ticket " + i), new SetPriority(Priority.ALL.get(random.nextInt(4))));
            if (random.nextBoolean()) {
                alice.ask(Proposal.of(
                        id, "alice", List.of(new SetDue(new Due.At(Instant.ofEpochSecond(random.nextInt(3)))))));
            }
            alice.moveClock(random.nextInt(2));
        }
    }

    private List<Ticket> readAll(TicketQuery query) {
        List<Ticket> read = new ArrayList<>();
        TicketPage page = alice.store().page(query);
        read.addAll(page.tickets());
        while (page.next() != null) {
            page = alice.store().page(query.at(page.next()));
            read.addAll(page.tickets());
        }
        return read;
    }

    @ParameterizedTest
    @EnumSource(SortKey.By.class)
    void pagesPutTogetherAreTheWholeListOnceInEitherDirection(SortKey.By by) {
        manyTickets(23);
        for (boolean descending : new boolean[] {true, false}) {
            TicketQuery query = new TicketQuery(
                    TicketFilter.EVERYTHING, List.of(new SortKey(by, descending)), 5, null, true, false);

            List<Ticket> read = readAll(query);

            assertThat(read).hasSize(23).doesNotHaveDuplicates();
            assertThat(read).isSortedAccordingTo(query.order());
        }
    }

    @Test
    void whoGoesBackSeesThePagesThatWereBefore() {
        manyTickets(23);
        TicketQuery query = TicketQuery.newest(5);
        List<List<Ticket>> forward = new ArrayList<>();
        TicketPage page = alice.store().page(query);
        forward.add(page.tickets());
        while (page.next() != null) {
            page = alice.store().page(query.at(page.next()));
            forward.add(page.tickets());
        }
        assertThat(forward).hasSize(5);
        for (int i = forward.size() - 2; i >= 0; i--) {
            PageCursor back = page.previous();
            assertThat(back).isNotNull();
            page = alice.store().page(query.at(back));
            assertThat(page.tickets()).isEqualTo(forward.get(i));
        }
        assertThat(page.previous()).isNull();
    }

    @Test
    void aPageGoesOnBehindATicketThatIsGone() {
        manyTickets(7);
        TicketQuery query = TicketQuery.newest(3);
        TicketPage first = alice.store().page(query);
        List<Ticket> before = readAll(query);
        alice.propose(first.tickets().get(2).id(), new PurgeTicket());

        assertThat(alice.store().page(query.at(first.next())).tickets())
                .extracting(Ticket::id)
                .isEqualTo(before.subList(3, 6).stream().map(Ticket::id).toList());
    }

    @Test
    void theTotalIsCountedWhenAskedFor() {
        manyTickets(7);
        TicketQuery counting = new TicketQuery(TicketFilter.LIVING, List.of(SortKey.NEWEST_FIRST), 3, null, true, true);

        assertThat(alice.store().page(counting).total()).isEqualTo(7);
        assertThat(alice.store().page(TicketQuery.newest(3)).total()).isNull();
    }

    @Test
    void anEmptyListIsOnePageWithoutNeighbours() {
        TicketPage page = alice.store().page(TicketQuery.newest(3));

        assertThat(page.tickets()).isEmpty();
        assertThat(page.next()).isNull();
        assertThat(page.previous()).isNull();
    }

    @Test
    void deletedTicketsAreCountedApart() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"), new SetStatus(Status.OPEN));
        alice.propose(MOUSE, new CreateTicket("Mouse squeaks"));
        alice.propose(MOUSE, new DeleteTicket());

        assertThat(alice.store().counts().living()).isEqualTo(1);
        assertThat(alice.store().counts().deleted()).isEqualTo(1);
        assertThat(alice.store().counts().byField().get(Criterion.Field.STATUS)).isEqualTo(Map.of("open", 1L));
        assertThat(alice.store().page(TicketQuery.newest(5)).tickets()).hasSize(1);
    }

    @Test
    void aTicketIsFoundByItsKeyAndThoseAroundIt() {
        manyTickets(20);
        List<TicketKey> keys = alice.store().withKeys(TicketKey.first("0"), TicketKey.last("Z"), 100).stream()
                .map(TicketId::key)
                .toList();

        assertThat(keys).hasSize(20).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(alice.store().withKeys(keys.get(3), keys.get(5), 100)).hasSize(3);
        assertThat(alice.store().withKeys(TicketKey.first("0"), TicketKey.last("Z"), 7))
                .hasSize(7);
    }

    @Test
    void referencesAreFoundFromTheirTargets() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.propose(MOUSE, new CreateTicket("Mouse"), new AddLink(LinkType.BLOCKS, PRINTER), new MergeInto(PRINTER));

        assertThat(alice.store().linkingTo(PRINTER, 5)).containsExactly(MOUSE);
        assertThat(alice.store().mergedInto(PRINTER, 5)).containsExactly(MOUSE);
        alice.propose(MOUSE, new MergeInto(null));
        assertThat(alice.store().mergedInto(PRINTER, 5)).isEmpty();
    }

    @Test
    void theListOfChangesIsReadInParts() {
        long before = alice.store().position();
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.propose(MOUSE, new CreateTicket("Mouse squeaks"));
        alice.propose(PRINTER, new RecordOccurrences(1));

        List<TicketId> changed = new ArrayList<>();
        long place = before;
        while (place < alice.store().position()) {
            ChangedTickets part = alice.store().changedSince(place, 1);
            changed.addAll(part.tickets());
            place = part.next();
        }
        assertThat(changed).containsExactly(PRINTER, MOUSE, PRINTER);
        assertThat(alice.store().changedSince(place, 10).tickets()).isEmpty();
    }

    @Test
    void statesComeInTheOrderOfIdsWithTombstonesAmongThem() {
        manyTickets(20);
        List<TicketId> ids =
                alice.store().states(null, 100).stream().map(TicketState::id).toList();
        alice.propose(ids.get(4), new PurgeTicket());

        List<TicketState> read = new ArrayList<>(alice.store().states(null, 3));
        while (true) {
            List<TicketState> more =
                    alice.store().states(read.get(read.size() - 1).id(), 3);
            if (more.isEmpty()) {
                break;
            }
            read.addAll(more);
        }
        assertThat(read).extracting(TicketState::id).isEqualTo(ids).isSorted();
        assertThat(read.get(4)).isInstanceOf(TicketState.Purged.class);
    }

    @Test
    void onlyTheNewestOperationsOfAnOriginAreServedWhenFewAreKept() {
        TestPeer bob = TestPeer.keeping("bob", 3);
        bob.propose(PRINTER, new CreateTicket("Printer jams"));
        for (int i = 0; i < 9; i++) {
            bob.propose(PRINTER, new RecordOccurrences(1));
        }

        assertThat(bob.store().floor().get(bob.origin())).isEqualTo(7);
        assertThat(bob.store().operations(bob.origin(), 8, 100))
                .extracting(operation -> operation.id().sequence())
                .containsExactly(8L, 9L, 10L);
        assertThat(bob.store().operations(bob.origin(), 9, 1)).hasSize(1);
        assertThat(bob.store().history(PRINTER)).hasSize(10);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        MemoryStore copy = alice.store().copy();
        alice.propose(PRINTER, new SetTitle("Printer burns"));

        assertThat(copy.ticket(PRINTER).orElseThrow().title().or("")).isEqualTo("Printer jams");
        assertThat(copy.history(PRINTER)).hasSize(1);
        assertThat(copy.version().get(alice.origin())).isEqualTo(1);
        assertThat(copy.node()).isEqualTo(alice.store().node());
        assertThat(copy.incarnation()).isEqualTo(alice.store().incarnation());
        assertThat(copy.clockBound()).isEqualTo(alice.store().clockBound());
    }

    @Test
    void ofSeveralReceiptsOfOneRequestTheNewestCounts() {
        RequestKey key = new RequestKey(1, 2, 3);
        TestPeer bob = TestPeer.named("bob");
        alice.ask(Proposal.of(PRINTER, "alice", List.of(new CreateTicket("Printer")))
                .under(key));
        bob.moveClock(5);
        bob.ask(Proposal.of(MOUSE, "bob", List.of(new CreateTicket("Mouse"))).under(new RequestKey(1, 2, 4)));
        TestPeer.deliver(alice, bob);

        assertThat(alice.store().receipt(key)).isEqualTo(bob.store().receipt(key));
        assertThat(alice.store().receipt(key).orElseThrow().ticket()).isEqualTo(MOUSE);
    }

    @Test
    void receiptsAreForgottenInTheEnd() {
        RequestKey key = new RequestKey(1, 2, 3);
        alice.ask(Proposal.of(PRINTER, "alice", List.of(new CreateTicket("Printer")))
                .under(key));

        alice.moveClock(2 * RequestKey.KEPT_MILLIS);
        alice.propose(PRINTER, new RecordOccurrences(1));

        assertThat(alice.store().receipt(key)).isEmpty();
    }

    @Test
    void nothingOfAPurgedTicketIsServed() {
        CommentId comment = CommentId.timeOrdered(1, 1, 1);
        alice.propose(
                PRINTER, new CreateTicket("Printer jams"), new AddComment(comment, CommentKind.PUBLIC, "Since Monday"));
        alice.propose(PRINTER, new PurgeTicket());

        assertThat(alice.store().ticket(PRINTER)).isEmpty();
        assertThat(alice.store().comment(PRINTER, comment)).isEmpty();
        assertThat(alice.store().comments(PRINTER)).isEmpty();
        assertThat(alice.store().history(PRINTER)).isEmpty();
        assertThat(alice.store().withKeys(TicketKey.first("0"), TicketKey.last("Z"), 9))
                .isEmpty();
        assertThat(alice.store().counts().living()).isZero();
    }
}
