package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.util.List;

/**
 * Tickets like one that is being written.
 *
 * @param items the most similar first
 * @param complete whether the newest writes could be looked through too
 */
public record RemoteSimilarTickets(List<Item> items, boolean complete) {
    /**
     * One of them.
     *
     * @param similarity how much of the weight of the words it has, from 0 to 1; rare words weigh more
     */
    public record Item(RemoteTicket ticket, double similarity) {
        static Item read(AnswerForm form) {
            return new Item(RemoteTicket.read(form), form.decimal("similarity").doubleValue());
        }
    }

    public RemoteSimilarTickets {
        items = List.copyOf(items);
    }

    static RemoteSimilarTickets read(AnswerForm form) {
        return new RemoteSimilarTickets(form.each("items", Item::read), form.truthOr("complete", true));
    }
}
