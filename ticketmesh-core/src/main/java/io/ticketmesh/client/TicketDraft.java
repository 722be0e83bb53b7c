package io.ticketmesh.client;

import io.ticketmesh.json.CustomFieldJson;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a ticket shall say, in the words of {@code TicketEdit}: all of it is stored, or nothing. What is not mentioned stays as it is.
 * Rules are checked by the server, which tells all that are broken. Tags, watchers and links are <em>whole</em> lists here; to add or take
 * away one, see {@link TicketMeshClient#tag} and its siblings. The word that is said last counts. Not thread-safe.
 */
public final class TicketDraft {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> customFields = new LinkedHashMap<>();

    TicketDraft() {}

    /** 1 to 255 characters on one line. */
    public TicketDraft title(String title) {
        return with("title", title);
    }

    /** Markdown, at most 65,536 characters; empty takes it away. */
    public TicketDraft description(String description) {
        return with("description", description);
    }

    /** One of the types that the workflow names. */
    public TicketDraft type(String type) {
        return with("type", type);
    }

    /** Moves the ticket to another state, if the workflow allows; a new one begins in it. */
    public TicketDraft status(Status status) {
        return with("status", status.name());
    }

    /** Moves the ticket to a done state for one of the reasons that the workflow names. */
    public TicketDraft status(Status status, String resolution) {
        return with("status", status.name()).with("resolution", resolution);
    }

    /** Lets the ticket wait until then. */
    public TicketDraft pendingUntil(Instant until) {
        return with("status", Status.PENDING.name()).with("pendingUntil", until);
    }

    public TicketDraft priority(Priority priority) {
        return with("priority", priority.name());
    }

    /** A slug of at most 64 characters. */
    public TicketDraft queue(String queue) {
        return with("queue", queue);
    }

    /** On whose behalf the ticket is; at most 128 characters. */
    public TicketDraft reporter(String reporter) {
        return with("reporter", reporter);
    }

    /** Who is responsible, at most 128 characters; null for nobody. */
    public TicketDraft assignee(@Nullable String assignee) {
        return with("assignee", assignee);
    }

    /** All tags that the ticket shall have. */
    public TicketDraft tags(String... tags) {
        return with("tags", List.of(tags));
    }

    /** All who shall watch it. */
    public TicketDraft watchers(String... watchers) {
        return with("watchers", List.of(watchers));
    }

    /** All links that it shall have. */
    public TicketDraft links(Link... links) {
        return with(
                "links",
                Arrays.stream(links)
                        .map(link -> Map.of(
                                "type", link.type().name(), "id", link.target().toString()))
                        .toList());
    }

    /** Sets a field that the application defines; {@link FieldValue#ABSENT} takes it away. */
    public TicketDraft customField(String key, FieldValue value) {
        customFields.put(key, CustomFieldJson.tree(value));
        return with("customFields", customFields);
    }

    public TicketDraft dueAt(Instant instant) {
        members.remove("dueDate");
        return with("dueAt", instant);
    }

    /** Due by the end of that day, wherever the reader is. */
    public TicketDraft dueOn(LocalDate date) {
        members.remove("dueAt");
        return with("dueDate", date);
    }

    public TicketDraft neverDue() {
        return with("dueAt", null).with("dueDate", null);
    }

    /** Its name in another system; 1 to 255 characters. */
    public TicketDraft externalId(String externalId) {
        return with("externalId", externalId);
    }

    private TicketDraft with(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
