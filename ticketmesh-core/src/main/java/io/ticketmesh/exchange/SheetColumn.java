package io.ticketmesh.exchange;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.json.CustomFieldJson;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of the CSV form, named like the member of JSON that it shows.
 *
 * @param content what its cells hold
 * @param clears whether an empty cell takes the field back to its default; else it says nothing
 * @param cell what it shows of a ticket; null for an empty cell
 */
record SheetColumn(String name, Content content, boolean clears, Function<TicketView, @Nullable String> cell) {
    /** What cells hold. */
    enum Content {
        TEXT,
        NUMBER,
        /** Several texts, see {@link CellList}. */
        TEXTS,
        /** Several links, each a type, a space and a reference. */
        LINKS,
        /** An object in JSON. */
        TREE,
        /** Who or when, put together with others to one member. */
        PART,
        /** Computed from the rest; not read. */
        COMPUTED
    }

    /** All columns in the order in which they are written. */
    static final List<SheetColumn> ALL = List.of(
            column("id", Content.TEXT, ticket -> ticket.id().toString()),
            column("key", Content.COMPUTED, ticket -> ticket.key().toString()),
            clearing("type", Content.TEXT, TicketView::type),
            column("title", Content.TEXT, TicketView::title),
            clearing("description", Content.TEXT, TicketView::description),
            column("status", Content.TEXT, ticket -> ticket.status().name()),
            column(
                    "statusCategory",
                    Content.COMPUTED,
                    ticket -> ticket.category().label()),
            clearing("resolution", Content.TEXT, TicketView::resolution),
            clearing("pendingUntil", Content.TEXT, ticket -> time(ticket.pendingUntil())),
            clearing("priority", Content.TEXT, ticket -> ticket.priority().name()),
            clearing("queue", Content.TEXT, TicketView::queue),
            column("createdBy", Content.TEXT, TicketView::createdBy),
            clearing("reporter", Content.TEXT, TicketView::reporter),
            clearing("assignee", Content.TEXT, TicketView::assignee),
            clearing("tags", Content.TEXTS, ticket -> CellList.join(ticket.tags())),
            clearing("watchers", Content.TEXTS, ticket -> CellList.join(ticket.watchers())),
            clearing("customFields", Content.TREE, SheetColumn::customFields),
            clearing("links", Content.LINKS, SheetColumn::links),
            clearing("mergedInto", Content.TEXT, SheetColumn::mergedInto),
            clearing("dueAt", Content.TEXT, ticket -> time(ticket.dueAt())),
            clearing(
                    "dueDate",
                    Content.TEXT,
                    ticket -> ticket.dueDate() == null ? null : Rfc3339.text(ticket.dueDate())),
            column("occurrences", Content.NUMBER, ticket -> Long.toString(ticket.occurrences())),
            column(
                    "deletedBy",
                    Content.PART,
                    ticket ->
                            ticket.deletion() == null ? null : ticket.deletion().actor()),
            column("deletedAt", Content.PART, ticket -> time(ticket.deletion())),
            column("externalId", Content.TEXT, TicketView::externalId),
            column("createdAt", Content.TEXT, ticket -> time(ticket.createdAt())),
            column("updatedAt", Content.TEXT, ticket -> time(ticket.updatedAt())),
            column("resolvedAt", Content.PART, ticket -> time(ticket.resolvedAt())),
            column("closedAt", Content.PART, ticket -> time(ticket.closedAt())),
            column("firstResponseAt", Content.COMPUTED, ticket -> time(ticket.firstResponseAt())),
            column("reopenCount", Content.COMPUTED, ticket -> Integer.toString(ticket.reopenCount())));

    /** The column that is written last: it depends on the reader. */
    static final String COMMENT_COUNT = "commentCount";

    /** The column of that name. */
    static Optional<SheetColumn> named(String name) {
        return name.equals(COMMENT_COUNT)
                ? Optional.of(column(COMMENT_COUNT, Content.COMPUTED, ticket -> null))
                : ALL.stream().filter(column -> column.name.equals(name)).findFirst();
    }

    /** The name of the column in which a problem with that pointer is; null when it is that of the whole record. */
    static @Nullable String nameAt(String pointer) {
        String[] names = pointer.split("/", -1);
        String member = names.length > 1 ? names[1] : "";
        String last = names[names.length - 1];
        return switch (member) {
            case "deleted" -> last.equals("by") ? "deletedBy" : "deletedAt";
            case "trail" -> named(last).map(SheetColumn::name).orElse(null);
            default -> named(member).map(SheetColumn::name).orElse(null);
        };
    }

    private static SheetColumn column(String name, Content content, Function<TicketView, @Nullable String> cell) {
        return new SheetColumn(name, content, false, cell);
    }

    private static SheetColumn clearing(String name, Content content, Function<TicketView, @Nullable String> cell) {
        return new SheetColumn(name, content, true, cell);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Rfc3339.text(instant);
    }

    private static @Nullable String time(@Nullable Trace trace) {
        return trace == null ? null : Rfc3339.text(Instant.ofEpochMilli(trace.atMillis()));
    }

    private static @Nullable String customFields(TicketView ticket) {
        return ticket.customFields().isEmpty()
                ? null
                : JsonWriter.text(json -> json.value(CustomFieldJson.tree(ticket.customFields())));
    }

    private static String links(TicketView ticket) {
        return CellList.join(ticket.links().stream()
                .map(link -> link.type().name() + " " + link.target())
                .toList());
    }

    private static @Nullable String mergedInto(TicketView ticket) {
        return ticket.state()
                .mergedInto()
                .or(Optional.empty())
                .map(TicketId::toString)
                .orElse(null);
    }
}
