package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import org.junit.jupiter.api.Test;

/** Promises and timers by REST, in an application whose clock runs. */
class TimersRestTest {
    private static final String[] PROMISES = {
        "ticketmesh.timers.zone=Pacific/Kiritimati",
        "ticketmesh.sla.policies[0].name=hopeless",
        "ticketmesh.sla.policies[0].queue=hopeless",
        "ticketmesh.sla.policies[0].first-response=1ms",
        "ticketmesh.sla.policies[0].escalation.priority=urgent",
        "ticketmesh.sla.policies[1].name=all",
        "ticketmesh.sla.policies[1].first-response=4h",
        "ticketmesh.sla.policies[1].resolution=3d"
    };

    @Test
    void aTicketShowsHowItsPromisesStand() {
        try (Host host = Host.start(PROMISES)) {
            Answer ticket = host.create("Printer");

            assertThat(ticket.each("/sla", "metric")).containsExactly("first_response", "resolution");
            assertThat(ticket.at("/sla/0/state")).isEqualTo("running");
            assertThat(ticket.at("/sla/0/policy")).isEqualTo("all");
            assertThat(ticket.at("/sla/0/targetSeconds")).isEqualTo("14400");
            assertThat(Integer.parseInt(ticket.at("/sla/0/remainingSeconds"))).isBetween(14_300, 14_400);
            host.patch("/tickets/" + ticket.id(), "{\"status\":\"pending\"}").is(200);
            Answer list = host.get("/tickets?fields=key,sla").is(200);
            assertThat(list.at("/items/0/sla/1/state")).isEqualTo("paused");
            assertThat(list.at("/items/0/sla/1/dueAt")).isEqualTo("null");
            Answer meta = host.get("/ticketmesh/meta").is(200);
            assertThat(meta.at("/timeRules/zone")).isEqualTo("Pacific/Kiritimati");
            assertThat(meta.each("/timeRules/policies", "resolutionSeconds")).containsExactly("null", "259200");
        }
    }

    @Test
    void whatFiresIsInTheTicketItsHistoryAndTheEvents() {
        try (Host host = Host.start(PROMISES)) {
            String beginning = host.get("/tickets/changes").is(200).at("/next");
            String late = host.post("/tickets", "{\"title\":\"Late\",\"dueAt\":\"2020-01-01T00:00:00Z\"}")
                    .is(201)
                    .id();
            String hopeless = host.post("/tickets", "{\"title\":\"Hopeless\",\"queue\":\"hopeless\"}")
                    .is(201)
                    .id();
            Waiting.until(() -> host.get("/tickets/" + late + "/history")
                            .each("/items", "actor")
                            .contains("ticketmesh")
                    && host.get("/tickets/" + hopeless).at("/priority").equals("urgent"));

            assertThat(host.get("/tickets/changes?since=" + beginning).is(200).each("/items", "type"))
                    .containsOnlyOnce("ticket.overdue", "ticket.sla_breached");
            assertThat(host.get("/tickets?overdue=true&count=true").at("/total"))
                    .isEqualTo("1");
            host.awaitIndex();
            assertThat(host.get("/tickets?q=is:overdue").each("/items", "title"))
                    .containsExactly("Late");
            Answer breached = host.get("/tickets/" + hopeless);
            assertThat(breached.at("/sla/0/state")).isEqualTo("breached");
            assertThat(breached.at("/sla/0/ended")).isEqualTo("false");
            Answer history = host.get("/tickets/" + hopeless + "/history");
            assertThat(history.each("/items/1/changes", "field"))
                    .containsExactly("priority", "timers.sla.first_response");
        }
    }
}
