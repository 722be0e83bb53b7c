package io.ticketmesh.json;

import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.TimeRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What time does to tickets, in JSON. */
final class TimeRulesJson {
    private TimeRulesJson() {}

    static void write(JsonWriter json, TimeRules rules) {
        json.startObject()
                .member("zone", rules.zone().getId())
                .member("closeResolvedAfterSeconds", seconds(rules.closeResolvedAfter()))
                .startArray("policies");
        for (ServicePolicy policy : rules.policies()) {
            json.startObject()
                    .member("name", policy.name())
                    .member("zone", policy.calendar().zone().getId())
                    .member("firstResponseSeconds", seconds(policy.targets().get(ServiceMetric.FIRST_RESPONSE)))
                    .member("updateSeconds", seconds(policy.targets().get(ServiceMetric.UPDATE)))
                    .member("resolutionSeconds", seconds(policy.targets().get(ServiceMetric.RESOLUTION)))
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
