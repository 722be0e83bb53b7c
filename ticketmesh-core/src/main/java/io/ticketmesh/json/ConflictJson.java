package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.ticket.Conflict;
import java.time.Instant;

/** A conflict in JSON: what won, and what else was written, by whom, when and on which node. */
public final class ConflictJson {
    private ConflictJson() {}

    /** Writes the conflict as an object of {@code field}, {@code winner} and {@code losers}. */
    public static void write(JsonWriter json, Conflict conflict) {
        json.startObject().member("field", conflict.field()).name("winner");
        write(json, conflict.winner());
        json.startArray("losers");
        conflict.losers().forEach(loser -> write(json, loser));
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, Written<?> written) {
        Trace trace = written.trace();
        json.startObject()
                .member("value", FieldJson.tree(written.value()))
                .member("actor", trace.actor())
                .member("node", trace.operation().origin().node().toString())
                .member("at", Instant.ofEpochMilli(trace.atMillis()))
                .endObject();
    }
}
