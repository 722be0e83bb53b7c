package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.any;
import static io.ticketmesh.spring.rest.ApiType.byName;
import static io.ticketmesh.spring.rest.ApiType.count;
import static io.ticketmesh.spring.rest.ApiType.date;
import static io.ticketmesh.spring.rest.ApiType.known;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.nullable;
import static io.ticketmesh.spring.rest.ApiType.oneOf;
import static io.ticketmesh.spring.rest.ApiType.ref;
import static io.ticketmesh.spring.rest.ApiType.shape;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.time;
import static io.ticketmesh.spring.rest.ApiType.truth;
import static io.ticketmesh.spring.rest.ApiType.uuid;
import static io.ticketmesh.spring.rest.ApiType.whole;

import io.ticketmesh.exchange.ImportRow;
import io.ticketmesh.spring.rest.ApiType.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schemas of many tickets at once: bulk, import, export, numbers. */
final class ApiExchangeSchemas {
    /** What operations of bulk requests have as their body; the others have none. */
    private static final Map<String, String> BULK_BODIES = Map.of(
            "create", "NewTicket",
            "update", "TicketPatch",
            "transition", "Transition",
            "comment", "NewComment",
            "merge", "Merge");

    private final ApiNames names;

    ApiExchangeSchemas(ApiNames names) {
        this.names = names;
    }

    Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("Bulk", bulk());
        addBulkOperations(all);
        all.put("BulkReport", bulkReport());
        all.put("BulkItem", bulkItem());
        all.put("ImportReport", importReport());
        all.put("ImportTotals", importTotals());
        all.put("ImportRow", importRow());
        all.put("ImportProblem", importProblem());
        all.put("ExportedTicket", exportedTicket());
        all.put("StatusStep", statusStep());
        all.put("TicketNumbers", numbers());
        all.put("TicketAges", ages());
        all.put("TicketFlow", flow());
        all.put("TicketFlowDay", flowDay());
        all.put("Durations", durations());
        return all;
    }

    private static ApiObject bulk() {
        return shape("Operations, each of which succeeds or fails for itself, in their order.")
                .member("operations", list(ref("BulkOperation"), BulkResource.MAX_OPERATIONS))
                .closed();
    }

    /** One schema for each operation: they are told apart by {@code op}, and so are their types in generated clients. */
    private static void addBulkOperations(Map<String, ApiObject> all) {
        List<ApiObject> operations = new ArrayList<>();
        ApiObject mapping = ApiObject.EMPTY;
        for (String op : BulkResource.VERBS) {
            String name = "Bulk" + op.substring(0, 1).toUpperCase(Locale.ROOT) + op.substring(1);
            all.put(name, bulkOperation(op));
            operations.add(ref(name));
            mapping = mapping.with(op, "#/components/schemas/" + name);
        }
        ApiObject discriminator = ApiObject.of("propertyName", "op").with("mapping", mapping);
        all.put(
                "BulkOperation",
                ApiObject.of("description", "One operation.")
                        .with("oneOf", operations)
                        .with("discriminator", discriminator));
    }

    private static ApiObject bulkOperation(String op) {
        Shape operation = shape("One operation: " + op + ".").member("op", oneOf(List.of(op)));
        if (!op.equals("create")) {
            operation
                    .member("ref", text(), "Id or key of the ticket.")
                    .optional("ifMatch", text(), "The ETag, with its quotes, that the ticket must have.");
        }
        String body = BULK_BODIES.get(op);
        return (body == null ? operation : operation.member("body", ref(body))).closed();
    }

    private static ApiObject bulkReport() {
        return shape("What became of each operation.")
                .member("failed", count(), "How many failed.")
                .member("items", list(ref("BulkItem")), "In the order of the operations.")
                .open();
    }

    private static ApiObject bulkItem() {
        return shape("What became of one operation.")
                .member("status", whole(200, 599), "As if it had been a request of its own.")
                .optional("id", uuid())
                .optional("key", ApiTicketSchemas.key())
                .optional("etag", text(), "Without quotes.")
                .optional("location", text().with("format", "uri-reference"))
                .optional("problem", ref("Problem"), "Why it failed; absent when it did not.")
                .open();
    }

    private static ApiObject importReport() {
        return shape("What became of an import.")
                .member("dryRun", truth(), "Whether nothing was stored.")
                .member("totals", ref("ImportTotals"))
                .member(
                        "fault",
                        nullable(text()),
                        "Why the file could not be read to its end; what came before was imported. Null when it was read.")
                .member("rows", list(ref("ImportRow")), "The first ones, and of the others those that failed.")
                .member("rowsOmitted", count())
                .open();
    }

    private static ApiObject importTotals() {
        Shape totals = shape("How many rows each action was taken on.").member("rows", count(), "All of them.");
        for (ImportRow.Action action : ImportRow.Action.values()) {
            totals.member(action.label(), count());
        }
        return totals.member("passedOver", count(), "Things that are no tickets, such as pull requests.")
                .open();
    }

    private static ApiObject importRow() {
        List<String> actions = Arrays.stream(ImportRow.Action.values())
                .map(ImportRow.Action::label)
                .toList();
        return shape("What became of one row.")
                .member("row", whole(), "The line, or the place in an archive, from 1.")
                .member("action", known(actions))
                .member("id", nullable(uuid()))
                .member("key", nullable(ApiTicketSchemas.key()))
                .member("externalId", nullable(text()))
                .member("problems", list(ref("ImportProblem")), "Why it failed or was skipped.")
                .member("notes", list(text()), "What was done differently from what the row says.")
                .open();
    }

    private static ApiObject importProblem() {
        return shape("What is wrong with a row.")
                .member("pointer", text(), "Into the row as if it were a line of the NDJSON export.")
                .optional("column", text(), "The column of a CSV file, if the problem is in one.")
                .member("code", text())
                .member("limit", any(), "What would have been allowed; null when that cannot be said.")
                .member("detail", text())
                .open();
    }

    private ApiObject exportedTicket() {
        return shape("A line of the NDJSON export: what can be restored elsewhere, without loss.")
                .member("id", uuid())
                .member("key", ApiTicketSchemas.key())
                .member("type", known(names.types()))
                .member("title", text())
                .member("description", text())
                .member("status", known(names.states()))
                .member("resolution", nullable(known(names.resolutions())))
                .member("pendingUntil", nullable(time()))
                .member("priority", known(ApiNames.PRIORITIES))
                .member("queue", text())
                .member("createdBy", text())
                .member("reporter", text())
                .member("assignee", nullable(text()))
                .member("tags", list(text()))
                .member("watchers", list(text()))
                .member("customFields", byName(ref("CustomFieldValue")))
                .member("links", list(ref("Link")))
                .member("attachments", list(ref("Attachment")), "Without their bytes; not read by an import.")
                .member("dueAt", nullable(time()))
                .member("dueDate", nullable(date()))
                .member("occurrences", count())
                .member("deleted", nullable(ref("Deletion")))
                .member("externalId", nullable(text()))
                .member("createdAt", time())
                .member("updatedAt", time())
                .member("mergedInto", nullable(ref("TicketName")))
                .member("trail", list(ref("StatusStep")), "All states it was in.")
                .member("comments", list(ref("Comment")))
                .open();
    }

    private ApiObject statusStep() {
        return shape("A state that a ticket was moved to.")
                .member("status", known(names.states()))
                .member("resolution", nullable(known(names.resolutions())))
                .member("pendingUntil", nullable(time()))
                .member("by", text())
                .member("at", time())
                .open();
    }

    private static ApiObject numbers() {
        return shape("How many tickets there are.")
                .member("total", count(), "Without deleted ones, as in all numbers but the next.")
                .member("deleted", count())
                .member("status", byName(count()))
                .member("statusCategory", byName(count()))
                .member("priority", byName(count()))
                .member("assignee", byName(count()))
                .member("unassigned", count())
                .member("queue", byName(count()))
                .member("type", byName(count()))
                .member("ages", ref("TicketAges"))
                .member(
                        "createdByDay",
                        byName(count()),
                        "Of the last thirty calendar days of UTC, by their dates; days without are left out.")
                .optional("flow", ref("TicketFlow"), "When days were asked for.")
                .open();
    }

    private static ApiObject flow() {
        return shape("What came in and went out, of the tickets as they are now.")
                .member("from", date(), "The first day.")
                .member("to", date(), "The last day, included.")
                .member("zone", text())
                .member("days", list(ref("TicketFlowDay")), "All of them in order.")
                .member(
                        "firstResponse",
                        ref("Durations"),
                        "From creation to the first public comment of somebody else, of tickets that had it in these days.")
                .member(
                        "resolution",
                        ref("Durations"),
                        "From creation to the last time it was done, of tickets that became so in these days and still are.")
                .open();
    }

    private static ApiObject flowDay() {
        return shape("One day.")
                .member("day", date())
                .member("created", count())
                .member("resolved", count(), "How often a ticket became done.")
                .member("closed", count())
                .member("reopened", count())
                .member("open", whole(), "How many were not done at its end.")
                .open();
    }

    private static ApiObject durations() {
        return shape("How long something took, in milliseconds.")
                .member("count", count())
                .member("medianMillis", nullable(count()), "Half of them took no longer; null when there was none.")
                .member("p90Millis", nullable(count()), "Nine tenths of them took no longer; null when there was none.")
                .open();
    }

    private static ApiObject ages() {
        return shape("How old tickets are that are not done, in calendar days of UTC since their creation.")
                .member("underOneDay", count())
                .member("underOneWeek", count())
                .member("underOneMonth", count())
                .member("older", count())
                .open();
    }
}
