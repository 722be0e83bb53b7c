package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.DefinitionChangedException;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.Replies;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.definition.Views;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TransitionRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saved views and canned replies, on one node and on several. */
@Timeout(120)
class DefinitionsTest {
    private static final SavedView URGENT = SavedView.of("Urgent", "priority=urgent&assignee=%40me");
    private static final CannedReply MORE =
            CannedReply.of("Ask", "Dear {{reporter}}, tell us more of {{ticket.title}}.");

    private final Group group = new Group();

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void oneSeesHisOwnViewsAndThoseOfAll() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();

        here.views("alice").put(Shelf.OWN, "mine", URGENT, Expectation.NONE).join();
        here.views("alice")
                .put(Shelf.SHARED, "all", URGENT.sortedBy("-updatedAt"), Expectation.NONE)
                .join();
        group.converge();

        Views alice = there.views("alice");
        Views bob = there.views("bob");
        assertThat(alice.all(Shelf.OWN)).extracting(Definition::name).containsExactly("mine");
        assertThat(bob.all(Shelf.OWN)).isEmpty();
        assertThat(bob.find("mine")).isEmpty();
        Definition<SavedView> shared = bob.find("all").orElseThrow();
        assertThat(shared.value().sort()).isEqualTo("-updatedAt");
        assertThat(shared.writtenBy()).isEqualTo("alice");
        assertThat(shared).isEqualTo(here.views("alice").find("all").orElseThrow());
        assertThat(there.tickets().query(TicketQuery.newest(10)).items()).isEmpty();
        assertThat(there.digest()).isEqualTo(here.digest());
    }

    @Test
    void onesOwnViewComesBeforeTheSharedOneOfItsName() {
        Views alice = group.open().views("alice");
        alice.put(Shelf.SHARED, "x", SavedView.of("Of all", ""), Expectation.NONE)
                .join();
        alice.put(Shelf.OWN, "x", SavedView.of("Mine", ""), Expectation.NONE).join();

        assertThat(alice.find("x").orElseThrow().value().title()).isEqualTo("Mine");
        alice.remove(Shelf.OWN, "x", Expectation.NONE).join();
        assertThat(alice.find("x").orElseThrow().value().title()).isEqualTo("Of all");
    }

    @Test
    void ofWhatBothSidesWroteTheLatestWinsOnAllNodes() throws InterruptedException {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        here.views().put(Shelf.SHARED, "x", URGENT, Expectation.NONE).join();
        here.replies().put("more", MORE, Expectation.NONE).join();
        group.converge();
        group.cut();
        here.views("alice")
                .put(Shelf.SHARED, "x", SavedView.of("Here", ""), Expectation.NONE)
                .join();
        there.views("bob")
                .put(Shelf.SHARED, "x", SavedView.of("There", ""), Expectation.NONE)
                .join();
        there.views("bob")
                .put(Shelf.SHARED, "y", SavedView.of("Other", ""), Expectation.NONE)
                .join();
        here.replies("alice").remove("more", Expectation.NONE).join();
        there.replies("bob")
                .put("more", CannedReply.of("Kept", "What was seen only is removed"), Expectation.NONE)
                .join();
        group.heal();
        group.converge();

        assertThat(here.views().all(Shelf.SHARED))
                .isEqualTo(there.views().all(Shelf.SHARED))
                .hasSize(2);
        assertThat(here.views().find("x").orElseThrow().value().title()).isIn("Here", "There");
        assertThat(here.replies().all()).isEqualTo(there.replies().all());
        assertThat(here.replies().find("more").orElseThrow().writtenBy()).isEqualTo("bob");
        assertThat(here.digest()).isEqualTo(there.digest());
    }

    @Test
    void whatIsWrittenSurvivesTheEndOfTheNode(@TempDir Path directory) {
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            mesh.views("alice").put(Shelf.OWN, "mine", URGENT, Expectation.NONE).join();
        }
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            assertThat(mesh.views("alice").find("mine").orElseThrow().value()).isEqualTo(URGENT);
        }
    }

    @Test
    void aWriteThatExpectsAnotherStateChangesNothing() {
        Views views = group.open().views("alice");
        Definition<SavedView> first =
                views.put(Shelf.OWN, "x", URGENT, Expectation.ABSENT).join();

        assertChanged(views.put(Shelf.OWN, "x", URGENT, Expectation.ABSENT), first.etag());
        assertChanged(views.put(Shelf.OWN, "y", URGENT, Expectation.PRESENT), null);
        assertChanged(views.put(Shelf.OWN, "x", SavedView.of("Other", ""), Expectation.of(Set.of("no"))), first.etag());
        assertChanged(views.remove(Shelf.OWN, "x", Expectation.of(Set.of("no"))), first.etag());
        Definition<SavedView> second = views.put(
                        Shelf.OWN, "x", SavedView.of("Other", ""), Expectation.of(Set.of("no", first.etag())))
                .join();
        assertThat(second.etag()).isNotEqualTo(first.etag());
        views.remove(Shelf.OWN, "x", Expectation.of(Set.of(second.etag()))).join();
        views.remove(Shelf.OWN, "x", Expectation.NONE).join();
        views.remove(Shelf.OWN, "No Name", Expectation.NONE).join();
        assertThat(views.all(Shelf.OWN)).isEmpty();
    }

    private static void assertChanged(CompletableFuture<?> write, String etag) {
        assertThatThrownBy(write::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DefinitionChangedException.class,
                        changed -> assertThat(changed.etag()).isEqualTo(etag));
    }

    @Test
    void ofTwoWhoBothExpectToBeFirstOneIs() {
        TicketMesh mesh = group.open();
        for (int round = 0; round < 20; round++) {
            String name = "x" + round;
            List<CompletableFuture<Definition<SavedView>>> writes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writes.add(mesh.views("alice").put(Shelf.OWN, name, SavedView.of("By " + i, ""), Expectation.ABSENT));
            }
            writes.forEach(write -> write.exceptionally(refused -> null).join());
            assertThat(writes)
                    .filteredOn(write -> !write.isCompletedExceptionally())
                    .hasSize(1);
        }
    }

    @Test
    void writesOfDifferentNamesDoNotHinderEachOther() {
        TicketMesh mesh = group.open();
        List<CompletableFuture<Definition<SavedView>>> writes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            writes.add(mesh.views("alice").put(Shelf.OWN, "v" + i, URGENT, Expectation.NONE));
        }
        writes.forEach(CompletableFuture::join);
        assertThat(mesh.views("alice").all(Shelf.OWN)).hasSize(12);
    }

    @Test
    void thereIsALimitAndANameIsASlug() {
        Views views = group.open().views("alice");
        for (int i = 0; i < Views.MAX; i++) {
            views.put(Shelf.OWN, "v" + i, URGENT, Expectation.NONE).join();
        }
        assertThatThrownBy(() -> views.put(Shelf.OWN, "more", URGENT, Expectation.NONE))
                .isInstanceOfSatisfying(
                        InvalidChangeException.class,
                        refused -> assertThat(refused.code()).isEqualTo("too-many"));
        views.put(Shelf.OWN, "v0", SavedView.of("Again", ""), Expectation.NONE).join();
        views.put(Shelf.SHARED, "more", URGENT, Expectation.NONE).join();
        assertThatThrownBy(() -> views.put(Shelf.OWN, "A view", URGENT, Expectation.NONE))
                .hasMessageContaining("name may hold only");
    }

    @Test
    void whatTheWorkflowDoesNotKnowIsRefused() {
        TicketMesh mesh = group.open();
        assertThatThrownBy(() -> mesh.views().put(Shelf.OWN, "x", SavedView.of("x", "status=lost"), Expectation.NONE))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("query says of 'status'");
        assertThatThrownBy(() -> mesh.replies()
                        .put("x", new CannedReply("x", "x", new Status("lost"), null, List.of()), Expectation.NONE))
                .hasMessageContaining("status is 'lost', not one of new, open");
        assertThatThrownBy(() -> mesh.replies()
                        .put("x", new CannedReply("x", "x", Status.OPEN, "fixed", List.of()), Expectation.NONE))
                .hasMessageContaining("resolution belongs to a status that is done");
    }

    @Test
    void aNodeThatTakesNoWritesTakesNoDefinitions() {
        TicketMesh mesh = group.open(builder -> builder.readOnly(true));
        assertThatThrownBy(() -> mesh.views()
                        .put(Shelf.OWN, "x", URGENT, Expectation.NONE)
                        .join())
                .hasCauseInstanceOf(ReadOnlyException.class);
    }

    @Test
    void aReplyIsSaidWithAllThatGoesAlong() {
        TicketMesh mesh = group.open();
        TicketView ticket = mesh.tickets("bob").create("Printer *on* fire @eve");
        CannedReply reply = new CannedReply(
                "Ask",
                "Dear {{reporter}} of {{ ticket.key }}: {{ticket.title}}? {{assignee}} {{actor}}",
                Status.PENDING,
                null,
                List.of("asked"));

        CommentView comment = mesh.tickets("anna").reply(ticket.key().toString(), reply);

        assertThat(comment.body()).isEqualTo("Dear bob of " + ticket.key() + ": Printer \\*on\\* fire \\@eve?  anna");
        TicketView asked = mesh.tickets().get(ticket.key().toString());
        assertThat(asked.status()).isEqualTo(Status.PENDING);
        assertThat(asked.tags()).containsExactly("asked");
        assertThat(asked.watchers()).containsExactly("bob");
        assertThat(mesh.tickets().history(ticket.key().toString())).hasSize(2);
    }

    @Test
    void aReplyThatCannotBeDoneSaysNothing() {
        TicketMesh mesh = group.open();
        String ticket = mesh.tickets("bob").create("Printer").key().toString();
        mesh.tickets().transition(ticket, Status.CLOSED);
        CannedReply reply = new CannedReply("Ask", "More?", Status.PENDING, null, List.of("asked"));

        assertThatThrownBy(() -> mesh.tickets("anna").reply(ticket, reply))
                .isInstanceOf(TransitionRefusedException.class);

        assertThat(mesh.tickets().comments(ticket)).isEmpty();
        assertThat(mesh.tickets().get(ticket).tags()).isEmpty();
    }

    @Test
    void repliesAreOfAll() {
        TicketMesh mesh = group.open();
        Replies replies = mesh.replies("anna");
        replies.put("more", MORE, Expectation.NONE).join();

        assertThat(mesh.replies("bob").find("more").orElseThrow().value()).isEqualTo(MORE);
        assertThat(mesh.replies("bob").all()).extracting(Definition::writtenBy).containsExactly("anna");
    }
}
