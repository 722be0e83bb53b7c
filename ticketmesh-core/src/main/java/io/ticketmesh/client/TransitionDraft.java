package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what belongs to a transition: stored with it, or not at all. Not thread-safe. */
public final class TransitionDraft {
    private final Map<String, Object> members = new LinkedHashMap<>();

    TransitionDraft(Status to) {
        members.put("to", to.name());
    }

    /** Why it is done; one of the reasons that the workflow names. */
    public TransitionDraft resolution(String resolution) {
        members.put("resolution", resolution);
        return this;
    }

    /** When waiting ends. */
    public TransitionDraft pendingUntil(Instant until) {
        members.put("pendingUntil", until);
        return this;
    }

    /** A comment that everybody sees. */
    public TransitionDraft comment(String body) {
        return comment(body, CommentKind.PUBLIC);
    }

    public TransitionDraft comment(String body, CommentKind kind) {
        members.put("comment", Map.of("body", body, "kind", kind.label()));
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
