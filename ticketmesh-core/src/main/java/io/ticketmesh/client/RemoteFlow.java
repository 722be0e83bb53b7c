package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.TicketFlow;
import java.time.ZoneId;

/** Reads what came in and went out, as {@link io.ticketmesh.json.TicketFlowJson} writes it. */
final class RemoteFlow {
    private RemoteFlow() {}

    /** @param zone of which it was asked */
    static TicketFlow read(AnswerForm form, ZoneId zone) {
        return new TicketFlow(
                form.date("from"),
                form.date("to"),
                zone,
                form.each("days", RemoteFlow::day),
                durations(form.inner("firstResponse")),
                durations(form.inner("resolution")));
    }

    private static TicketFlow.Day day(AnswerForm form) {
        return new TicketFlow.Day(
                form.date("day"),
                form.number("created"),
                form.number("resolved"),
                form.number("closed"),
                form.number("reopened"),
                form.number("open"));
    }

    private static TicketFlow.Durations durations(AnswerForm form) {
        return new TicketFlow.Durations(
                form.number("count"), form.numberOrNull("medianMillis"), form.numberOrNull("p90Millis"));
    }
}
