package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as a server showed it, in the words of {@link io.ticketmesh.ticket.TicketView}. Immutable; equal when the servers showed the same.
 */
public final class RemoteTicket {
    private final JsonObject json;
    private final TicketId id;
    private final String etag;
    private final String type;
    private final String title;
    private final String description;
    private final Status status;
    private final StatusCategory category;
    private final @Nullable String resolution;
    private final @Nullable Instant pendingUntil;
    private final Priority priority;
    private final String queue;
    private final String createdBy;
    private final String reporter;
    private final @Nullable String assignee;
    private final List<String> tags;
    private final List<String> watchers;
    private final SortedMap<String, FieldValue> customFields;
    private final List<Link> links;
    private final List<RemoteAttachment> attachments;
    private final @Nullable TicketId mergedInto;
    private final @Nullable Instant dueAt;
    private final @Nullable LocalDate dueDate;
    private final boolean overdue;
    private final List<RemotePromise> promises;
    private final long occurrences;
    private final @Nullable String lastPlace;
    private final @Nullable Instant lastSeenAt;
    private final @Nullable String deletedBy;
    private final @Nullable Instant deletedAt;
    private final @Nullable String externalId;
    private final Instant createdAt;
    private final Instant updatedAt;
    private final @Nullable Instant resolvedAt;
    private final @Nullable Instant closedAt;
    private final @Nullable Instant firstResponseAt;
    private final int reopenCount;
    private final int commentCount;
    private final List<String> conflicts;
    private final List<RemoteHighlight> highlights;

    private RemoteTicket(AnswerForm form) {
        json = form.json();
        id = TicketId.of(form.uuid("id"));
        etag = form.text("etag");
        type = form.text("type");
        title = form.text("title");
        description = form.text("description");
        status = new Status(form.text("status"));
        category = form.converted("statusCategory", RemoteTicket::category);
        resolution = form.textOrNull("resolution");
        pendingUntil = form.instantOrNull("pendingUntil");
        priority = priority(form.text("priority"));
        queue = form.text("queue");
        createdBy = form.text("createdBy");
        reporter = form.text("reporter");
        assignee = form.textOrNull("assignee");
        tags = form.texts("tags");
        watchers = form.texts("watchers");
        customFields = form.customFields("customFields");
        links = form.each("links", RemoteTicket::link);
        attachments = form.each("attachments", RemoteAttachment::read);
        AnswerForm merged = form.innerOrNull("mergedInto");
        mergedInto = merged == null ? null : TicketId.of(merged.uuid("id"));
        dueAt = form.instantOrNull("dueAt");
        dueDate = form.dateOrNull("dueDate");
        overdue = form.truth("overdue");
        promises = form.eachOrNone("sla", RemotePromise::read);
        occurrences = form.number("occurrences");
        lastPlace = form.textOrNull("lastPlace");
        lastSeenAt = form.instantOrNull("lastSeenAt");
        AnswerForm deleted = form.innerOrNull("deleted");
        deletedBy = deleted == null ? null : deleted.text("by");
        deletedAt = deleted == null ? null : deleted.instant("at");
        externalId = form.textOrNull("externalId");
        createdAt = form.instant("createdAt");
        updatedAt = form.instant("updatedAt");
        resolvedAt = form.instantOrNull("resolvedAt");
        closedAt = form.instantOrNull("closedAt");
        firstResponseAt = form.instantOrNull("firstResponseAt");
        reopenCount = (int) form.number("reopenCount");
        commentCount = (int) form.number("commentCount");
        conflicts = form.texts("conflicts");
        highlights = form.eachOrNone("highlights", RemoteHighlight::read);
    }

    static RemoteTicket read(AnswerForm form) {
        return new RemoteTicket(form);
    }

    static StatusCategory category(String label) {
        return StatusCategory.valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** One that only newer servers know has the rank of a normal one here. */
    private static Priority priority(String name) {
        return Priority.named(name).orElseGet(() -> new Priority(Priority.NORMAL.rank(), name));
    }

    private static Link link(AnswerForm form) {
        String type = form.text("type");
        return new Link(LinkType.named(type).orElseGet(() -> new LinkType(type, type)), TicketId.of(form.uuid("id")));
    }

    /** All that the server showed, with what this version of the client does not know. */
    public JsonObject json() {
        return json;
    }

    public TicketId id() {
        return id;
    }

    public TicketKey key() {
        return id.key();
    }

    /** Names this state, the same on every server that holds it; without quotes. See {@link TicketMeshClient#changeIf}. */
    public String etag() {
        return etag;
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    /** Markdown; empty when there is none. */
    public String description() {
        return description;
    }

    public Status status() {
        return status;
    }

    public StatusCategory category() {
        return category;
    }

    /** Why it is done; null unless it is. */
    public @Nullable String resolution() {
        return resolution;
    }

    /** When waiting ends; null when open-ended or not waiting. */
    public @Nullable Instant pendingUntil() {
        return pendingUntil;
    }

    public Priority priority() {
        return priority;
    }

    public String queue() {
        return queue;
    }

    public String createdBy() {
        return createdBy;
    }

    public String reporter() {
        return reporter;
    }

    /** Null when nobody is responsible. */
    public @Nullable String assignee() {
        return assignee;
    }

    public List<String> tags() {
        return tags;
    }

    public List<String> watchers() {
        return watchers;
    }

    /** The fields that are set, by key. */
    public SortedMap<String, FieldValue> customFields() {
        return customFields;
    }

    public List<Link> links() {
        return links;
    }

    /** By the time at which they were added. */
    public List<RemoteAttachment> attachments() {
        return attachments;
    }

    /** The ticket that is worked on instead; null when it is this one. */
    public @Nullable TicketId mergedInto() {
        return mergedInto;
    }

    /** When it is due; null unless it is due at an instant. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** The last day on which it is not overdue; null unless it is due by date. */
    public @Nullable LocalDate dueDate() {
        return dueDate;
    }

    /** Whether it was overdue when the server answered. */
    public boolean isOverdue() {
        return overdue;
    }

    /** How what was promised about it stood when the server answered; none when nothing was. */
    public List<RemotePromise> promises() {
        return promises;
    }

    /** How often what it is about happened; 0 when nobody counts. */
    public long occurrences() {
        return occurrences;
    }

    /** Where it happened last; null when that was never told. */
    public @Nullable String lastPlace() {
        return lastPlace;
    }

    /** When it happened there; null when no place was told. */
    public @Nullable Instant lastSeenAt() {
        return lastSeenAt;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Null unless it is deleted. */
    public @Nullable String deletedBy() {
        return deletedBy;
    }

    /** Null unless it is deleted. */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }

    /** Its name in the system from which it was imported; null when it was not. */
    public @Nullable String externalId() {
        return externalId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** When it was done the last time; null unless it is. */
    public @Nullable Instant resolvedAt() {
        return resolvedAt;
    }

    /** When it was closed the last time; null unless it is. */
    public @Nullable Instant closedAt() {
        return closedAt;
    }

    /** When somebody other than reporter and creator first commented in public; null when nobody did. */
    public @Nullable Instant firstResponseAt() {
        return firstResponseAt;
    }

    /** How often it left the done states. */
    public int reopenCount() {
        return reopenCount;
    }

    /** How many comments the caller may see. */
    public int commentCount() {
        return commentCount;
    }

    /** The fields in which concurrent writes lost; see {@link TicketMeshClient#conflicts}. */
    public List<String> conflicts() {
        return conflicts;
    }

    /** Where the words that a list was asked for stand; none unless {@link Paging#highlight} asked for them. */
    public List<RemoteHighlight> highlights() {
        return highlights;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RemoteTicket that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Like {@code TM-YKFCGBB6 "Printer on fire" (open)}. */
    @Override
    public String toString() {
        return key() + " \"" + title + "\" (" + status + ")";
    }
}
