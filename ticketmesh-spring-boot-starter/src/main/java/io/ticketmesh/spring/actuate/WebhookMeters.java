package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.webhook.WebhookStatistics;
import java.util.function.ToDoubleFunction;

/** The meters {@code ticketmesh.webhooks.*}. */
final class WebhookMeters {
    private static final String ATTEMPTS = "ticketmesh.webhooks.attempts";
    private static final String DESCRIPTION = "Tries to tell a receiver something";
    private static final String OUTCOME = "outcome";

    private WebhookMeters() {}

    static void bindTo(Meters meters) {
        meters.gauge("ticketmesh.webhooks.defined", "Webhooks of the mesh", of(WebhookStatistics::webhooks));
        meters.gauge(
                "ticketmesh.webhooks.stopped",
                "Webhooks that were switched off because their receivers take nothing",
                of(WebhookStatistics::stopped));
        meters.counter(ATTEMPTS, DESCRIPTION, of(WebhookStatistics::accepted), OUTCOME, "accepted");
        meters.counter(ATTEMPTS, DESCRIPTION, of(WebhookStatistics::refused), OUTCOME, "refused");
        meters.counter(ATTEMPTS, DESCRIPTION, of(WebhookStatistics::unanswered), OUTCOME, "unanswered");
        meters.gauge(
                "ticketmesh.webhooks.waiting",
                "Messages of this node that failed and wait to be tried again",
                of(WebhookStatistics::waiting));
        meters.gauge(
                "ticketmesh.webhooks.backlog",
                "Operations that this node has to look at or to tell, summed up over the webhooks",
                of(WebhookStatistics::backlog));
    }

    private static ToDoubleFunction<TicketMesh> of(ToDoubleFunction<WebhookStatistics> value) {
        return mesh -> value.applyAsDouble(mesh.webhooks().statistics());
    }
}
