package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a canned reply shall be like as a whole. Needed are title and body. Rules are checked by the server. Not thread-safe. */
public final class ReplyDraft {
    private final Map<String, Object> members = new LinkedHashMap<>();

    ReplyDraft() {}

    /** What people read; 1 to 128 characters on one line. */
    public ReplyDraft title(String title) {
        return with("title", title);
    }

    /** 1 to 7,500 characters of Markdown, with placeholders such as {@code reporter} in double braces. */
    public ReplyDraft body(String body) {
        return with("body", body);
    }

    /** Where the ticket goes along with it. */
    public ReplyDraft status(Status status) {
        return with("status", status.name());
    }

    /** Where the ticket goes along with it, and why: a done state and one of the reasons that the workflow names. */
    public ReplyDraft status(Status status, String resolution) {
        return status(status).with("resolution", resolution);
    }

    /** Which tags are added along with it; at most 10. */
    public ReplyDraft tags(String... tags) {
        return with("tags", List.of(tags));
    }

    private ReplyDraft with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
