package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.crdt.LatticeLaws;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of one ticket as they come about on three peers that hear some of each other: all such copies keep the laws. */
class TicketLawsTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);
    private static final CommentId COMMENT = CommentId.timeOrdered(1, 1, 1);

    private final List<TestPeer> peers =
            List.of(TestPeer.named("alice"), TestPeer.named("bob"), TestPeer.named("carol"));
    private final Map<Ticket, List<Comment>> copies =
            new TreeMap<>((one, two) -> one.equals(two) ? 0 : one.etag().compareTo(two.etag()));

    private void liveThrough(long seed) {
        Random random = new Random(seed);
        peers.get(0).propose(MOUSE, new CreateTicket("Mouse squeaks"));
        peers.get(0)
                .propose(
                        PRINTER,
                        new CreateTicket("Printer jams"),
                        new AddComment(COMMENT, CommentKind.PUBLIC, "Hello"));
        TestPeer.deliver(peers.toArray(TestPeer[]::new));
        for (int step = 0; step < 40; step++) {
            TestPeer peer = peers.get(random.nextInt(3));
            if (random.nextInt(4) == 0) {
                peer.moveClock(random.nextInt(3));
            }
            peer.ask(Proposal.of(PRINTER, peer.toString().substring(0, 3), List.of(change(random))));
            if (random.nextInt(3) == 0) {
                TestPeer.Sent sent = peer.sent();
                peers.get(random.nextInt(3)).receive(sent);
                if (random.nextBoolean()) {
                    peers.get(random.nextInt(3)).receive(sent);
                }
            }
            if (step % 3 == 0) {
                copies.put(peer.ticket(PRINTER), peer.store().comments(PRINTER));
            }
        }
    }

    private static Change change(Random random) {
        boolean coin = random.nextBoolean();
        return switch (random.nextInt(26)) {
            case 0 -> new SetTitle("t" + random.nextInt(3));
            case 1 -> new SetDescription("d" + random.nextInt(3));
            case 2 -> new SetStatus(coin ? Status.OPEN : Status.RESOLVED);
            case 3 -> new SetPriority(Priority.ALL.get(random.nextInt(4)));
            case 4 -> new SetAssignee(coin ? "ada" : null);
            case 5 -> new SetType(coin ? "bug" : "task");
            case 6 -> new SetQueue(coin ? "mail" : "phone");
            case 7 -> new SetReporter(coin ? "ada" : "ben");
            case 8 -> new AddTag(coin ? "Paper" : "paper");
            case 9 -> new RemoveTag("PAPER");
            case 10 -> new AddWatcher(coin ? "ada" : "ben");
            case 11 -> new RemoveWatcher(coin ? "ada" : "ben");
            case 12 -> new AddLink(LinkType.BLOCKS, MOUSE);
            case 13 -> new RemoveLink(LinkType.BLOCKS, MOUSE);
            case 14 -> new MergeInto(coin ? MOUSE : null);
            case 15 -> new SetDue(coin ? Due.NEVER : new Due.On(LocalDate.of(2026, 1, 1)));
            case 16 -> new SetCustomField("room", coin ? FieldValue.ABSENT : new FieldValue.Text("7"));
            case 17 -> new SetExternalId(coin ? "X-1" : "X-2");
            case 18 -> new RecordOccurrences(1 + random.nextInt(3));
            case 19 -> coin ? new DeleteTicket() : new RestoreTicket();
            case 20 -> new RestoreTicket();
            case 21 ->
                new AddComment(
                        CommentId.timeOrdered(2, random.nextInt(3), 0),
                        coin ? CommentKind.PUBLIC : CommentKind.INTERNAL,
                        "c");
            case 22 -> new EditComment(COMMENT, "e" + random.nextInt(3));
            case 23 -> coin ? new RedactTicket() : new SetTitle("u");
            case 24 -> new SetCustomField("room", new FieldValue.Text("8"));
            default -> coin ? new RedactComment(COMMENT) : new EditComment(COMMENT, "f");
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void copiesOfATicketKeepTheLaws(long seed) {
        liveThrough(seed);

        assertThat(copies).hasSizeGreaterThan(4);
        LatticeLaws.assertLaws(List.copyOf(copies.keySet()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void copiesOfACommentKeepTheLaws(long seed) {
        liveThrough(seed);

        List<Comment> comments = new ArrayList<>();
        copies.values()
                .forEach(each -> each.stream()
                        .filter(comment -> comment.id().equals(COMMENT))
                        .forEach(comments::add));
        LatticeLaws.assertLaws(comments.stream().distinct().toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mergingStatesGivesWhatTheOperationsGive(long seed) {
        liveThrough(seed);
        Ticket merged = peers.stream()
                .map(peer -> peer.ticket(PRINTER))
                .reduce(Ticket::merge)
                .orElseThrow();

        TestPeer.talk(10_000, peers.toArray(TestPeer[]::new));

        for (TestPeer peer : peers) {
            assertThat(peer.ticket(PRINTER)).isEqualTo(merged);
            assertThat(peer.ticket(PRINTER).etag()).isEqualTo(merged.etag());
            assertThat(peer.ticket(PRINTER).fingerprint()).isEqualTo(merged.fingerprint());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void tombstonesKeepTheLaws(long seed) {
        liveThrough(seed);
        peers.forEach(peer -> {
            peer.moveClock(seed);
            peer.propose(PRINTER, new PurgeTicket());
        });

        List<Tombstone> tombstones = peers.stream()
                .map(peer -> peer.store().tombstone(PRINTER).orElseThrow())
                .toList();
        LatticeLaws.assertLaws(tombstones);
    }
}
