package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.amount;
import static io.ticketmesh.spring.rest.ApiType.date;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.oneOf;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.truth;
import static io.ticketmesh.spring.rest.ApiType.uuid;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.definition.Definitions;
import io.ticketmesh.json.AsOfText;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.SimilarTickets;
import io.ticketmesh.ticket.QueryLanguage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where requests say what they mean besides their body: paths, queries, headers. Operations name them by their names here. */
final class ApiParameters {
    /** What every request can bring. */
    static final List<String> COMMON = List.of("Version");

    /** Which tickets are wanted, as {@link ListFilter} reads it. */
    static final List<String> FILTER = List.of(
            "status",
            "category",
            "priority",
            "assignee",
            "reporter",
            "watcher",
            "queue",
            "type",
            "resolution",
            "tag",
            "tagAny",
            "tagNone",
            "externalId",
            "createdAfter",
            "createdBefore",
            "updatedAfter",
            "updatedBefore",
            "dueAfter",
            "dueBefore",
            "overdue",
            "has",
            "deletedTickets",
            "q",
            "view");

    private static final int MAX_KEY_CHARS = 255;
    private static final int MAX_SORT_KEYS = 3;
    private static final String MOMENT = "A timestamp (RFC 3339), or a date, which is its first moment in UTC.";

    private final ApiNames names;
    private final Map<String, ApiObject> all = new LinkedHashMap<>();

    ApiParameters(ApiNames names) {
        this.names = names;
        paths();
        headers();
        filters();
        pages();
        others();
    }

    /** All of them, by the names by which operations refer to them. */
    Map<String, ApiObject> all() {
        return all;
    }

    static ApiObject ref(String name) {
        return ApiObject.of("$ref", "#/components/parameters/" + name);
    }

    private void paths() {
        path(
                "ref",
                text().with("minLength", 1),
                "An id, a key, or the beginning of a key that fits one ticket only.",
                "TM-YKFCGBB6");
        path("newId", "ref", uuid(), "The id that the client chose.", "0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d");
        path("tagName", "tag", text(AddTag.MAX_CHARS), "The tag.", "printer");
        path("who", ApiTicketSchemas.person(), "Who watches.", "alice");
        path("linkType", "type", oneOf(ApiNames.LINK_TYPES), "How the ticket refers to the other.", "blocks");
        path("target", text(), "The other ticket: an id or a key.", "TM-24MGZV3J");
        path("comment", uuid(), "The id of the comment.", "0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d");
        path("attachment", uuid(), "The id of the attachment.", "0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d");
        path("field", oneOf(ApiNames.CONTESTED), "The field with the conflict.", "title");
        path("erasure", text(), "The id of the erasure.", "01a20443-a1b2-7d3e-8c4f-5a6b7c8d9e0f");
        path("name", text(Definitions.MAX_NAME_CHARS), "The name: a-z, 0-9, '-', '_' and '.'.", "urgent");
        path("webhook", uuid(), "The id of the webhook.", "0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d");
        path("delivery", text(), "The id of the delivery: its `webhook-id`.", "9f0c2a11-19b76daa80099-1");
        path("node", text(), "The full id of the member.", "51f3c0de51f3c0de51f3c0de51f3c0de");
    }

    private void headers() {
        header(
                "Version",
                Causality.VERSION,
                text(4_096),
                "The token of the last answer: the node waits a moment until it holds as much.");
        header(
                "Acks",
                Acks.HEADER,
                oneOf(Arrays.stream(Acknowledgement.values())
                                .map(Acknowledgement::text)
                                .toList())
                        .with("default", Acknowledgement.LOCAL.text()),
                "How many members are to hold the write on disk before it is answered: `local` this node, `one` one more,"
                        + " `majority` more than half, `all` all of them.");
        header(
                "IdempotencyKey",
                "Idempotency-Key",
                text(MAX_KEY_CHARS).with("minLength", 1),
                "Printable ASCII. The same request under the same key is carried out once, at whatever node it arrives.");
        header(
                "IfMatch",
                "If-Match",
                text(),
                "Entity tags in quotes, or `*`: the write is refused when the ticket has another.");
        header(
                "IfNoneMatch",
                "If-None-Match",
                text(),
                "Entity tags in quotes, or `*`: answered with 304 when the ticket has one of them.");
        put(
                "Absent",
                parameter(
                                "If-None-Match",
                                "header",
                                text().with("const", "*"),
                                "Says that there must be no such ticket.")
                        .with("required", true));
        header("Range", "Range", text(), "One range of bytes, as in `bytes=0-1023`; anything else is overheard.");
        header(
                "IfRange",
                "If-Range",
                text(),
                "The ETag of the bytes that the range is meant for; others are sent whole.");
        header("NoneThere", "If-None-Match", text().with("const", "*"), "Says that there must be none of this name.");
        header(
                "LastEventId",
                "Last-Event-ID",
                text(8_192),
                "The id of the last event that was read, at any node; counts before `lastEventId`.");
    }

    private void filters() {
        anyOf("status", oneOf(names.states()), "In one of these states.");
        anyOf("category", oneOf(ApiNames.CATEGORIES), "In a state of one of these categories.");
        anyOf("priority", oneOf(ApiNames.PRIORITIES), "Of one of these priorities.");
        anyOf("assignee", text(), "Given to one of these people; `@me` is who asks, `none` nobody.");
        anyOf("reporter", text(), "Reported by one of these people; `@me` is who asks.");
        anyOf("watcher", text(), "Watched by one of these people; `@me` is who asks.");
        anyOf("queue", text(), "In one of these queues.");
        anyOf("type", oneOf(names.types()), "Of one of these types.");
        anyOf("resolution", oneOf(names.resolutions()), "Done for one of these reasons.");
        anyOf("tag", text(), "With all of these tags.");
        anyOf("tagAny", text(), "With at least one of these tags.");
        anyOf("tagNone", text(), "With none of these tags.");
        anyOf("externalId", text(), "With one of these names in another system.");
        query("createdAfter", text(), MOMENT + " Created then or later.");
        query("createdBefore", text(), MOMENT + " Created before it.");
        query("updatedAfter", text(), MOMENT + " Changed then or later.");
        query("updatedBefore", text(), MOMENT + " Last changed before it.");
        query("dueAfter", text(), MOMENT + " Due then or later.");
        query("dueBefore", text(), MOMENT + " Due before it.");
        query("erased", truth(), "Whether what was redacted, purged or erased is in it; true when left out.");
        query("overdue", truth(), "Whether it is overdue.");
        query("has", oneOf(List.of("conflict")), "With values that lost a conflict and wait to be settled.");
        query(
                "deletedTickets",
                "deleted",
                oneOf(List.of("false", "true", "only")),
                "Whether deleted tickets are wanted too, or only they. By default not; in events and changes, they are.");
        query(
                "q",
                text(QueryLanguage.MAX_CHARS),
                "Words, `\"a phrase\"`, `-not`, and qualifiers such as `status:open`, `-tag:x`, `no:assignee`,"
                        + " `created:>=2026-01-01`, `in:title`.");
        query("view", text(), "The name of a saved view, whose conditions count besides the others.");
    }

    private void pages() {
        query(
                "sort",
                list(oneOf(SortNames.all()), MAX_SORT_KEYS),
                "A minus before a name turns it round. `relevance`, which can only be the first, puts tickets with the words of `q` in"
                        + " the title above those with the words in the description, and these above those with the words in"
                        + " comments. By default `relevance,-createdAt`. The order always ends in the id.");
        query(
                "limit",
                amount(TicketQuery.DEFAULT_LIMIT),
                "The most items of a page; more than " + TicketQuery.MAX_LIMIT + " are reduced to that.");
        query("cursor", text(), "The `next` or `prev` of another page.");
        query("fields", list(oneOf(TicketJson.NAMES)), "The members to show.");
        query(
                "highlight",
                truth().with("default", false),
                "Whether to tell of each ticket where the words of `q` stand, in the member `highlights`.");
        query("count", truth().with("default", false), "Whether to tell how many tickets there are.");
    }

    private void others() {
        query("from", date(), "The first day to tell of; by default, 29 days before the last.");
        query("to", date(), "The last day to tell of; by default, today.");
        query("zone", text(), "Whose days these are, such as `Europe/Berlin`; by default, `UTC`.");
        query("deletedToo", "deleted", truth().with("default", false), "Whether to show it although it is deleted.");
        query(
                "asOf",
                text(AsOfText.MAX_CHARS),
                "The ticket as it was then: a timestamp (RFC 3339), an entity tag in quotes, the id of an operation in its history, or"
                        + " what `TicketMesh-Version` told. Read-only, and without what was redacted since.");
        query(
                "fileName",
                "name",
                text(),
                "What the file is called; needed unless a form tells it. A path before it is cut off.");
        query(
                "sharedView",
                "shared",
                truth(),
                "Whether the shared view is meant, or the caller's own; by default his own comes first.");
        query("purge", truth().with("default", false), "Whether to remove it for good.");
        query("format", oneOf(List.of("ndjson", "csv")), "Counts before `Accept`.");
        query(
                "mode",
                oneOf(List.of("create", "upsert")).with("default", "upsert"),
                "Whether tickets that are there are left alone, or brought to what the rows say.");
        query("dryRun", truth().with("default", false), "Whether to store nothing and only tell.");
        query("truncate", truth().with("default", false), "Whether to cut what is too long instead of refusing it.");
        query("likeTitle", "title", text(SetTitle.MAX_CHARS), "What is there of the title.");
        query(
                "likeDescription",
                "description",
                text(SimilarTickets.MAX_DESCRIPTION_CHARS),
                "The beginning of what is there of the description.");
        query(
                "likeLimit",
                "limit",
                amount(SimilarTickets.DEFAULT_LIMIT),
                "The most items; more than " + SimilarTickets.MAX_LIMIT + " are reduced to that.");
        query("lastEventId", text(8_192), "The same as `Last-Event-ID`, for those who cannot send headers.");
        query(
                "since",
                text(8_192),
                "The `next` of an earlier answer, or the id of an event. Without it there are no items, but a `next`.");
        query(
                "eventLimit",
                "limit",
                amount(EventResource.DEFAULT_ITEMS),
                "The most items; more than " + EventResource.MAX_ITEMS + " are reduced to that.");
    }

    private void path(String name, ApiObject schema, String meaning, Object example) {
        path(name, name, schema, meaning, example);
    }

    private void path(String name, String variable, ApiObject schema, String meaning, Object example) {
        put(
                name,
                parameter(variable, "path", schema, meaning)
                        .with("required", true)
                        .with("example", example));
    }

    private void header(String name, String header, ApiObject schema, String meaning) {
        put(name, parameter(header, "header", schema, meaning));
    }

    private void query(String name, ApiObject schema, String meaning) {
        query(name, name, schema, meaning);
    }

    private void query(String name, String parameter, ApiObject schema, String meaning) {
        ApiObject plain = parameter(parameter, "query", schema, meaning);
        boolean many = "array".equals(schema.get("type"));
        put(name, many ? plain.with("style", "form").with("explode", false) : plain);
    }

    private void anyOf(String name, ApiObject item, String meaning) {
        query(name, list(item), meaning);
    }

    private static ApiObject parameter(String name, String place, ApiObject schema, @Nullable String meaning) {
        ApiObject parameter = ApiObject.of("name", name).with("in", place);
        return (meaning == null ? parameter : parameter.with("description", meaning)).with("schema", schema);
    }

    private void put(String name, ApiObject parameter) {
        all.put(name, parameter);
    }
}
