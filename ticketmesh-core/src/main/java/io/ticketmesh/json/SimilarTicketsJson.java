package io.ticketmesh.json;

import io.ticketmesh.node.SimilarTickets;
import io.ticketmesh.node.SimilarTickets.SimilarTicket;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Tickets like one that is being written, in JSON. */
public final class SimilarTicketsJson {
    private static final int DIGITS = 2;

    private SimilarTicketsJson() {}

    /**
     * Writes them as an object of {@code items}, each a ticket with its {@code similarity} to two digits, and {@code complete}, left
     * out when true.
     */
    public static void write(JsonWriter json, SimilarTickets similar, TicketJson form) {
        json.startObject().startArray("items");
        for (SimilarTicket item : similar.items()) {
            json.startObject();
            form.writeMembers(json, item.ticket());
            json.member("similarity", BigDecimal.valueOf(item.similarity()).setScale(DIGITS, RoundingMode.HALF_UP));
            json.endObject();
        }
        json.endArray().optional("complete", similar.complete() ? null : false).endObject();
    }
}
