package io.ticketmesh.client;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects at most 100 operations that are sent together; each succeeds or fails for itself. Not thread-safe. */
public final class BulkDraft {
    private final List<Map<String, Object>> operations = new ArrayList<>();

    BulkDraft() {}

    public BulkDraft create(String title, Consumer<TicketDraft> details) {
        return add("create", "", "", body(draft -> details.accept(draft.title(title))));
    }

    public BulkDraft change(String reference, Consumer<TicketDraft> edit) {
        return add("update", reference, "", body(edit));
    }

    /** Changes a ticket if it is in the state that {@code etag} names. */
    public BulkDraft changeIf(String reference, String etag, Consumer<TicketDraft> edit) {
        return add("update", reference, EntityTag.quoted(etag), body(edit));
    }

    public BulkDraft transition(String reference, Status to) {
        return transition(reference, to, draft -> {});
    }

    public BulkDraft transition(String reference, Status to, Consumer<TransitionDraft> details) {
        TransitionDraft draft = new TransitionDraft(to);
        details.accept(draft);
        return add("transition", reference, "", tree(draft::write));
    }

    /** Writes a comment that everybody sees. */
    public BulkDraft comment(String reference, String body) {
        return comment(reference, body, CommentKind.PUBLIC);
    }

    public BulkDraft comment(String reference, String body, CommentKind kind) {
        return add("comment", reference, "", Map.of("body", body, "kind", kind.label()));
    }

    public BulkDraft merge(String reference, String into) {
        return add("merge", reference, "", Map.of("into", into));
    }

    public BulkDraft delete(String reference) {
        return add("delete", reference, "", null);
    }

    public BulkDraft restore(String reference) {
        return add("restore", reference, "", null);
    }

    public BulkDraft purge(String reference) {
        return add("purge", reference, "", null);
    }

    private static JsonValue body(Consumer<TicketDraft> edit) {
        TicketDraft draft = new TicketDraft();
        edit.accept(draft);
        return tree(draft::write);
    }

    /** What a draft says now; it may be used for other things later. */
    private static JsonValue tree(Consumer<JsonWriter> steps) {
        byte[] bytes = JsonWriter.bytes(steps);
        return Json.parse(
                bytes, JsonLimits.DEFAULT.withDocumentBytes(bytes.length).withStringChars(bytes.length));
    }

    private BulkDraft add(String verb, String reference, String ifMatch, @Nullable Object body) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", verb);
        if (!verb.equals("create")) {
            operation.put("ref", reference);
        }
        if (!ifMatch.isEmpty()) {
            operation.put("ifMatch", ifMatch);
        }
        if (body != null) {
            operation.put("body", body);
        }
        operations.add(operation);
        return this;
    }

    void write(JsonWriter json) {
        json.startObject().member("operations", operations).endObject();
    }
}
