package io.ticketmesh.json;

import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketFlow.Durations;

/**
 * What came in and went out, in JSON: {@code from}, {@code to}, {@code zone}, the {@code days}, and how long {@code firstResponse} and
 * {@code resolution} took, in milliseconds.
 */
public final class TicketFlowJson {
    private TicketFlowJson() {}

    /** Writes it as an object. */
    public static void write(JsonWriter json, TicketFlow flow) {
        json.startObject()
                .member("from", flow.from())
                .member("to", flow.to())
                .member("zone", flow.zone().getId())
                .startArray("days");
        for (TicketFlow.Day day : flow.days()) {
            json.startObject()
                    .member("day", day.day())
                    .member("created", day.created())
                    .member("resolved", day.resolved())
                    .member("closed", day.closed())
                    .member("reopened", day.reopened())
                    .member("open", day.open())
                    .endObject();
        }
        json.endArray();
        write(json, "firstResponse", flow.firstResponse());
        write(json, "resolution", flow.resolution());
        json.endObject();
    }

    private static void write(JsonWriter json, String name, Durations durations) {
        json.startObject(name)
                .member("count", durations.count())
                .member("medianMillis", durations.median())
                .member("p90Millis", durations.ninetieth())
                .endObject();
    }
}
