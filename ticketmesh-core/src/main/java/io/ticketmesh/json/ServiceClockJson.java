package io.ticketmesh.json;

import io.ticketmesh.ticket.ServiceClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a promise about a ticket stands, in JSON. */
final class ServiceClockJson {
    private ServiceClockJson() {}

    static Map<String, Object> tree(ServiceClock clock) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Duration remaining = clock.remaining();
        tree.put("metric", clock.metric().label());
        tree.put("policy", clock.policy());
        tree.put("targetSeconds", clock.target().toSeconds());
        tree.put("state", clock.state().label());
        tree.put("ended", clock.ended());
        tree.put("dueAt", clock.dueAt());
        tree.put("remainingSeconds", remaining == null ? null : remaining.toSeconds());
        return tree;
    }
}
