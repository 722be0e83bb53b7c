package io.ticketmesh.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);
    private static final CommentId COMMENT = CommentId.timeOrdered(TestPeer.BEGINNING_MILLIS, 1, 1);

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");

    private static Feed feedOf(TestPeer peer) {
        return new Feed(peer.store(), () -> Set.of(peer.origin()));
    }

    private static List<TicketNews> all(TestPeer peer) {
        return feedOf(peer).read(VersionVector.EMPTY, 1_000).news();
    }

    private static List<NewsType> types(List<TicketNews> news) {
        return news.stream().map(TicketNews::type).toList();
    }

    @Test
    void everyVerbHasItsWord() {
        alice.propose(MOUSE, new CreateTicket("Mouse"));
        for (Change change : List.of(
                new CreateTicket("Printer"),
                new SetTitle("Printer on fire"),
                new AddComment(COMMENT, CommentKind.PUBLIC, "Help"),
                new EditComment(COMMENT, "Help!"),
                new DeleteTicket(),
                new RestoreTicket(),
                new MergeInto(MOUSE),
                new MergeInto(null))) {
            alice.propose(PRINTER, change);
        }
        assertThat(types(all(alice)))
                .containsExactly(
                        NewsType.CREATED,
                        NewsType.CREATED,
                        NewsType.UPDATED,
                        NewsType.COMMENTED,
                        NewsType.UPDATED,
                        NewsType.DELETED,
                        NewsType.RESTORED,
                        NewsType.MERGED,
                        NewsType.UPDATED);
        assertThat(NewsType.CREATED.label()).isEqualTo("ticket.created");
    }

    @Test
    void newsSayWhatIsDifferentFromBefore() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        VersionVector seen = alice.store().version();
        Operation operation = alice.propose(PRINTER, new SetTitle("Printer on fire"), new AddTag("fire"));

        List<TicketNews> news = feedOf(alice).read(seen, 10).news();
        String json = JsonWriter.text(writer -> NewsJson.write(writer, news.get(0)));

        assertThat(news).hasSize(1);
        assertThat(news.get(0).seen()).isEqualTo(alice.store().version());
        assertThat(json)
                .isEqualTo("{\"eventId\":\"" + operation.id() + "\",\"ticketId\":\"" + PRINTER + "\",\"key\":\""
                        + PRINTER.key() + "\",\"type\":\"ticket.updated\",\"actor\":\"alice\",\"origin\":\""
                        + alice.node() + "\",\"at\":\"2026-01-01T00:00:00.000Z\",\"etag\":\""
                        + alice.ticket(PRINTER).etag()
                        + "\",\"changes\":[{\"field\":\"title\",\"old\":\"Printer\",\"new\":\"Printer on fire\"},"
                        + "{\"field\":\"tags\",\"old\":null,\"new\":[\"fire\"]}]}");
    }

    @Test
    void whatComesLateAndHadLostIsToldWithoutAChange() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        TestPeer.deliver(alice, bob);
        bob.moveClock(-1_000);
        bob.propose(PRINTER, new SetTitle("Printer smokes"));
        alice.tick(5);
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        VersionVector seen = alice.store().version();
        TestPeer.deliver(alice, bob);

        List<TicketNews> late = feedOf(alice).read(seen, 10).news();

        assertThat(late).hasSize(1);
        assertThat(late.get(0).changes()).isEmpty();
        assertThat(late.get(0).ticket().etag()).isEqualTo(alice.ticket(PRINTER).etag());
    }

    @Test
    void internalCommentsAreNotForEverybody() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.INTERNAL, "The boss broke it"));
        alice.propose(PRINTER, new EditComment(COMMENT, "Somebody broke it"));
        CommentId second = CommentId.timeOrdered(TestPeer.BEGINNING_MILLIS, 2, 2);
        alice.propose(PRINTER, new SetTitle("Broken"), new AddComment(second, CommentKind.INTERNAL, "The boss"));

        List<TicketNews> told = all(alice);
        List<TicketNews> shown = told.stream()
                .map(TicketNews::publicly)
                .filter(news -> news != null)
                .toList();

        assertThat(types(told))
                .containsExactly(NewsType.CREATED, NewsType.COMMENTED, NewsType.UPDATED, NewsType.COMMENTED);
        assertThat(types(shown)).containsExactly(NewsType.CREATED, NewsType.UPDATED);
        String json = JsonWriter.text(writer -> NewsJson.write(writer, shown.get(1)));
        assertThat(json).contains("Broken").doesNotContain("boss").doesNotContain("comment");
    }

    @Test
    void aRedactedCommentIsNotToldAgain() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "My password is swordfish"));
        alice.propose(PRINTER, new RedactComment(COMMENT));
        all(alice)
                .forEach(news -> assertThat(JsonWriter.text(writer -> NewsJson.write(writer, news)))
                        .doesNotContain("swordfish"));
    }

    @Test
    void ofAPurgedTicketOnlyThePurgeIsTold() {
        alice.propose(PRINTER, new CreateTicket("Secret"));
        alice.propose(PRINTER, new SetTitle("Very secret"));
        alice.propose(PRINTER, new PurgeTicket());
        alice.propose(MOUSE, new CreateTicket("Mouse"));

        FeedPage page = feedOf(alice).read(VersionVector.EMPTY, 10);

        assertThat(types(page.news())).containsExactly(NewsType.PURGED, NewsType.CREATED);
        assertThat(page.news().get(0).publicly()).isSameAs(page.news().get(0));
        assertThat(JsonWriter.text(writer -> NewsJson.write(writer, page.news().get(0))))
                .contains("ticket.purged", "\"etag\":null")
                .doesNotContain("ecret");
    }

    @Test
    void whatCameBySnapshotIsAGapAndNotSilence() {
        TestPeer carol = TestPeer.keeping("carol", 2);
        for (int number = 1; number <= 100; number++) {
            carol.propose(TestPeer.ticketId(number), new CreateTicket("Ticket " + number));
        }
        FeedPage page = feedOf(carol).read(VersionVector.EMPTY, 10);
        assertThat(page.gap()).isTrue();
        assertThat(page.news()).isEmpty();
        assertThat(page.seen()).isEqualTo(carol.store().version());

        VersionVector near = VersionVector.of(Map.of(carol.origin(), 98L));
        assertThat(feedOf(carol).read(near, 10).news()).hasSize(2);
    }

    /** Two peers write while a reader goes from one to the other, at any moment, with nothing but the mark of the last thing it was told. */
    @Test
    void aReaderWhoChangesNodesMissesNothingAndSeesCausesFirst() {
        for (int seed = 0; seed < 60; seed++) {
            new Wandering(seed).run();
        }
    }

    private static final class Wandering {
        private final Random random;
        private final List<TestPeer> peers = List.of(TestPeer.named("alice"), TestPeer.named("bob"));
        private final Map<OperationId, Operation> written = new HashMap<>();
        private final List<TicketNews> told = new ArrayList<>();
        private String mark =
                FeedMark.of(VersionVector.EMPTY, VersionVector.EMPTY, Set.of()).toString();

        Wandering(int seed) {
            random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < 300; step++) {
                TestPeer peer = peers.get(random.nextInt(2));
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> write(peer);
                    case 4 -> TestPeer.deliver(peers.get(0), peers.get(1));
                    case 5 -> peer.moveClock(random.nextInt(200) - 80);
                    case 6 -> restart(peer);
                    default -> listen(peer, 1 + random.nextInt(5));
                }
            }
            TestPeer.talk(120_000, peers.get(0), peers.get(1));
            assertThat(peers.get(0).store().version())
                    .isEqualTo(peers.get(1).store().version());
            for (int i = 0; i < 2_000; i++) {
                listen(peers.get(random.nextInt(2)), 5);
            }
            check();
        }

        private void restart(TestPeer peer) {
            if (random.nextInt(3) == 0) {
                peer.tick(5);
                peer.restart();
            }
        }

        private void write(TestPeer peer) {
            TicketId id = TestPeer.ticketId(random.nextInt(5));
            boolean born = peer.ticket(id).isBorn();
            Change change = born ? new SetTitle("Title " + written.size()) : new CreateTicket("Ticket " + id);
            if (born || !hasAnybody(id)) {
                Operation operation = peer.propose(id, change);
                written.put(operation.id(), operation);
            }
        }

        private boolean hasAnybody(TicketId id) {
            return peers.stream().anyMatch(peer -> peer.ticket(id).isBorn());
        }

        private void listen(TestPeer peer, int max) {
            VersionVector held = peer.store().version();
            VersionVector seen = FeedMark.parse(mark).completedBy(held);
            if (seen != null && held.dominates(seen)) {
                Feed feed = feedOf(peer);
                FeedPage page = feed.read(seen, max);
                assertThat(page.gap()).isFalse();
                int until = page.news().isEmpty()
                        ? 0
                        : 1 + random.nextInt(page.news().size());
                told.addAll(page.news().subList(0, until));
                VersionVector reached = until == page.news().size()
                        ? page.seen()
                        : page.news().get(until - 1).seen();
                mark = feed.mark(reached).toString();
            }
        }

        private void check() {
            Set<OperationId> before = new HashSet<>();
            Map<TicketId, TicketNews> last = new HashMap<>();
            for (TicketNews news : told) {
                assertThat(before.add(news.operation().id())).as("told once").isTrue();
                news.operation()
                        .seen()
                        .forEach((origin, sequence) -> assertThat(before.contains(new OperationId(origin, sequence)))
                                .as("the cause comes first")
                                .isTrue());
                last.put(news.ticketId(), news);
            }
            assertThat(before).isEqualTo(written.keySet());
            last.forEach((id, news) -> assertThat(news.ticket().etag())
                    .isEqualTo(peers.get(0).ticket(id).etag()));
        }
    }

    @Test
    void whoGoesOnIsToldTheSameAsWhoComesAnew() {
        Random random = new Random(20);
        Feed feed = feedOf(alice);
        VersionVector seen = VersionVector.EMPTY;
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.propose(MOUSE, new CreateTicket("Mouse"));
        TestPeer.deliver(alice, bob);
        for (int round = 0; round < 300; round++) {
            TestPeer writer = random.nextBoolean() ? alice : bob;
            TicketId ticket = random.nextBoolean() ? PRINTER : MOUSE;
            RandomEdits.propose(writer, ticket, random, round);
            if (random.nextInt(3) == 0) {
                TestPeer.deliver(alice, bob);
            }
            int most = 1 + random.nextInt(5);
            FeedPage anew = feedOf(alice).read(seen, most);
            FeedPage page = feed.read(seen, most);
            assertThat(page).as("round " + round).isEqualTo(anew);
            seen = page.seen();
        }
    }

    @Test
    void aTextThatIsRedactedLaterIsNotToldToWhoGoesOn() {
        Feed feed = feedOf(alice);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        VersionVector seen = feed.read(VersionVector.EMPTY, 10).seen();
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "my password is 1234"));
        alice.propose(PRINTER, new EditComment(COMMENT, "my password is 12345"));
        alice.propose(PRINTER, new RedactComment(COMMENT));

        for (int page = 0; page < 3; page++) {
            FeedPage read = feed.read(seen, 1);
            assertThat(read.news()).hasSize(1);
            assertThat(read.news().toString()).contains("comments");
            assertThat(read.news().get(0).changes().toString()).doesNotContain("password");
            seen = read.seen();
        }
    }

    @Test
    void ofATicketThatIsPurgedMeanwhileOnlyThatIsToldToWhoGoesOn() {
        Feed feed = feedOf(alice);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        VersionVector seen = feed.read(VersionVector.EMPTY, 10).seen();
        alice.propose(PRINTER, new SetTitle("Secret"));
        alice.propose(PRINTER, new PurgeTicket());

        assertThat(types(feed.read(seen, 10).news())).containsExactly(NewsType.PURGED);
    }

    @Test
    void aLongHistoryIsReadOnceByWhoListens() {
        CountingReader reader = new CountingReader(alice.store());
        Feed feed = new Feed(reader.reader(), () -> Set.of(alice.origin()));
        alice.propose(PRINTER, new CreateTicket("Printer"));
        VersionVector seen = feed.read(VersionVector.EMPTY, 10).seen();
        for (int edit = 0; edit < 100; edit++) {
            alice.propose(PRINTER, new SetTitle("Printer " + edit));
            FeedPage page = feed.read(seen, 10);
            assertThat(page.news()).hasSize(1);
            assertThat(page.news().get(0).changes().get(0).before())
                    .isEqualTo(edit == 0 ? "Printer" : "Printer " + (edit - 1));
            seen = page.seen();
        }
        assertThat(reader.histories()).isEqualTo(1);
    }
}
