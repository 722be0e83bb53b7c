package io.ticketmesh.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import org.junit.jupiter.api.Test;

/** Old operations that are told once more. */
class AuthorsViewTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final CommentId COMMENT = CommentId.timeOrdered(TestPeer.BEGINNING_MILLIS, 1, 1);

    private final TestPeer alice = TestPeer.named("alice");
    private final AuthorsView view = new AuthorsView(alice.store());

    private String told(Operation operation) {
        return view.news(operation)
                .map(news -> JsonWriter.text(writer -> NewsJson.write(writer, news)))
                .orElse("nothing");
    }

    @Test
    void anOperationIsToldAsItsAuthorSawIt() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        Operation burns = alice.propose(PRINTER, new SetTitle("Printer burns"));
        alice.propose(PRINTER, new SetTitle("Printer is ash"));

        assertThat(told(burns))
                .contains("{\"field\":\"title\",\"old\":\"Printer\",\"new\":\"Printer burns\"}")
                .doesNotContain("ash");
    }

    @Test
    void textsThatWereRedactedSinceAreNotToldAgain() {
        Operation created =
                alice.propose(PRINTER, new CreateTicket("Printer"), new SetDescription("My password is swordfish"));
        Operation commented =
                alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "My password was swordfish"));
        assertThat(told(created)).contains("swordfish");
        assertThat(told(commented)).contains("swordfish");

        alice.propose(PRINTER, new RedactTicket(), new RedactComment(COMMENT));

        assertThat(told(created)).contains("ticket.created").doesNotContain("swordfish");
        assertThat(told(commented)).contains("ticket.commented").doesNotContain("swordfish");
    }

    @Test
    void whatIsWrittenAfterARedactionIsTold() {
        alice.propose(PRINTER, new CreateTicket("Printer"), new SetDescription("My password is swordfish"));
        alice.propose(PRINTER, new RedactTicket());
        Operation anew = alice.propose(PRINTER, new SetDescription("It burns"));

        assertThat(told(anew)).contains("It burns").doesNotContain("swordfish");
    }

    @Test
    void ofAPurgedTicketOnlyThePurgeIsTold() {
        Operation created = alice.propose(PRINTER, new CreateTicket("Printer"));
        Operation purged = alice.propose(PRINTER, new PurgeTicket());

        assertThat(told(created)).isEqualTo("nothing");
        assertThat(told(purged)).contains("ticket.purged");
    }
}
