package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the operations of one bulk request.
 *
 * @param failed how many did not succeed
 * @param items one for each operation, in their order
 */
public record RemoteBulk(int failed, List<Item> items) {
    /**
     * What became of one operation.
     *
     * @param status as the operation alone would have been answered
     * @param id the ticket; null when it failed or purged it
     * @param etag its state, without quotes; null likewise
     * @param problem why it failed; null when it succeeded
     */
    public record Item(
            int status,
            @Nullable TicketId id,
            @Nullable String etag,
            @Nullable Problem problem) {
        static Item read(AnswerForm form) {
            int status = (int) form.number("status");
            JsonValue problem = form.value("problem");
            return new Item(
                    status,
                    form.convertedOrNull("id", TicketId::parse),
                    form.textOrNull("etag"),
                    problem instanceof JsonNull ? null : Problem.read(status, problem));
        }
    }

    public RemoteBulk {
        items = List.copyOf(items);
    }

    static RemoteBulk read(AnswerForm form) {
        return new RemoteBulk((int) form.number("failed"), form.each("items", Item::read));
    }
}
