package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.spring.TicketMeshProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;

/** A node that takes no writes takes none, whichever door they come by. */
class ReadOnlyTest {
    private static final String OPERATION = "{\"op\":\"delete\",\"ref\":\"";

    private static final String HOOKS = "/ticketmesh/webhooks";

    @TempDir
    Path directory;

    private Host start(String... settings) {
        return Host.start(Host.with(
                settings, "ticketmesh.storage=directory", "ticketmesh.data-dir=" + directory.resolve("desk")));
    }

    private record Door(String method, String pattern, String path, String type, String body) {}

    private static List<Door> doors(String id, String other, String comment, String webhook) {
        String json = "application/json";
        String own = "/tickets/" + id;
        String one = "/tickets/{ref}";
        String free = "/tickets/0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d";
        return List.of(
                new Door("POST", "/tickets", "/tickets", json, "{\"title\":\"x\"}"),
                new Door("PUT", one, free, json, "{\"title\":\"x\"}"),
                new Door("PATCH", one, own, json, "{\"title\":\"x\"}"),
                new Door("DELETE", one, own, null, null),
                new Door("DELETE", one, own + "?purge=true", null, null),
                new Door("POST", one + "/restore", own + "/restore", json, "{}"),
                new Door("POST", one + "/merge", own + "/merge", json, "{\"into\":\"" + other + "\"}"),
                new Door("POST", one + "/transitions", own + "/transitions", json, "{\"to\":\"closed\"}"),
                new Door("PUT", one + "/tags/{tag}", own + "/tags/hot", null, null),
                new Door("DELETE", one + "/tags/{tag}", own + "/tags/cold", null, null),
                new Door("PUT", one + "/watchers/{who}", own + "/watchers/bob", null, null),
                new Door("DELETE", one + "/watchers/{who}", own + "/watchers/alice", null, null),
                new Door("PUT", one + "/links/{type}/{target}", own + "/links/blocks/" + other, null, null),
                new Door("DELETE", one + "/links/{type}/{target}", own + "/links/blocks/" + other, null, null),
                new Door("POST", one + "/comments", own + "/comments", json, "{\"body\":\"x\"}"),
                new Door(
                        "PATCH",
                        one + "/comments/{comment}",
                        own + "/comments/" + comment,
                        json,
                        "{\"body\":\"other\"}"),
                new Door("DELETE", one + "/comments/{comment}", own + "/comments/" + comment, null, null),
                new Door("POST", "/ticketmesh/bundle", "/ticketmesh/bundle", "application/vnd.ticketmesh.bundle", "x"),
                new Door("POST", "/ticketmesh/erasures", "/ticketmesh/erasures", json, "{\"person\":\"alice\"}"),
                new Door("POST", "/ticketmesh/incidents", "/ticketmesh/incidents", json, "{\"dedupKey\":\"disk\"}"),
                new Door("POST", HOOKS, HOOKS, json, "{\"url\":\"https://8.8.8.8/\"}"),
                new Door("PATCH", HOOKS + "/{webhook}", HOOKS + "/" + webhook, json, "{\"active\":true}"),
                new Door("DELETE", HOOKS + "/{webhook}", HOOKS + "/" + webhook, null, null),
                new Door("POST", HOOKS + "/{webhook}/rotate", HOOKS + "/" + webhook + "/rotate", json, "{}"),
                new Door("POST", one + "/attachments", own + "/attachments?name=x", "text/plain", "x"),
                new Door(
                        "DELETE",
                        one + "/attachments/{attachment}",
                        own + "/attachments/0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d",
                        null,
                        null),
                new Door("PUT", "/ticketmesh/views/{name}", "/ticketmesh/views/x", json, "{\"title\":\"x\"}"),
                new Door("DELETE", "/ticketmesh/views/{name}", "/ticketmesh/views/x", null, null),
                new Door(
                        "PUT",
                        "/ticketmesh/replies/{name}",
                        "/ticketmesh/replies/x",
                        json,
                        "{\"title\":\"x\",\"body\":\"x\"}"),
                new Door("DELETE", "/ticketmesh/replies/{name}", "/ticketmesh/replies/x", null, null),
                new Door("POST", one + "/replies/{name}", own + "/replies/said", json, "{}"),
                new Door("POST", "/tickets/import", "/tickets/import", "application/x-ndjson", "{\"title\":\"x\"}"));
    }

    @Test
    void noDoorIsOpenForWrites() {
        String id;
        String other;
        String comment;
        String webhook;
        try (Host host = start()) {
            id = host.node()
                    .tickets("alice")
                    .create("Printer", ticket -> ticket.tag("cold"))
                    .id()
                    .toString();
            other = host.create("Other").id();
            host.node()
                    .replies()
                    .put("said", CannedReply.of("Said", "Yes"), Expectation.NONE)
                    .join();
            comment = host.post("/tickets/" + id + "/comments", "{\"body\":\"x\"}")
                    .is(201)
                    .id();
            webhook = host.post(HOOKS, "{\"url\":\"https://8.8.8.8/\",\"active\":false}")
                    .is(201)
                    .id();
        }
        try (Host host = start("ticketmesh.read-only=true")) {
            TicketMesh node = host.node();
            String digest = node.digest();
            for (Door door : doors(id, other, comment, webhook)) {
                String[] type = door.type() == null ? new String[0] : new String[] {"Content-Type", door.type()};
                host.send(door.method(), door.path(), door.body(), Host.with(type, "If-None-Match", "*"))
                        .isProblem(503, "read-only");
            }
            Answer bulk = host.post(
                            "/tickets/bulk",
                            "{\"operations\":[" + OPERATION + id + "\"}," + OPERATION + other + "\"}]}")
                    .is(207);
            assertThat(bulk.each("/items", "status")).containsExactly("503", "503");
            assertThatThrownBy(() -> node.tickets("alice").create("x")).isInstanceOf(ReadOnlyException.class);
            assertThatThrownBy(() -> node.tickets("alice").delete(id)).isInstanceOf(ReadOnlyException.class);
            assertThatThrownBy(() -> node.retire(new NodeId(1, 1))).isInstanceOf(ReadOnlyException.class);
            assertThat(node.digest()).isEqualTo(digest);
            host.get("/tickets/" + id).is(200);
        }
    }

    /** Those that are tried elsewhere, parts of a bulk above, conflicts and members where there are any; and those that write nothing. */
    @Test
    void everyDoorIsTried() {
        List<String> tried = new ArrayList<>(List.of(
                "POST /tickets/bulk",
                "POST /tickets/{ref}/conflicts/{field}",
                "DELETE /ticketmesh/mesh/members/{node}",
                "POST /ticketmesh/webhooks/{webhook}/ping",
                "POST /ticketmesh/webhooks/{webhook}/deliveries/{delivery}/redeliver"));
        doors("", "", "", "").forEach(door -> tried.add(door.method() + " " + door.pattern()));
        Desk desk = new Desk(
                () -> {
                    throw new AssertionError("nobody opens it");
                },
                new Binder().bindOrCreate("ticketmesh", TicketMeshProperties.class),
                null,
                null,
                null,
                null,
                null);
        for (Route route : new Resources(desk).routes()) {
            route.actions().keySet().stream()
                    .filter(method -> !method.equals("GET"))
                    .forEach(method -> assertThat(tried).contains(method + " " + route.pattern()));
        }
    }
}
