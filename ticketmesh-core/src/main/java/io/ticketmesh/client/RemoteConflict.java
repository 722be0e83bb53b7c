package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.JsonValue;
import java.time.Instant;
import java.util.List;

/**
 * A field into which several people wrote without knowing of each other. Settled by {@link TicketMeshClient#settle}.
 *
 * @param field the field's name in JSON
 * @param winner what the ticket shows, on every node
 * @param losers what else was written, by falling order of winning
 */
public record RemoteConflict(String field, Write winner, List<Write> losers) {
    /** What somebody wrote. */
    public record Write(JsonValue value, String actor, NodeId node, Instant at) {
        static Write read(AnswerForm form) {
            return new Write(
                    form.value("value"), form.text("actor"), form.converted("node", NodeId::parse), form.instant("at"));
        }
    }

    public RemoteConflict {
        losers = List.copyOf(losers);
    }

    static RemoteConflict read(AnswerForm form) {
        return new RemoteConflict(
                form.text("field"), Write.read(form.inner("winner")), form.each("losers", Write::read));
    }
}
