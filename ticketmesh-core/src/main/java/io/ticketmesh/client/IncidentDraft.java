package io.ticketmesh.client;

import io.ticketmesh.incident.Severity;
import io.ticketmesh.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what is told of an incident, in the words of {@link io.ticketmesh.incident.Incident}. Everything but place and details is said once, when the
 * ticket is created. Rules are checked by the server. Not thread-safe.
 */
public final class IncidentDraft {
    private final Map<String, Object> members = new LinkedHashMap<>();

    IncidentDraft(String dedupKey) {
        members.put("dedupKey", dedupKey);
    }

    /** 1 to 255 characters on one line; by default the key. */
    public IncidentDraft title(String title) {
        return with("title", title);
    }

    /** Markdown, at most 65,536 characters; by default none. */
    public IncidentDraft description(String description) {
        return with("description", description);
    }

    /** Says the priority; by default {@link Severity#ERROR}. */
    public IncidentDraft severity(Severity severity) {
        return with("severity", severity.label());
    }

    /** Where it happened, at most 128 characters; by default the name of the server that is asked. */
    public IncidentDraft place(String place) {
        return with("place", place);
    }

    /** A slug of at most 64 characters; by default {@code default}. */
    public IncidentDraft queue(String queue) {
        return with("queue", queue);
    }

    /** At most 50. */
    public IncidentDraft tags(String... tags) {
        return with("tags", List.of(tags));
    }

    /**
     * What this one looked like, at most 65,536 characters. It becomes an internal comment when the ticket is created or opened again; of
     * those that are only counted it is not kept.
     */
    public IncidentDraft details(String details) {
        return with("details", details);
    }

    private IncidentDraft with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
