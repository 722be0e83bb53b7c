package io.ticketmesh.json;

import io.ticketmesh.node.TicketList;
import io.ticketmesh.ticket.TicketView;
import java.util.function.BiConsumer;

/** A page of a list in JSON. */
public final class TicketListJson {
    private TicketListJson() {}

    /**
     * Writes the page as an object of {@code items}; {@code next} and {@code prev}, which are cursors and left out at the ends of the
     * list; {@code total} if it was asked for; and {@code complete}, left out when true.
     */
    public static void write(JsonWriter json, TicketList page, TicketJson form) {
        json.startObject();
        writeMembers(json, page, form);
        json.endObject();
    }

    /** Writes the members of that object into one that was begun already. */
    public static void writeMembers(JsonWriter json, TicketList page, TicketJson form) {
        writeMembers(json, page, form::write);
    }

    /** The same, with each ticket written as {@code item} does. */
    public static void writeMembers(JsonWriter json, TicketList page, BiConsumer<JsonWriter, TicketView> item) {
        json.startArray("items");
        page.items().forEach(ticket -> item.accept(json, ticket));
        json.endArray()
                .optional("next", page.next() == null ? null : page.next().toString())
                .optional(
                        "prev", page.previous() == null ? null : page.previous().toString())
                .optional("total", page.total())
                .optional("complete", page.complete() ? null : false);
    }
}
