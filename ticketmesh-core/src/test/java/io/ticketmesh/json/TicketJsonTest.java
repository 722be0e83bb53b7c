package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Conflict;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketJsonTest {
    private static final Instant START = Instant.parse("2026-01-31T14:05:00Z");

    private final AtomicLong clock = new AtomicLong(START.toEpochMilli());
    private final TicketMesh mesh = TicketMesh.builder().clock(clock::get).open();
    private final Tickets alice = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void everyMemberIsThereEvenWhenTheTicketHasNothing() {
        TicketView ticket = alice.create("Printer");

        JsonObject json = write(ticket, TicketJson.at(START));

        assertThat(json.members().keySet()).containsExactlyElementsOf(TicketJson.NAMES);
        assertThat(json.members().entrySet())
                .filteredOn(entry -> entry.getValue() instanceof JsonNull)
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly(
                        "resolution",
                        "pendingUntil",
                        "assignee",
                        "mergedInto",
                        "dueAt",
                        "dueDate",
                        "lastPlace",
                        "lastSeenAt",
                        "deleted",
                        "externalId",
                        "resolvedAt",
                        "closedAt",
                        "firstResponseAt");
        assertThat(json.member("watchers").orElseThrow()).hasToString("[\"alice\"]");
        assertThat(json.member("createdAt").orElseThrow()).hasToString("\"2026-01-31T14:05:00.000Z\"");
        assertThat(json.member("etag").orElseThrow()).hasToString("\"" + ticket.etag() + "\"");
    }

    @Test
    void aFullTicketShowsAllItHas() {
        TicketView other = alice.create("Other");
        TicketView ticket = alice.create(
                "Printer on fire",
                edit -> edit.description("help\n")
                        .tag("Fire")
                        .assignee("bob")
                        .link(LinkType.BLOCKS, other.id())
                        .dueOn(LocalDate.of(2026, 1, 30))
                        .customField("floor", new FieldValue.Numeric(new BigDecimal("3.50")))
                        .customField("seen", new FieldValue.Moment(START))
                        .customField("day", new FieldValue.Day(LocalDate.of(2026, 1, 31)))
                        .customField("text", new FieldValue.Text("2026-01-31"))
                        .customField("parts", new FieldValue.Texts(List.of("a", "b")))
                        .customField("vip", new FieldValue.Flag(true))
                        .externalId("ERP-7")
                        .occurrences(3));
        alice.comment(ticket.key().toString(), "secret", CommentKind.INTERNAL);
        clock.addAndGet(60_000);
        mesh.tickets("bob").transition(ticket.key().toString(), Status.RESOLVED, "workaround");
        ticket = alice.merge(ticket.key().toString(), other.key().toString());

        JsonObject json = write(ticket, TicketJson.at(START.plusSeconds(86_400)).hidingInternal());

        String reference = "\"id\":\"" + other.id() + "\",\"key\":\"" + other.key() + "\"}";
        assertThat(json)
                .hasToString(("{'id':'" + ticket.id() + "','key':'" + ticket.key() + "','type':'incident',"
                                + "'title':'Printer on fire','description':'help\\n','status':'resolved','statusCategory':'done',"
                                + "'resolution':'workaround','pendingUntil':null,'priority':'normal','queue':'default',"
                                + "'createdBy':'alice','reporter':'alice','assignee':'bob','tags':['Fire'],'watchers':['alice'],"
                                + "'customFields':{'day':{'date':'2026-01-31'},'floor':3.5,'parts':['a','b'],"
                                + "'seen':{'instant':'2026-01-31T14:05:00.000Z'},'text':'2026-01-31','vip':true},"
                                + "'links':[{'type':'blocks'," + reference + "],'mergedInto':{" + reference
                                + ",'dueAt':null,'dueDate':'2026-01-30','overdue':false,'sla':[],'occurrences':3,'lastPlace':null,'lastSeenAt':null,'deleted':null,"
                                + "'externalId':'ERP-7','createdAt':'2026-01-31T14:05:00.000Z',"
                                + "'updatedAt':'2026-01-31T14:06:00.000Z','resolvedAt':'2026-01-31T14:06:00.000Z','closedAt':null,"
                                + "'firstResponseAt':null,'reopenCount':0,'commentCount':0,'attachments':[],'conflicts':[],'etag':'"
                                + ticket.etag()
                                + "'}")
                        .replace('\'', '"'));
    }

    @Test
    void aSelectionShowsOnlyWhatWasAskedFor() {
        TicketView ticket = alice.create("Printer");

        assertThat(write(ticket, TicketJson.at(START).only(List.of("title", "id"))))
                .hasToString("{\"id\":\"" + ticket.id() + "\",\"title\":\"Printer\"}");
        assertThatThrownBy(() -> TicketJson.at(START).only(List.of("titel")))
                .isInstanceOfSatisfying(InvalidChangeException.class, refused -> {
                    assertThat(refused.field()).isEqualTo("fields");
                    assertThat(refused.problem()).startsWith("has 'titel'");
                });
    }

    @Test
    void aDeletedTicketSaysByWhom() {
        TicketView ticket = alice.create("Printer");
        ticket = mesh.tickets("bob").delete(ticket.key().toString());

        assertThat(write(ticket, TicketJson.at(START)).member("deleted").orElseThrow())
                .hasToString("{\"by\":\"bob\",\"at\":\"2026-01-31T14:05:00.000Z\"}");
    }

    @Test
    void aRedactedCommentHasNoText() {
        TicketView ticket = alice.create("Printer");
        CommentView comment = alice.comment(ticket.key().toString(), "my password");
        clock.addAndGet(1_000);
        comment = mesh.tickets("bob").redactComment(ticket.key().toString(), comment.id());
        CommentView redacted = comment;

        assertThat(JsonWriter.text(json -> CommentJson.write(json, redacted)))
                .isEqualTo("{\"id\":\"" + redacted.id() + "\",\"kind\":\"public\",\"author\":\"alice\","
                        + "\"createdAt\":\"2026-01-31T14:05:00.000Z\",\"body\":\"\",\"editedBy\":null,\"editedAt\":null,"
                        + "\"redactedBy\":\"bob\",\"redactedAt\":\"2026-01-31T14:05:01.000Z\"}");
    }

    @Test
    void historyTellsOldAndNew() {
        TicketView ticket = alice.create("Printer");
        alice.change(
                ticket.key().toString(),
                edit -> edit.title("Printer on fire")
                        .customField("day", new FieldValue.Day(LocalDate.of(2026, 1, 31))));
        String entry = JsonWriter.text(json ->
                HistoryJson.write(json, alice.history(ticket.key().toString()).get(1)));

        assertThat(entry)
                .contains("\"actor\":\"alice\",\"at\":\"2026-01-31T14:05:00.000Z\",\"node\":\"" + mesh.nodeId() + "\"")
                .contains("{\"field\":\"title\",\"old\":\"Printer\",\"new\":\"Printer on fire\"}")
                .contains("{\"field\":\"customFields.day\",\"old\":null,\"new\":{\"date\":\"2026-01-31\"}}");
    }

    @Test
    void aConflictShowsWinnerAndLosers() {
        NodeId node = new NodeId(1, 2);
        Written<StatusValue> won = written(new StatusValue(Status.CLOSED, "fixed", null), node, 2, "bob");
        Written<StatusValue> lost = written(new StatusValue(Status.OPEN, null, null), node, 1, "alice");

        assertThat(JsonWriter.text(json -> ConflictJson.write(json, new Conflict("status", won, List.of(lost)))))
                .isEqualTo(
                        "{\"field\":\"status\",\"winner\":{\"value\":{\"status\":\"closed\",\"resolution\":\"fixed\","
                                + "\"pendingUntil\":null},\"actor\":\"bob\",\"node\":\"" + node
                                + "\",\"at\":\"1970-01-01T00:00:00.002Z\"},\"losers\":[{\"value\":{\"status\":\"open\","
                                + "\"resolution\":null,\"pendingUntil\":null},\"actor\":\"alice\",\"node\":\"" + node
                                + "\",\"at\":\"1970-01-01T00:00:00.001Z\"}]}");
    }

    @Test
    void theLastPageHasNoNext() {
        alice.create("One");
        alice.create("Two");
        TicketJson form = TicketJson.at(START).only(List.of("title"));
        TicketQuery query = TicketQuery.newest(1);
        TicketList first = alice.query(query);
        TicketList last = alice.query(query.at(first.next()));

        assertThat(JsonWriter.text(json -> TicketListJson.write(json, first, form)))
                .startsWith("{\"items\":[{\"title\":")
                .endsWith("],\"next\":\"" + first.next() + "\"}");
        assertThat(JsonWriter.text(json -> TicketListJson.write(json, last, form)))
                .endsWith("],\"prev\":\"" + last.previous() + "\"}");
    }

    @Test
    void agesCountTheTicketsThatAreNotDone() {
        long day = 86_400_000;
        long now = clock.get();
        for (long age : new long[] {400, 30, 29, 7, 6, 1, 0}) {
            clock.set(now - age * day);
            alice.create("Open for " + age + " days", edit -> edit.assignee(age == 0 ? null : "bob"));
        }
        TicketView done = alice.create("Old but done");
        alice.transition(done.key().toString(), Status.CLOSED);

        String json = JsonWriter.text(writer -> {
            writer.startObject();
            TicketCountsJson.writeMembers(writer, alice.counts(), Workflow.standard(), START);
            writer.endObject();
        });

        assertThat(json)
                .startsWith("{\"total\":8,\"deleted\":0,\"status\":{\"closed\":1,\"new\":7},"
                        + "\"statusCategory\":{\"done\":1,\"open\":7,\"waiting\":0}")
                .contains("\"assignee\":{\"bob\":6},\"unassigned\":2")
                .contains("\"ages\":{\"underOneDay\":1,\"underOneWeek\":2,\"underOneMonth\":2,\"older\":2}")
                .endsWith(
                        "\"createdByDay\":{\"2026-01-02\":1,\"2026-01-24\":1,\"2026-01-25\":1,\"2026-01-30\":1,\"2026-01-31\":2}}");
    }

    @Test
    void metaDescribesTheWorkflow() {
        JsonObject meta = (JsonObject) Json.parse(
                JsonWriter.bytes(json -> {
                    json.startObject();
                    MetaJson.writeMembers(json, Workflow.standard(), TimeRules.standard(), "1.2");
                    json.endObject();
                }),
                JsonLimits.DEFAULT);

        assertThat(meta.at(JsonPointer.parse("/workflow/states/3")).orElseThrow())
                .hasToString("{\"name\":\"resolved\",\"category\":\"done\",\"initial\":false,"
                        + "\"transitions\":[\"open\",\"closed\"]}");
        assertThat(meta.at(JsonPointer.parse("/linkTypes/1/inverse")).orElseThrow())
                .hasToString("\"blocked_by\"");
        assertThat(meta.at(JsonPointer.parse("/limits/titleChars")).orElseThrow())
                .hasToString("255");
        assertThat(meta.at(JsonPointer.parse("/version")).orElseThrow()).hasToString("\"1.2\"");
    }

    private static <V> Written<V> written(V value, NodeId node, long millis, String actor) {
        return new Written<>(
                value,
                new Trace(
                        new HybridTimestamp(millis << 16),
                        new OperationId(new Origin(node, 1), millis),
                        actor,
                        millis));
    }

    private static JsonObject write(TicketView ticket, TicketJson form) {
        byte[] bytes = JsonWriter.bytes(json -> form.write(json, ticket));
        assertThat(new String(bytes, UTF_8)).doesNotContain("\n");
        return (JsonObject) Json.parse(bytes, JsonLimits.DEFAULT);
    }
}
