package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that break the contract may fail, but only for their caller. */
class HostileCallsTest {
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static Map<String, Consumer<TicketEdit>> forbidden() {
        Map<String, Consumer<TicketEdit>> edits = new TreeMap<>();
        edits.put("title", edit -> edit.title(null));
        edits.put("description", edit -> edit.description(null));
        edits.put("type", edit -> edit.type(null));
        edits.put("status", edit -> edit.status(null));
        edits.put("status name", edit -> edit.status(new Status(null)));
        edits.put("resolution", edit -> edit.status(Status.RESOLVED, "\uD800"));
        edits.put("pending", edit -> edit.status(Status.PENDING).pendingUntil(java.time.Instant.MAX));
        edits.put("priority", edit -> edit.priority(null));
        edits.put("priority name", edit -> edit.priority(new Priority(1, null)));
        edits.put("queue", edit -> edit.queue(null));
        edits.put("reporter", edit -> edit.reporter(null));
        edits.put("tag", edit -> edit.tag(null));
        edits.put("watcher", edit -> edit.watcher("\uDFFF"));
        edits.put("link", edit -> edit.link(null, null));
        edits.put("link type", edit -> edit.link(new LinkType(null, null), new io.ticketmesh.ticket.TicketId(1, 2)));
        edits.put("field", edit -> edit.customField("a", null));
        edits.put("field text", edit -> edit.customField("a", new FieldValue.Text(null)));
        edits.put("field moment", edit -> edit.customField("a", new FieldValue.Moment(null)));
        edits.put("due", edit -> edit.dueAt(null));
        edits.put("due day", edit -> edit.dueOn(null));
        edits.put("comment", edit -> edit.comment(null));
        edits.put("comment kind", edit -> edit.comment("x", null));
        edits.put("occurrences", edit -> edit.occurrences(-1));
        edits.put("many occurrences", edit -> edit.occurrences(Long.MAX_VALUE).occurrences(Long.MAX_VALUE));
        edits.put("change", edit -> edit.with(null));
        return edits;
    }

    @Test
    void aForbiddenValueFailsForItsCallerOnly(@TempDir Path directory) {
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            Tickets tickets = mesh.tickets("alice");
            String id = tickets.create("Printer").id().toString();
            String etag = tickets.get(id).etag();

            forbidden().forEach((name, edit) -> {
                assertThat(catchThrowable(() -> tickets.change(id, edit)))
                        .as(name)
                        .isNotNull();
                assertThat(mesh.refusal()).as(name).isNull();
            });

            assertThat(tickets.get(id).etag()).isEqualTo(etag);
            assertThat(tickets.change(id, edit -> edit.title("Fine")).title()).isEqualTo("Fine");
        }
    }

    @Test
    void aWriteThatIsTooLargeIsRefusedAloneAndTheNodeGoesOn(@TempDir Path directory) {
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            Tickets tickets = mesh.tickets("alice");
            String id = tickets.create("Printer").id().toString();
            String body = "x".repeat(65_536);

            for (int comments : List.of(9, 100)) {
                Throwable refused = catchThrowable(() -> tickets.change(id, edit -> {
                    for (int number = 0; number < comments; number++) {
                        edit.comment(body);
                    }
                }));
                assertThat(refused).isInstanceOfSatisfying(InvalidChangeException.class, too -> {
                    assertThat(too.code()).isEqualTo("too-large");
                    assertThat(too.field()).isEqualTo("changes");
                });
            }

            assertThat(mesh.refusal()).isNull();
            assertThat(tickets.comments(id)).isEmpty();
            tickets.change(id, edit -> {
                for (int number = 0; number < 7; number++) {
                    edit.comment(body);
                }
            });
            assertThat(tickets.comments(id)).hasSize(7);
        }
    }

    @Test
    void aTicketGrowsToItsLimitAndCanStillBeClosedDeletedAndPurged(@TempDir Path directory) {
        String long_ = "\u6f22".repeat(4_096);
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            Tickets tickets = mesh.tickets("alice");
            String id = tickets.create("Printer").id().toString();
            Throwable refused = null;
            int fields = 0;
            while (refused == null) {
                String key = "field" + fields;
                refused = catchThrowable(
                        () -> tickets.change(id, edit -> edit.customField(key, new FieldValue.Text(long_))));
                fields++;
            }

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            InvalidChangeException.class,
                            too -> assertThat(too.field()).isEqualTo("ticket"));
            assertThat(fields).isBetween(30, 50);
            assertThat(tickets.transition(id, Status.CLOSED).status()).isEqualTo(Status.CLOSED);
            tickets.delete(id);
            tickets.purge(id);
            assertThat(mesh.refusal()).isNull();
        }
    }
}
