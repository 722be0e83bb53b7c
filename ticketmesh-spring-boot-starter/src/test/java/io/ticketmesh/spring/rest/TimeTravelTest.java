package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.client.NotFoundException;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimeTravelTest {
    private static Host host;

    @BeforeAll
    static void start() {
        host = Host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static String asOf(String path, String point) {
        return path + (path.contains("?") ? "&" : "?") + "asOf=" + URLEncoder.encode(point, StandardCharsets.UTF_8);
    }

    @Test
    void aTicketIsShownAsItWasByTagOperationVersionAndTime() {
        Answer created = host.create("Printer");
        String path = "/tickets/" + created.id();
        Answer commented = host.post(path + "/comments", "{\"body\":\"Help\"}").is(201);
        host.patch(path, "{\"title\":\"Printer burns\"}").is(200);
        String operation = host.get(path + "/history").at("/items/1/id");

        for (String point : new String[] {
            commented.header("ETag"), operation, commented.header("TicketMesh-Version"), commented.at("/createdAt")
        }) {
            Answer past = host.get(asOf(path, point)).is(200);
            assertThat(past.at("/commentCount")).as(point).isEqualTo("1");
            assertThat(past.header("ETag"))
                    .as("that of now: what is redacted later changes this answer")
                    .isEqualTo(host.get(path).header("ETag"));
            assertThat(host.get(asOf(path + "/comments", point)).is(200).each("/items", "body"))
                    .as(point)
                    .containsExactly("Help");
        }
        assertThat(host.get(asOf(path, operation)).at("/title")).isEqualTo("Printer");
        assertThat(host.get(asOf(path, created.header("ETag"))).at("/commentCount"))
                .isEqualTo("0");
        host.get(asOf(path + "/comments", created.header("ETag"))).is(200);
    }

    @Test
    void theClientReadsThePastToo() {
        try (TicketMeshClient client =
                TicketMeshClient.open(builder -> builder.servers(URI.create("http://127.0.0.1:" + host.port())))) {
            RemoteTicket created = client.create("Printer");
            String id = created.id().toString();
            client.change(id, edit -> edit.title("Printer burns"));

            assertThat(client.get(id, "\"" + created.etag() + "\"").title()).isEqualTo("Printer");
            assertThat(client.get(id, client.history(id).get(1).id()).title()).isEqualTo("Printer burns");
            assertThatThrownBy(() -> client.get(id, "1970-01-01T00:00:00Z")).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void aPointThatIsNoneIsRefusedAndOneThatNeverWasIsNotFound() {
        Answer created = host.create("Printer");
        String path = "/tickets/" + created.id();
        for (String point : new String[] {"yesterday", "2026-02-30T00:00:00Z", "", "\"", "#1"}) {
            Answer refused = host.get(asOf(path, point)).isProblem(400, "invalid-parameter");
            assertThat(refused.at("/errors/0/parameter")).isEqualTo("asOf");
        }
        for (String point : new String[] {"1970-01-01T00:00:00Z", "\"nothing\"", "00000000.1#1"}) {
            host.get(asOf(path, point)).isProblem(404, "unknown-ticket");
            host.get(asOf(path + "/comments", point)).isProblem(404, "unknown-ticket");
        }
        host.get(asOf(path, "1970-01-01T00:00:00Z") + "&asOf=x").isProblem(400, "invalid-parameter");
    }

    @Test
    void theTimeInWhichItWasDeletedIsShownOnDemandAndWhatIsPurgedNever() {
        Answer created = host.create("Printer");
        String path = "/tickets/" + created.id();
        host.delete(path).is(204);
        String deleted = host.get(path + "?deleted=true").header("ETag");
        host.get(asOf(path, created.header("ETag"))).isProblem(410, "deleted");
        host.post(path + "/restore", "{}").is(200);

        host.get(asOf(path, deleted)).isProblem(410, "deleted");
        assertThat(host.get(asOf(path + "?deleted=true", deleted)).is(200).at("/deleted/by"))
                .isNotNull();
        host.get(asOf(path, created.header("ETag"))).is(200);

        host.delete(path + "?purge=true").is(204);
        host.get(asOf(path, created.header("ETag"))).isProblem(410, "purged");
    }
}
