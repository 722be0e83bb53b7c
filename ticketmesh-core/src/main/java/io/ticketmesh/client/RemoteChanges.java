package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.util.List;

/**
 * What has happened since the last time it was asked for.
 *
 * @param events in the order in which the server learned of them; the {@link RemoteEvent#id} of each is that from which was asked
 * @param next what to ask from the next time, of any server; empty when the server cannot say
 * @param more whether to ask again at once; there may be no events all the same
 * @param reset whether the server cannot tell what happened since then: read anew whatever is shown, and go on from {@code next}
 */
public record RemoteChanges(List<RemoteEvent> events, String next, boolean more, boolean reset) {
    public RemoteChanges {
        events = List.copyOf(events);
    }

    /** @param since from which was asked */
    static RemoteChanges read(String since, Answer answer) {
        AnswerForm form = answer.form();
        if (answer.status() >= 400) {
            String next = form.textOrNull("next");
            return new RemoteChanges(List.of(), next == null ? "" : next, false, true);
        }
        return new RemoteChanges(
                form.each("items", item -> RemoteEvent.read(since, item.json())),
                form.text("next"),
                form.truth("more"),
                false);
    }
}
