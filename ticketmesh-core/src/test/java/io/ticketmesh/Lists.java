package io.ticketmesh;

import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.TicketQuery;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Questions for lists, as tests ask them. */
final class Lists {
    private Lists() {}

    static TicketQuery filtered(TicketMesh mesh, UnaryOperator<Criteria> words) {
        Criteria criteria = new Criteria(
                mesh.service().workflow(),
                mesh.service().timeRules(),
                "alice",
                Instant.ofEpochMilli(mesh.service().nowMillis()));
        return TicketQuery.of(words.apply(criteria).filter(), 50);
    }
}
