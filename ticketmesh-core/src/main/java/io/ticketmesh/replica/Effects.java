package io.ticketmesh.replica;

import io.ticketmesh.store.Commit;
import java.util.List;

/**
 * What a replica wants done, to be performed in the order of the components: the commit is durable before anybody hears of it.
 * If the commit fails nothing else may be performed, and the replica must not be used any more.
 *
 * @param commit to be made durable first; may be empty
 * @param messages to be sent then, never waiting
 * @param events to be published then
 * @param outcomes one for each proposal, in order
 * @param alarms to be logged
 */
public record Effects(
        Commit commit, List<Outgoing> messages, List<TicketEvent> events, List<Outcome> outcomes, List<Alarm> alarms) {
    public Effects {
        messages = List.copyOf(messages);
        events = List.copyOf(events);
        outcomes = List.copyOf(outcomes);
        alarms = List.copyOf(alarms);
    }
}
