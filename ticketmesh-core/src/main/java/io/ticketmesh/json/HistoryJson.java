package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.HistoryEntry;
import java.time.Instant;
import java.util.List;

/** An entry of a ticket's history in JSON: who changed what, when and on which node. */
public final class HistoryJson {
    private HistoryJson() {}

    /** Writes the entry as an object. A value that was not there, or that a redaction took away, is null. */
    public static void write(JsonWriter json, HistoryEntry entry) {
        Trace trace = entry.trace();
        json.startObject()
                .member("id", trace.operation().toString())
                .member("actor", trace.actor())
                .member("at", Instant.ofEpochMilli(trace.atMillis()))
                .member("node", trace.operation().origin().node().toString());
        writeChanges(json, entry.changes());
        json.endObject();
    }

    static void writeChanges(JsonWriter json, List<FieldChange> changes) {
        json.startArray("changes");
        for (FieldChange change : changes) {
            json.startObject()
                    .member("field", change.field())
                    .member("old", FieldJson.tree(change.before()))
                    .member("new", FieldJson.tree(change.after()))
                    .optional(
                            "comment",
                            change.comment() == null ? null : change.comment().toString())
                    .endObject();
        }
        json.endArray();
    }
}
