package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.access.TicketAuthorizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application that judges one ticket after the other, in a way that no filter can say. */
class OwnAuthorizerTest {
    @Configuration(proxyBeanMethods = false)
    @Import(SignedIn.class)
    static class EvenTitles {
        @Bean
        TicketAuthorizer authorizer() {
            return (caller, action, ticket) -> action != TicketAction.READ_INTERNAL
                    && (ticket == null
                            || ticket.title().length() % 2 == 0
                            || caller.name().equals("root"));
        }
    }

    @Test
    void pagesTotalsAndSearchesAreRight() {
        try (Host host = Host.start(EvenTitles.class)) {
            for (int i = 1; i <= 40; i++) {
                host.post("/tickets", "{\"title\":\"" + "x".repeat(i) + " y\"}", SignedIn.ROOT)
                        .is(201);
            }
            host.awaitIndex(SignedIn.ROOT);
            for (String search :
                    List.of("", "&q=y", "&sort=-updatedAt", "&q=y&sort=priority,-createdAt", "&q=y&sort=relevance")) {
                List<String> titles = new ArrayList<>();
                String cursor = "";
                Answer page;
                do {
                    page = host.get("/tickets?limit=6&count=true" + search + cursor, SignedIn.ALICE)
                            .is(200);
                    assertThat(page.at("/total")).isEqualTo("20");
                    titles.addAll(page.each("/items", "title"));
                    cursor = page.has("/next") ? "&cursor=" + page.at("/next") : "";
                } while (!cursor.isEmpty());
                assertThat(titles).hasSize(20).doesNotHaveDuplicates().allMatch(title -> title.length() % 2 == 0);
            }
            assertThat(host.get("/tickets/stats", SignedIn.ALICE).at("/total")).isEqualTo("20");
            assertThat(host.get("/tickets/stats", SignedIn.ROOT).at("/total")).isEqualTo("40");
            assertThat(host.get("/tickets/export?format=csv", SignedIn.ALICE)
                            .text()
                            .lines())
                    .hasSize(21);
        }
    }
}
