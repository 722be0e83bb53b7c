package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import java.util.List;

/**
 * A state that a ticket can take next.
 *
 * @param resolutions the reasons of which one can be given; empty unless the state is a done one
 */
public record RemoteTransition(Status to, StatusCategory category, List<String> resolutions) {
    public RemoteTransition {
        resolutions = List.copyOf(resolutions);
    }

    static RemoteTransition read(AnswerForm form) {
        return new RemoteTransition(
                new Status(form.text("to")),
                form.converted("category", RemoteTicket::category),
                form.textsOrNone("resolutions"));
    }
}
