package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.ticketmesh.sample.mesh.Postbox.Heard;
import io.ticketmesh.sample.mesh.RemoteNode.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What time, programs and other systems have to do with a desk of which one node is cut off: timers that fall due, incidents, files and
 * webhooks on both sides, and what all nodes say of it afterwards.
 */
final class BothSides {
    /** For settings of the nodes: tickets of the queue {@code desk} are promised an answer. */
    static final List<String> SETTINGS = List.of(
            "--ticketmesh.webhooks.allowed-networks=127.0.0.1",
            "--ticketmesh.incidents.interval=1s",
            "--ticketmesh.sla.policies[0].name=prompt",
            "--ticketmesh.sla.policies[0].queue=desk",
            "--ticketmesh.sla.policies[0].first-response=30s",
            "--ticketmesh.sla.policies[0].escalation.priority=urgent",
            "--ticketmesh.sla.policies[0].escalation.tag=late");

    private static final Duration DUE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** More than two parts of those in which bytes travel. */
    private static final int FILE_BYTES = 400_000;

    private final RemoteNode alone;
    private final RemoteNode other;
    private final List<RemoteNode> all;
    private final List<Postbox> postboxes;
    private final Path directory;
    private final Map<String, Path> files = new HashMap<>();
    private final String ticket;
    private final String webhook;

    /** Where a reader was before all that. */
    private final String before;

    private String incident = "";

    /** Where readers on the two sides were when they had been told what time did. */
    private String seenAlone = "";

    private String seenByOthers = "";

    /**
     * Makes what is there before the cut, which must come soon.
     *
     * @param all the nodes; the first one will be cut off
     */
    BothSides(List<RemoteNode> all, List<Postbox> postboxes, Path directory) throws Exception {
        this.alone = all.get(0);
        this.other = all.get(1);
        this.all = all;
        this.postboxes = postboxes;
        this.directory = directory;
        postboxes.forEach(Postbox::awaitOpen);
        webhook = "/ticketmesh/webhooks/"
                + alone.post("/ticketmesh/webhooks", "{\"url\":\"" + Postbox.URL + "\"}")
                        .require(201)
                        .at("$.id");
        before = alone.get("/tickets/changes").require(200).at("$.next");
        String due = Instant.now().plus(DUE).toString();
        ticket = "/tickets/"
                + alone.post("/tickets", "{\"title\":\"Due\",\"queue\":\"desk\",\"dueAt\":\"" + due + "\"}")
                        .require(201)
                        .at("$.id");
    }

    /** What is done on both sides while nobody can see the others. */
    void work() throws Exception {
        for (RemoteNode node : List.of(alone, other)) {
            Path file = directory.resolve("file-" + files.size());
            byte[] content = new byte[FILE_BYTES];
            new Random(files.size()).nextBytes(content);
            Files.write(file, content);
            String added = node.upload(ticket + "/attachments?name=noise.bin", file)
                    .require(201)
                    .at("$.id");
            files.put(ticket + "/attachments/" + added, file);
            node.call("PATCH", webhook, "{\"description\":\"edited beside " + file.getFileName() + "\"}")
                    .succeeded();
        }
        for (RemoteNode node : List.of(alone, alone, alone, all.get(1), all.get(1), all.get(2))) {
            incident = node.post("/ticketmesh/incidents", "{\"dedupKey\":\"disk\",\"title\":\"Out of disk\"}")
                    .require(202)
                    .at("$.id");
        }
    }

    /** Both sides were told what time did, before they see each other again. */
    void awaitTimers() {
        Waiting.until(SOON, () -> "not all fired", () -> hasFired(alone) && hasFired(other));
    }

    private boolean hasFired(RemoteNode node) throws Exception {
        List<String> fields = node.get(ticket + "/history").require(200).at("$.items[*].changes[*].field");
        return fields.contains("timers.due") && fields.contains("timers.sla.first_response");
    }

    /** Notes how far those have read who listen on the two sides. */
    void listen() throws Exception {
        seenAlone = read(alone, before).next();
        seenByOthers = read(other, before).next();
    }

    private record Feed(List<Map<String, Object>> items, String next) {
        List<String> ids(String type) {
            return items.stream()
                    .filter(item -> type.equals(item.get("type")))
                    .map(item -> item.get("ticketId") + " " + item.get("eventId"))
                    .toList();
        }
    }

    private static Feed read(RemoteNode node, String since) throws Exception {
        List<Map<String, Object>> items = new ArrayList<>();
        String next = since;
        boolean more = true;
        while (more) {
            Answer page = node.get("/tickets/changes?limit=1000&since=" + next).require(200);
            items.addAll(page.<List<Map<String, Object>>>at("$.items"));
            next = page.at("$.next");
            more = page.at("$.more");
        }
        return new Feed(items, next);
    }

    /** What must be the same everywhere now, and how often. */
    void requireOneTruth() throws Exception {
        requireFiles();
        requireTimers();
        requireIncident();
        requireWebhook();
    }

    private void requireFiles() throws Exception {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.getValue())));
            for (RemoteNode node : all) { // whose bytes may be said to be away for a moment
                Waiting.until(SOON, () -> "other bytes", () -> node.sha256(file.getKey())
                        .equals(hash));
            }
        }
    }

    private void requireTimers() throws Exception {
        Answer history = alone.get(ticket + "/history").require(200);
        List<String> fields = history.at("$.items[*].changes[*].field");
        assertThat(fields).containsOnlyOnce("timers.due", "timers.sla.first_response", "priority", "tags");
        List<String> told = read(alone, before).ids("ticket.overdue");
        assertThat(told).hasSize(1);
        for (RemoteNode node : all) {
            assertThat(node.get(ticket + "/history").body()).isEqualTo(history.body());
            Feed feed = read(node, before);
            assertThat(feed.ids("ticket.overdue")).isEqualTo(told);
            assertThat(feed.ids("ticket.sla_breached")).hasSize(1);
        }
        Answer late = other.get(ticket).require(200);
        assertThat(late.<List<String>>at("$.tags")).containsExactly("late");
        assertThat(late.<String>at("$.priority")).isEqualTo("urgent");
        for (Feed gone : List.of(read(other, seenAlone), read(alone, seenByOthers))) { // who goes on at the other side
            assertThat(gone.ids("ticket.overdue")).isEmpty();
            assertThat(gone.ids("ticket.sla_breached")).isEmpty();
        }
    }

    private void requireIncident() throws Exception {
        for (RemoteNode node : all) {
            assertThat(node.get("/tickets/" + incident).require(200).<Integer>at("$.occurrences"))
                    .isEqualTo(6);
        }
    }

    private void requireWebhook() throws Exception {
        Answer edited = alone.get(webhook).require(200);
        assertThat(edited.<String>at("$.description")).startsWith("edited beside file-");
        for (RemoteNode node : all) {
            assertThat(node.get(webhook).require(200).body()).isEqualTo(edited.body());
        }
        Set<String> events = new HashSet<>();
        read(alone, before).items().forEach(item -> events.add(String.valueOf(item.get("eventId"))));
        Waiting.until(
                SOON, () -> "not all was told", () -> told(heard()).keySet().containsAll(events));
        Waiting.until(SOON, () -> "they know different deliveries", () -> {
            String deliveries = alone.get(webhook + "/deliveries").require(200).body();
            return all.get(1).get(webhook + "/deliveries").body().equals(deliveries)
                    && all.get(2).get(webhook + "/deliveries").body().equals(deliveries);
        });
        assertThat(told(heard()).values()).as("ids of one event").allMatch(ids -> ids.size() == 1);
        Set<String> toldAlone = overdue(postboxes.subList(0, 1));
        assertThat(toldAlone).as("told on the one side").hasSize(1);
        assertThat(overdue(postboxes.subList(1, 3))).as("and on the other").isEqualTo(toldAlone);
        List<String> states = other.get(webhook + "/deliveries").at("$.items[*].state");
        assertThat(states).isNotEmpty().containsOnly("delivered");
    }

    /** The ids under which something was said to be overdue. */
    private static Set<String> overdue(List<Postbox> side) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Postbox postbox : side) {
            for (Heard message : postbox.heard()) {
                if ("ticket.overdue".equals(JsonPath.read(message.body(), "$.type"))) {
                    ids.add(message.id());
                }
            }
        }
        return ids;
    }

    private List<Heard> heard() throws IOException {
        List<Heard> heard = new ArrayList<>();
        for (Postbox postbox : postboxes) {
            heard.addAll(postbox.heard());
        }
        return heard;
    }

    /** The ids under which each event was told. */
    private static Map<String, Set<String>> told(List<Heard> heard) {
        Map<String, Set<String>> told = new HashMap<>();
        for (Heard message : heard) {
            String event = JsonPath.read(message.body(), "$.data.eventId");
            told.computeIfAbsent(event, fresh -> new HashSet<>()).add(message.id());
        }
        return told;
    }
}
