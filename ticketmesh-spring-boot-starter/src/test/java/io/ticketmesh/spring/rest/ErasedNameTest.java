package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.spring.event.TicketAdopted;
import io.ticketmesh.spring.event.TicketEdited;
import io.ticketmesh.spring.event.TicketEvent;
import io.ticketmesh.spring.event.TicketMeshEvent;
import io.ticketmesh.spring.event.TicketPurged;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Quentin goes through every door, and is erased: then no answer to any question, no event of Spring, no stream and no webhook calls
 * anybody by that name.
 */
class ErasedNameTest {
    private static final String NAME = "quentin";
    private static final String[] QUENTIN = SignedIn.as(NAME, "boss");

    private final Receiving receiving = Receiving.start();
    private final Host host = Host.start(Hearing.class, Host.with(SignedIn.ROLES, Receiving.ALLOWED));
    private final Ear ear = host.context().getBean(Ear.class);

    @AfterEach
    void stop() {
        host.close();
        receiving.close();
    }

    /** What the application hears, with all that it can show of it. */
    static final class Ear {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void hear(TicketMeshEvent event) {
            heard.add(event.getClass().getSimpleName() + " " + shown(event));
        }

        private static String shown(TicketMeshEvent event) {
            if (event instanceof TicketEdited edited) {
                return edited.act() + " " + edited.changes() + " " + shown(edited.ticket());
            } else if (event instanceof TicketAdopted adopted) {
                return shown(adopted.ticket());
            } else if (event instanceof TicketPurged purged) {
                return purged.act() + " " + purged.ticketId();
            }
            return event instanceof TicketEvent other ? String.valueOf(other.ticketId()) : "";
        }

        private static String shown(TicketView ticket) {
            return JsonWriter.text(json -> TicketJson.at(Instant.EPOCH).write(json, ticket)) + ticket.trail();
        }

        boolean hasHeard(String text) {
            return heard.stream().anyMatch(event -> event.contains(text));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Hearing extends SignedIn {
        @Bean
        Ear ear() {
            return new Ear();
        }
    }

    /** What came of his deeds, to be asked for. */
    private record Story(
            String own, String other, String deleted, String comment, String file, String webhook, String erasure) {}

    private Answer put(String path, String body, String... headers) {
        return host.send("PUT", path, body, Host.with(headers, "Content-Type", "application/json"));
    }

    private String create(String body, String... who) {
        return host.post("/tickets", body, who).is(201).id();
    }

    private Story story() {
        String hooks = "/ticketmesh/webhooks";
        String url = "\"url\":\"" + receiving.url() + "\"";
        String webhook = host.post(hooks, "{" + url + "}", QUENTIN).is(201).id();
        host.post(hooks, "{" + url + ",\"active\":false,\"filter\":\"assignee:anna,quentin\"}", ROOT)
                .is(201);
        put("/ticketmesh/views/own", "{\"title\":\"Own\",\"query\":\"reporter=quentin\"}", QUENTIN)
                .is(201);
        put("/ticketmesh/views/of-all", "{\"title\":\"All\",\"query\":\"status=new\",\"shared\":true}", QUENTIN)
                .is(201);
        put(
                        "/ticketmesh/views/of-him",
                        "{\"title\":\"His\",\"query\":\"assignee=none%2Cquentin&watcher=%40me&q=fire+reporter%3Aquentin\",\"shared\":true}",
                        ANNA)
                .is(201);
        put("/ticketmesh/replies/thanks", "{\"title\":\"Thanks\",\"body\":\"Dear {{reporter}}\"}", QUENTIN)
                .is(201);

        String own = create("{\"title\":\"My printer\",\"description\":\"@quentin looks at it\"}", QUENTIN);
        String path = "/tickets/" + own;
        host.patch(path, "{\"assignee\":\"quentin\",\"priority\":\"high\"}", ANNA)
                .is(200);
        host.post(path + "/transitions", "{\"to\":\"resolved\",\"comment\":{\"body\":\"Done\"}}", QUENTIN)
                .is(200);
        host.post(path + "/transitions", "{\"to\":\"open\"}", QUENTIN).is(200);
        host.delete(path, QUENTIN).is(204);
        host.post(path + "/restore", "{}", QUENTIN).is(200);

        String other = create("{\"title\":\"Scanner\",\"reporter\":\"quentin\"}", ANNA);
        path = "/tickets/" + other;
        host.patch(path, "{\"reporter\":\"anna\"}", ANNA).is(200);
        host.put(path + "/watchers/quentin", ANNA).is(204);
        host.put(path + "/tags/fire", QUENTIN).is(204);
        String comment = host.post(path + "/comments", "{\"body\":\"I see it too\"}", QUENTIN)
                .is(201)
                .id();
        String annas = host.post(path + "/comments", "{\"body\":\"I look\"}", ANNA)
                .is(201)
                .id();
        host.patch(path + "/comments/" + annas, "{\"body\":\"I look soon\"}", QUENTIN)
                .is(200);
        String redacted = host.post(path + "/comments", "{\"body\":\"Nonsense\"}", ANNA)
                .is(201)
                .id();
        host.delete(path + "/comments/" + redacted, QUENTIN).is(204);
        String file = host.sendAsync(
                        "POST",
                        path + "/attachments?name=smoke.txt",
                        "Smoke".getBytes(StandardCharsets.UTF_8),
                        Host.with(ANNA, "Content-Type", "text/plain"))
                .join()
                .is(201)
                .id();
        host.sendAsync(
                        "POST",
                        path + "/attachments?name=fire.txt",
                        "Fire".getBytes(StandardCharsets.UTF_8),
                        Host.with(QUENTIN, "Content-Type", "text/plain"))
                .join()
                .is(201);

        String deleted = create("{\"title\":\"Fax\",\"assignee\":\"quentin\"}", ANNA);
        host.delete("/tickets/" + deleted, QUENTIN).is(204);
        String merged = create("{\"title\":\"Scanner again\"}", QUENTIN);
        host.post("/tickets/" + merged + "/merge", "{\"into\":\"" + other + "\"}", QUENTIN)
                .is(200);
        host.sendAsync(
                        "POST",
                        "/tickets/import",
                        "{\"title\":\"From afar\",\"createdBy\":\"quentin\",\"assignee\":\"quentin\",\"externalId\":\"E-1\"}\n"
                                .getBytes(StandardCharsets.UTF_8),
                        Host.with(ROOT, "Content-Type", "application/x-ndjson"))
                .join()
                .is(200);
        String incident = host.post("/ticketmesh/incidents", "{\"dedupKey\":\"smoke\",\"title\":\"Smoke\"}", QUENTIN)
                .is(202)
                .id();
        Waiting.until(() -> host.get("/tickets/" + incident, ANNA).status() == 200);
        String erasure = host.post("/ticketmesh/erasures", "{\"person\":\"somebody\"}", QUENTIN)
                .is(202)
                .id();
        Waiting.until(() -> host.get("/ticketmesh/erasures/" + erasure, ROOT).status() == 200);
        return new Story(own, other, deleted, comment, file, webhook, erasure);
    }

    /** What is asked, by the pattern of its endpoint. */
    private static Map<String, List<String>> questions(Story story, String since, String then) {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put(
                "/tickets",
                List.of(
                        "/tickets?count=true&limit=100",
                        "/tickets?deleted=only",
                        "/tickets?q=printer&highlight=true",
                        "/tickets?q=looks&highlight=true",
                        "/tickets?view=of-him",
                        "/tickets?view=of-all"));
        questions.put("/tickets/changes", List.of("/tickets/changes?limit=1000&since=" + since));
        questions.put("/tickets/events", List.of()); // listened to
        questions.put(
                "/tickets/export",
                List.of("/tickets/export?format=ndjson&deleted=true", "/tickets/export?format=csv&deleted=true"));
        questions.put("/tickets/similar", List.of("/tickets/similar?title=scanner"));
        questions.put("/tickets/stats", List.of("/tickets/stats", "/tickets/stats?q=status:new&zone=UTC"));
        List<String> tickets = List.of(story.own(), story.other(), story.deleted());
        questions.put(
                "/tickets/{ref}",
                tickets.stream()
                        .flatMap(id -> List.of(
                                "/tickets/" + id,
                                "/tickets/" + id + "?deleted=true",
                                "/tickets/" + id + "?asOf=" + then)
                                .stream())
                        .toList());
        questions.put(
                "/tickets/{ref}/comments", each(tickets, "/comments", "/comments?limit=1", "/comments?asOf=" + then));
        for (String part : List.of("transitions", "attachments", "history", "conflicts", "copies", "replies/thanks")) {
            String pattern = part.startsWith("replies") ? "replies/{name}" : part;
            questions.put("/tickets/{ref}/" + pattern, each(tickets, "/" + part));
        }
        questions.put(
                "/tickets/{ref}/comments/{comment}",
                List.of("/tickets/" + story.other() + "/comments/" + story.comment()));
        questions.put(
                "/tickets/{ref}/attachments/{attachment}",
                List.of("/tickets/" + story.other() + "/attachments/" + story.file()));
        for (String kind : List.of("views", "replies")) {
            questions.put("/ticketmesh/" + kind, List.of("/ticketmesh/" + kind));
        }
        questions.put("/ticketmesh/views/{name}", List.of("/ticketmesh/views/of-him", "/ticketmesh/views/of-all"));
        questions.put("/ticketmesh/replies/{name}", List.of("/ticketmesh/replies/thanks"));
        for (String same : List.of("session", "meta", "openapi.json", "mesh", "mesh/digest")) {
            questions.put("/ticketmesh/" + same, List.of("/ticketmesh/" + same));
        }
        questions.put("/ticketmesh/bundle", List.of()); // the log itself, for backups
        questions.put("/ticketmesh/erasures", List.of("/ticketmesh/erasures"));
        questions.put("/ticketmesh/erasures/{erasure}", List.of("/ticketmesh/erasures/" + story.erasure()));
        questions.put("/ticketmesh/webhooks", List.of("/ticketmesh/webhooks"));
        questions.put("/ticketmesh/webhooks/{webhook}", List.of("/ticketmesh/webhooks/" + story.webhook()));
        questions.put(
                "/ticketmesh/webhooks/{webhook}/deliveries",
                List.of("/ticketmesh/webhooks/" + story.webhook() + "/deliveries"));
        return questions;
    }

    private static List<String> each(List<String> tickets, String... parts) {
        List<String> paths = new ArrayList<>();
        tickets.forEach(id -> {
            for (String part : parts) {
                paths.add("/tickets/" + id + part);
            }
        });
        return paths;
    }

    /** The questions whose answers hold the name. */
    private List<String> telling(Map<String, List<String>> questions) {
        return questions.values().stream()
                .flatMap(List::stream)
                .filter(question -> host.get(question, ROOT).text().contains(NAME))
                .toList();
    }

    @Test
    void nobodyIsCalledByTheNameOfWhoWasErasedAnywhere() throws Exception {
        String since = host.get("/tickets/changes", ANNA).at("/next");
        Story story = story();
        Map<String, List<String>> questions = questions(
                story,
                since,
                Instant.ofEpochMilli(host.node().service().nowMillis()).toString());
        assertThat(questions.keySet()).containsAll(SecretWordTest.endpoints());
        assertThat(telling(questions)).contains(namedBefore(story));
        String deliveries = "/ticketmesh/webhooks/" + story.webhook() + "/deliveries";
        Waiting.until(() -> ear.hasHeard("Smoke")); // his last deed
        int told = host.get("/tickets/changes?limit=1000&since=" + since, ANNA)
                .each("/items", "eventId")
                .size();
        Waiting.until(() -> delivered(deliveries).size() == told);
        List<String> delivered = delivered(deliveries);
        ear.heard.clear();
        receiving.bodies().clear();

        Answer begun = host.post("/ticketmesh/erasures", "{\"person\":\"quentin\"}", ROOT)
                .is(202);
        Waiting.until(
                () -> host.get(begun.header("Location"), ROOT).at("/finished").equals("true"));
        String pseudonym = begun.at("/pseudonym");
        host.post("/tickets/" + story.other() + "/comments", "{\"body\":\"Am I still here?\"}", QUENTIN)
                .is(201);
        host.patch("/tickets/" + story.other(), "{\"assignee\":\"quentin\"}", QUENTIN)
                .is(200);
        create("{\"title\":\"The last one\"}", ANNA);

        assertThat(telling(questions)).isEmpty();
        Waiting.until(() -> ear.hasHeard("The last one"));
        assertThat(ear.heard).noneMatch(event -> event.contains(NAME)).anyMatch(event -> event.contains(pseudonym));
        Waiting.until(() -> receiving.bodies().stream().anyMatch(body -> body.contains("The last one")));
        assertThat(delivered).hasSizeGreaterThan(10);
        for (String delivery : delivered) {
            host.post(deliveries + "/" + delivery + "/redeliver", "{}", ROOT).is(200);
        }
        assertThat(receiving.bodies())
                .noneMatch(body -> body.contains(NAME))
                .anyMatch(body -> body.contains(pseudonym));
        assertThat(listened(since)).noneMatch(data -> data.contains(NAME)).anyMatch(data -> data.contains(pseudonym));
        assertThat(meters()).isNotEmpty().noneMatch(meter -> meter.contains(NAME));
        assertThat(host.get("/ticketmesh/views/of-him", ANNA).at("/query"))
                .isEqualTo("assignee=none%2C" + pseudonym + "&watcher=%40me&q=fire+reporter%3A%22" + pseudonym + "%22");
        assertThat(host.get("/ticketmesh/views", QUENTIN).text()).doesNotContain("\"Own\"");
        assertThat(host.get("/tickets/stats", ANNA).at("/assignee/" + pseudonym))
                .isEqualTo("3");
    }

    /** What the webhook's log of deliveries holds, which follows what was received by some seconds. */
    private List<String> delivered(String deliveries) {
        return host.get(deliveries, ROOT).each("/items", "id");
    }

    /** Of these it is known that they would tell; the others may not. */
    private static String[] namedBefore(Story story) {
        String other = "/tickets/" + story.other();
        return new String[] {
            "/tickets?count=true&limit=100",
            "/tickets?deleted=only",
            "/tickets/export?format=ndjson&deleted=true",
            "/tickets/export?format=csv&deleted=true",
            "/tickets/stats",
            "/tickets/stats?q=status:new&zone=UTC",
            other + "/comments",
            other + "/history",
            other + "/attachments",
            other + "/copies",
            "/tickets/" + story.own() + "/replies/thanks",
            "/ticketmesh/views",
            "/ticketmesh/views/of-him",
            "/ticketmesh/views/of-all",
            "/ticketmesh/replies",
            "/ticketmesh/replies/thanks",
            "/ticketmesh/erasures",
            "/ticketmesh/erasures/" + story.erasure(),
            "/ticketmesh/webhooks",
            "/ticketmesh/webhooks/" + story.webhook()
        };
    }

    /** Names and tags of all meters. */
    private List<String> meters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        host.context().getBeansOfType(MeterBinder.class).values().forEach(meters -> meters.bindTo(registry));
        return registry.getMeters().stream()
                .map(meter -> meter.getId().toString())
                .toList();
    }

    private List<String> listened(String since) throws IOException, InterruptedException {
        List<String> heard = new ArrayList<>();
        try (Listening listening = Listening.to(host, "/tickets/events", since, ANNA)) {
            while (heard.isEmpty() || !heard.get(heard.size() - 1).contains("The last one")) {
                heard.add(listening.next().data());
            }
        }
        return heard;
    }
}
