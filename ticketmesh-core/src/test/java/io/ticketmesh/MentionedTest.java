package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddWatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is mentioned hears of the ticket from then on. */
class MentionedTest {
    private final TicketMesh mesh = TicketMesh.builder().open();
    private final Tickets alice = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    private String create() {
        return alice.create("Printer").key().toString();
    }

    @Test
    void whomAPublicCommentMentionsWatchesFromTheSameOperationOn() {
        String ticket = create();

        alice.comment(ticket, "@bob, @carol@example.com: look. Not `@dave`, nor eve@example.com");

        assertThat(alice.get(ticket).watchers()).containsExactlyInAnyOrder("alice", "bob", "carol@example.com");
        assertThat(alice.history(ticket)).hasSize(2);
    }

    @Test
    void anInternalCommentMakesNobodyAWatcher() {
        String ticket = create();

        alice.comment(ticket, "@bob", CommentKind.INTERNAL);

        assertThat(alice.get(ticket).watchers()).containsExactly("alice");
    }

    @Test
    void aDescriptionMentionsWhomTheOneBeforeDidNot() {
        String ticket = alice.create("Printer", edit -> edit.description("@bob and @carol"))
                .key()
                .toString();
        assertThat(alice.get(ticket).watchers()).containsExactlyInAnyOrder("alice", "bob", "carol");
        alice.change(ticket, edit -> edit.unwatch("bob"));

        alice.change(ticket, edit -> edit.description("@bob, @carol and @dora"));

        assertThat(alice.get(ticket).watchers()).containsExactlyInAnyOrder("alice", "carol", "dora");
    }

    @Test
    void aFullListOfWatchersRefusesNoComment() {
        String ticket = create();
        alice.change(ticket, edit -> {
            for (int i = 0; i < AddWatcher.MAX_WATCHERS - 2; i++) {
                edit.watcher("w" + i);
            }
        });

        alice.comment(ticket, "@w1 @bob @carol @dora");

        assertThat(alice.get(ticket).watchers())
                .hasSize(AddWatcher.MAX_WATCHERS)
                .contains("bob")
                .doesNotContain("carol");
        assertThat(alice.comments(ticket)).hasSize(1);
    }

    @Test
    void theReportersMentionReopensAsEveryCommentOfHis() {
        String ticket = create();
        mesh.tickets("bob").transition(ticket, Status.RESOLVED);

        alice.comment(ticket, "@bob it burns again");

        TicketView reopened = alice.get(ticket);
        assertThat(reopened.status()).isEqualTo(Status.OPEN);
        assertThat(reopened.watchers()).contains("bob");
    }

    @Test
    void importedHistoryMentionsNobody() throws IOException {
        String line =
                "{\"title\":\"t\",\"externalId\":\"E\",\"description\":\"@bob\",\"comments\":[{\"body\":\"@carol\"}]}";
        mesh.importer("importer").ndjson(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));

        assertThat(mesh.tickets()
                        .query(io.ticketmesh.ticket.TicketQuery.newest(1))
                        .items()
                        .get(0)
                        .watchers())
                .containsExactly("importer");
    }

    @Test
    void aProposalCanMentionNobody() {
        TicketView ticket = alice.create("Printer");
        AddComment comment = new AddComment(mesh.service().newCommentId(), CommentKind.PUBLIC, "@bob");

        Outcome outcome = mesh.service()
                .propose(Proposal.of(ticket.id(), "alice", List.of(comment)).mentioningNobody())
                .join();

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(mesh.tickets().get(ticket.key().toString()).watchers()).containsExactly("alice");
    }
}
