package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.TicketMeshCustomizer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Numbers of what the caller may see and the filters choose, at once and day by day. */
class NumbersTest {
    private static final Instant NOW = Instant.parse("2026-03-05T23:59:59Z");

    private final Host host = Host.start(AtThatTime.class, SignedIn.ROLES);

    /** A second before midnight, for ever. */
    @Configuration(proxyBeanMethods = false)
    static class AtThatTime extends SignedIn {
        @Bean
        TicketMeshCustomizer clock() {
            return node -> node.clock(NOW::toEpochMilli);
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String ticketOf(String[] who, String title) {
        return "/tickets/"
                + host.post("/tickets", "{\"title\":\"" + title + "\"}", who)
                        .is(201)
                        .id();
    }

    @Test
    void daysAreToldOfWhatTheFiltersChooseAndTheCallerMaySee() {
        String printer = ticketOf(ALICE, "Printer");
        ticketOf(ALICE, "Scanner");
        ticketOf(BOB, "Of Bob");
        host.delete(ticketOf(ALICE, "Deleted"), ANNA).is(204);
        host.post(printer + "/comments", "{\"body\":\"On my way\"}", ANNA).is(201);
        host.post(printer + "/transitions", "{\"to\":\"closed\"}", ANNA).is(200);

        Answer all = host.get("/tickets/stats?zone=UTC", ANNA).is(200);
        assertThat(all.each("/flow/days", "day")).hasSize(30);
        assertThat(all.at("/flow/to")).isEqualTo("2026-03-05");
        assertThat(all.at("/flow/days/29/created")).isEqualTo("3");
        assertThat(all.at("/flow/days/29/closed")).isEqualTo("1");
        assertThat(all.at("/flow/days/29/resolved")).isEqualTo("1");
        assertThat(all.at("/flow/days/29/open")).isEqualTo("2");
        assertThat(all.at("/flow/days/28/open")).isEqualTo("0");
        assertThat(all.at("/flow/firstResponse/count")).isEqualTo("1");
        assertThat(all.at("/flow/resolution/count")).isEqualTo("1");
        assertThat(all.at("/total")).isEqualTo("3");
        assertThat(all.at("/deleted")).isEqualTo("1");
        Answer his = host.get("/tickets/stats?zone=UTC", BOB).is(200);
        assertThat(his.at("/total")).isEqualTo("1");
        assertThat(his.at("/flow/days/29/created")).isEqualTo("1");
        assertThat(his.at("/flow/firstResponse/medianMillis")).isEqualTo("null");
        host.awaitIndex(ANNA);
        Answer some = host.get("/tickets/stats?zone=UTC&q=scanner", ANNA).is(200);
        assertThat(some.at("/total")).isEqualTo("1");
        assertThat(some.at("/flow/days/29/open")).isEqualTo("1");
    }

    @Test
    void whatIsNoDayIsRefused() {
        assertThat(host.get("/tickets/stats?zone=Pacific/Kiritimati", ANNA)
                        .is(200)
                        .at("/flow/to"))
                .isEqualTo("2026-03-06");
        assertThat(host.get("/tickets/stats?to=2026-03-05", ANNA).is(200).at("/flow/from"))
                .isEqualTo("2026-02-04");
        assertThat(host.get("/tickets/stats", ANNA).is(200).has("/flow")).isFalse();
        for (String wrong : new String[] {
            "from=monday",
            "zone=Mars/Olympus",
            "zone=",
            "from=2026-03-02&to=2026-03-01",
            "from=2020-01-01&to=2026-01-01",
            "colour=red"
        }) {
            host.get("/tickets/stats?" + wrong, ANNA).isProblem(400, "invalid-parameter");
        }
    }
}
