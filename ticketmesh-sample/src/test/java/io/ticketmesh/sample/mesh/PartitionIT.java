package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketmesh.sample.mesh.RemoteNode.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts on a network of their own, of which one is cut off for a minute while people work on both sides. */
@Tag("kill")
@EnabledOnOs(OS.LINUX)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PartitionIT {
    private static final Duration CUT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SECRET = "a secret that three hosts share";

    @TempDir
    Path directory;

    @Test
    void bothSidesOfACutEndInOneStateWithEveryLoserReadable() throws Exception {
        assumeTrue(Lan.isPossible(), "network namespaces can be made here");
        try (Lan lan = new Lan().add("a").add("b").add("c");
                RemoteNode a = launch(lan, "a");
                RemoteNode b = launch(lan, "b");
                RemoteNode c = launch(lan, "c");
                Postbox ofA = Postbox.open(lan, "a", directory.resolve("heard-a"));
                Postbox ofB = Postbox.open(lan, "b", directory.resolve("heard-b"));
                Postbox ofC = Postbox.open(lan, "c", directory.resolve("heard-c"))) {
            List<RemoteNode> all = List.of(a, b, c);
            all.forEach(node -> node.awaitReachable(3));
            String edited = a.create("Printer");
            String deleted = a.create("To be deleted");
            String left = a.create("Left");
            String right = a.create("Right");
            a.call("PUT", "/tickets/" + edited + "/tags/old", null).succeeded();
            BothSides bothSides = new BothSides(all, List.of(ofA, ofB, ofC), directory);
            awaitEqual(all);

            lan.unplug("a");
            long cutAt = System.nanoTime();
            a.patch(edited, "{\"title\":\"Printer jams\",\"assignee\":\"ada\"}");
            b.patch(edited, "{\"title\":\"Printer burns\",\"assignee\":\"ben\"}");
            a.call("PUT", "/tickets/" + edited + "/tags/left", null).succeeded();
            b.call("PUT", "/tickets/" + edited + "/tags/right", null).succeeded();
            b.call("DELETE", "/tickets/" + edited + "/tags/old", null).succeeded();
            a.post("/tickets/" + edited + "/comments", "{\"body\":\"From a\"}").succeeded();
            c.post("/tickets/" + edited + "/comments", "{\"body\":\"From c\"}").succeeded();
            String fromA = attach(a, edited, "a");
            String fromC = attach(c, edited, "c");
            a.call("DELETE", "/tickets/" + deleted, null).succeeded();
            c.post("/tickets/" + deleted + "/comments", "{\"body\":\"But I need it\"}")
                    .succeeded();
            a.post("/tickets/" + left + "/merge", "{\"into\":\"" + right + "\"}")
                    .succeeded();
            b.post("/tickets/" + right + "/merge", "{\"into\":\"" + left + "\"}")
                    .succeeded();
            for (RemoteNode node : List.of(a, b)) {
                String title = node == a ? "Of a" : "Of b";
                node.call("PUT", "/ticketmesh/views/hot", "{\"title\":\"" + title + "\",\"shared\":true}")
                        .succeeded();
            }
            b.call("PUT", "/ticketmesh/replies/more", "{\"title\":\"More\",\"body\":\"{{ticket.key}}?\"}")
                    .succeeded();
            bothSides.work();
            Waiting.passUntil(cutAt + CUT.toNanos());
            bothSides.awaitTimers();
            bothSides.listen();
            assertThat(a.digest()).as("the cut holds").isNotEqualTo(b.digest());

            lan.plug("a");
            awaitEqual(all);
            bothSides.requireOneTruth();

            for (String ticket : List.of(edited, left, right)) {
                Answer one = a.get("/tickets/" + ticket).require(200);
                for (RemoteNode node : all) {
                    assertThat(node.get("/tickets/" + ticket).require(200).body())
                            .isEqualTo(one.body());
                }
            }
            for (RemoteNode node : all) {
                assertThat(node.get(fromA).require(200).body()).isEqualTo("{\"from\":\"a\"}");
                assertThat(node.get(fromC).require(200).body()).isEqualTo("{\"from\":\"c\"}");
            }
            Answer view = a.get("/ticketmesh/views/hot").require(200);
            assertThat(view.<String>at("$.title")).isIn("Of a", "Of b");
            for (RemoteNode node : all) {
                assertThat(node.get("/ticketmesh/views/hot").require(200).body())
                        .isEqualTo(view.body());
                assertThat(node.get("/tickets/" + left + "/replies/more")
                                .require(200)
                                .body())
                        .contains("TM-");
            }
            Answer merged = a.get("/tickets/" + edited).require(200);
            assertThat(merged.<List<String>>at("$.tags")).containsExactlyInAnyOrder("left", "right");
            assertThat(merged.<Integer>at("$.commentCount")).isEqualTo(2);
            String title = merged.at("$.title");
            String loser = title.equals("Printer jams") ? "Printer burns" : "Printer jams";
            Answer conflicts = c.get("/tickets/" + edited + "/conflicts").require(200);
            assertThat(conflicts.body()).contains(loser).contains("assignee");
            assertThat(b.get("/tickets/" + deleted).status()).isEqualTo(410);
            assertThat(b.get("/tickets/" + deleted + "/comments?deleted=true").body())
                    .contains("But I need it");
        }
    }

    private RemoteNode launch(Lan lan, String host) throws IOException {
        return RemoteNode.launch(lan, host, directory.resolve(host), SECRET, BothSides.SETTINGS);
    }

    /** Where the attachment is that was made. */
    private static String attach(RemoteNode node, String ticket, String name) throws Exception {
        String path = "/tickets/" + ticket + "/attachments";
        Answer added =
                node.post(path + "?name=" + name, "{\"from\":\"" + name + "\"}").require(201);
        return path + "/" + added.<String>at("$.id");
    }

    private static void awaitEqual(List<RemoteNode> nodes) {
        Waiting.until(
                SOON,
                () -> "they hold different tickets",
                () -> nodes.get(1).digest().equals(nodes.get(0).digest())
                        && nodes.get(2).digest().equals(nodes.get(0).digest()));
    }
}
