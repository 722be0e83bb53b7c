package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.Conflict;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form in which tickets are shown: which members, to whom, and at what time. Every chosen member is always present, null or
 * empty when the ticket has no such thing. Immutable and thread-safe.
 *
 * <pre>{@code
 * TicketJson form = TicketJson.at(Instant.now()).hidingInternal();
 * byte[] body = JsonWriter.bytes(json -> form.write(json, ticket));
 * }</pre>
 *
 * <p>Entity tags are written without quotes. Custom fields are written as {@link CustomFieldJson} says.
 */
public final class TicketJson {
    private static final Map<String, Member> MEMBERS = members();

    /** The names of all members, in the order in which they are written. */
    public static final Set<String> NAMES = MEMBERS.keySet();

    /** The names of what only the server writes: what it computes, and what no change sets. */
    public static final Set<String> READ_ONLY = Set.of(
            "id",
            "key",
            "statusCategory",
            "createdBy",
            "mergedInto",
            "overdue",
            "sla",
            "occurrences",
            "lastPlace",
            "lastSeenAt",
            "deleted",
            "createdAt",
            "updatedAt",
            "resolvedAt",
            "closedAt",
            "firstResponseAt",
            "reopenCount",
            "commentCount",
            "attachments",
            "conflicts",
            "etag");

    private final Instant now;
    private final boolean seesInternal;
    private final Set<String> names;

    /** What one member says of a ticket. */
    @FunctionalInterface
    private interface Member {
        @Nullable
        Object of(TicketView ticket, TicketJson form);
    }

    private TicketJson(Instant now, boolean seesInternal, Set<String> names) {
        this.now = now;
        this.seesInternal = seesInternal;
        this.names = names;
    }

    /**
     * All members, for a reader who may see internal comments.
     *
     * @param now decides what is overdue, and how service clocks stand
     */
    public static TicketJson at(Instant now) {
        return new TicketJson(now, true, NAMES);
    }

    /** The same for a reader who may not see internal comments: they are not counted. */
    public TicketJson hidingInternal() {
        return new TicketJson(now, false, names);
    }

    /** Whether the reader may see internal comments. */
    public boolean seesInternal() {
        return seesInternal;
    }

    /**
     * The same with these members only, in the usual order.
     *
     * @throws InvalidChangeException with the field {@code fields} when a name is none of {@link #NAMES}
     */
    public TicketJson only(Collection<String> wanted) {
        for (String name : wanted) {
            if (!MEMBERS.containsKey(name)) {
                throw new InvalidChangeException(
                        "fields",
                        "unknown-value",
                        "has '" + name + "', which is none of " + String.join(", ", NAMES),
                        null);
            }
        }
        return new TicketJson(now, seesInternal, Set.copyOf(wanted));
    }

    /** Writes the ticket as an object. */
    public void write(JsonWriter json, TicketView ticket) {
        json.startObject();
        writeMembers(json, ticket);
        json.endObject();
    }

    /** Writes the ticket's members into an object that was begun already. */
    public void writeMembers(JsonWriter json, TicketView ticket) {
        MEMBERS.forEach((name, member) -> {
            if (names.contains(name)) {
                json.member(name, member.of(ticket, this));
            }
        });
    }

    private static Map<String, Member> members() {
        Map<String, Member> members = new LinkedHashMap<>();
        members.put("id", (ticket, form) -> ticket.id().toString());
        members.put("key", (ticket, form) -> ticket.key().toString());
        members.put("type", (ticket, form) -> ticket.type());
        members.put("title", (ticket, form) -> ticket.title());
        members.put("description", (ticket, form) -> ticket.description());
        members.put("status", (ticket, form) -> ticket.status().name());
        members.put("statusCategory", (ticket, form) -> ticket.category().label());
        members.put("resolution", (ticket, form) -> ticket.resolution());
        members.put("pendingUntil", (ticket, form) -> ticket.pendingUntil());
        members.put("priority", (ticket, form) -> ticket.priority().name());
        members.put("queue", (ticket, form) -> ticket.queue());
        members.put("createdBy", (ticket, form) -> ticket.createdBy());
        members.put("reporter", (ticket, form) -> ticket.reporter());
        members.put("assignee", (ticket, form) -> ticket.assignee());
        members.put("tags", (ticket, form) -> ticket.tags());
        members.put("watchers", (ticket, form) -> ticket.watchers());
        members.put("customFields", (ticket, form) -> CustomFieldJson.tree(ticket.customFields()));
        members.put(
                "links",
                (ticket, form) -> ticket.links().stream().map(TicketJson::link).toList());
        members.put("mergedInto", (ticket, form) -> reference(ticket.mergedInto()));
        members.put("dueAt", (ticket, form) -> ticket.dueAt());
        members.put("dueDate", (ticket, form) -> ticket.dueDate());
        members.put("overdue", (ticket, form) -> ticket.isOverdue(form.now));
        members.put(
                "sla",
                (ticket, form) -> ticket.clocks(form.now).stream()
                        .map(ServiceClockJson::tree)
                        .toList());
        members.put("occurrences", (ticket, form) -> ticket.occurrences());
        members.put("lastPlace", (ticket, form) -> ticket.lastPlace());
        members.put("lastSeenAt", (ticket, form) -> ticket.lastSeenAt());
        members.put("deleted", (ticket, form) -> deletion(ticket.deletion()));
        members.put("externalId", (ticket, form) -> ticket.externalId());
        members.put("createdAt", (ticket, form) -> ticket.createdAt());
        members.put("updatedAt", (ticket, form) -> ticket.updatedAt());
        members.put("resolvedAt", (ticket, form) -> ticket.resolvedAt());
        members.put("closedAt", (ticket, form) -> ticket.closedAt());
        members.put("firstResponseAt", (ticket, form) -> ticket.firstResponseAt());
        members.put("reopenCount", (ticket, form) -> ticket.reopenCount());
        members.put("commentCount", (ticket, form) -> ticket.commentCount(form.seesInternal));
        members.put(
                "attachments",
                (ticket, form) ->
                        ticket.attachments().stream().map(AttachmentJson::tree).toList());
        members.put(
                "conflicts",
                (ticket, form) ->
                        ticket.conflicts().stream().map(Conflict::field).toList());
        members.put("etag", (ticket, form) -> ticket.etag());
        return Collections.unmodifiableMap(members);
    }

    private static Map<String, Object> link(Link link) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", link.type().name());
        tree.put("id", link.target().toString());
        tree.put("key", link.target().key().toString());
        return tree;
    }

    /** An object of id and key; null for none. */
    public static @Nullable Object reference(@Nullable TicketId ticket) {
        if (ticket == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", ticket.toString());
        tree.put("key", ticket.key().toString());
        return tree;
    }

    private static @Nullable Object deletion(@Nullable Trace trace) {
        if (trace == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("by", trace.actor());
        tree.put("at", Instant.ofEpochMilli(trace.atMillis()));
        return tree;
    }
}
