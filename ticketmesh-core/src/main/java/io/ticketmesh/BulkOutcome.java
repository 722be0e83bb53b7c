package io.ticketmesh;

import io.ticketmesh.ticket.TicketId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a change of many tickets. Immutable.
 *
 * @param changed how many were changed
 * @param unchanged how many were so already
 * @param refused why the others were not changed, in the order in which they were found
 */
public record BulkOutcome(int changed, int unchanged, Map<TicketId, RuntimeException> refused) {
    public BulkOutcome {
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }
}
