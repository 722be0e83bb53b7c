package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.node.VersionToken;
import io.ticketmesh.spring.Cable;
import io.ticketmesh.spring.Hub;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What clients of a mesh are told: how much a node holds, how many members hold a write, and how the others are. */
class MeshTest {
    private static final String VERSION = "TicketMesh-Version";
    private static final String STALE = "TicketMesh-Stale";
    private static final String ACKS = "TicketMesh-Acks";
    private static final String TITLE = "{\"title\":\"Printer\"}";

    private static volatile Hub hub;
    private static volatile Map<String, AtomicBoolean> plugs;
    private Host alice;
    private Host bob;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Connected {
        @Bean
        TicketMeshCustomizer cable(Environment environment) {
            String name = environment.getRequiredProperty("ticketmesh.mesh.node-name");
            return node -> node.transport(origin -> new Cable(hub, origin, plugs.get(name)));
        }
    }

    @BeforeEach
    void start() {
        hub = new Hub();
        plugs = Map.of(
                "alice", new AtomicBoolean(true), "bob", new AtomicBoolean(true), "carol", new AtomicBoolean(true));
        alice = open("alice");
        bob = open("bob");
        await(() -> knows(alice, bob) && knows(bob, alice));
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    private static Host open(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("ticketmesh.mesh.node-name=" + name);
        all.add("ticketmesh.rest.anonymous-name=" + name);
        for (String patience : List.of("ticketmesh.rest.read-wait", "ticketmesh.rest.ack-timeout")) {
            if (all.stream().noneMatch(setting -> setting.startsWith(patience))) {
                all.add(patience + "=20s");
            }
        }
        return Host.start(Connected.class, all.toArray(String[]::new));
    }

    private static void plug(boolean plugged) {
        plugs.values().forEach(plug -> plug.set(plugged));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in vain").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean knows(Host host, Host other) {
        return host.node().status().members().stream()
                .anyMatch(member ->
                        member.member().node().equals(other.node().nodeId()) && member.active() && member.reachable());
    }

    private static String token(Answer answer) {
        return answer.header(VERSION);
    }

    /** What somebody has seen who saw an operation that nobody here has. */
    private static String fromElsewhere() {
        Origin elsewhere = new Origin(new NodeId(7, 7), 7);
        return VersionToken.of(VersionVector.of(Map.of(elsewhere, 3L)), elsewhere);
    }

    @Test
    void whatWasWrittenHereIsReadThereAtOnce() {
        for (int i = 0; i < 20; i++) {
            Answer created = alice.create("Printer " + i);
            Answer read =
                    bob.get("/tickets/" + created.id(), VERSION, token(created)).is(200);
            assertThat(read.header(STALE)).isNull();
            assertThat(read.text())
                    .isEqualTo(alice.get("/tickets/" + created.id()).text());
            Answer patched = bob.patch("/tickets/" + created.id(), "{\"priority\":\"high\"}", VERSION, token(read))
                    .is(200);
            assertThat(alice.get("/tickets/" + created.id(), VERSION, token(patched))
                            .at("/priority"))
                    .isEqualTo("high");
        }
    }

    @Test
    void aWriteToWhatWasWrittenElsewhereFindsIt() {
        Answer created = alice.create("Printer");
        bob.post("/tickets/" + created.id() + "/comments", "{\"body\":\"Which one?\"}", VERSION, token(created))
                .is(201);
        bob.put("/tickets/" + created.id() + "/tags/hot", VERSION, token(created))
                .is(204);
    }

    @Test
    void everyAnswerTellsWhatTheNodeHolds() {
        Answer created = alice.create("Printer");
        String path = "/tickets/" + created.id();
        String token = token(created);
        assertThat(VersionToken.parse(token)).isEqualTo(alice.node().version());
        for (Answer answer : List.of(
                alice.get(path).is(200),
                alice.send("HEAD", path, null).is(200),
                alice.get(path, "If-None-Match", created.etag()).is(304),
                alice.get("/tickets").is(200),
                alice.get("/tickets/export").is(200),
                alice.get("/tickets/stats").is(200),
                alice.get("/tickets/TM-NOWHERE").is(404),
                alice.get("/tickets?limit=x").is(400),
                alice.get("/tickets/a/b/c/d").is(404),
                alice.put("/tickets").is(405),
                alice.send("OPTIONS", "/tickets", null).is(204),
                alice.post("/tickets", "{\"title\":\" \"}").is(422),
                alice.get("/ticketmesh/meta").is(200),
                alice.get("/ticketmesh/mesh").is(200))) {
            assertThat(token(answer)).as(answer.text()).isEqualTo(token);
            assertThat(answer.header(STALE)).isNull();
        }
        Answer digest = alice.get("/ticketmesh/mesh/digest").is(200);
        assertThat(digest.at("/version")).isEqualTo(token);
        assertThat(digest.at("/digest")).isEqualTo(alice.node().digest());
    }

    @Test
    void refusalsAtTheGateTellStrangersNothing() {
        try (Host guarded = Host.start("ticketmesh.rest.token=0123456789abcdef")) {
            assertThat(token(guarded.get("/tickets").is(401))).isNull();
        }
    }

    @Test
    void aNodeThatIsCutOffAnswersAndSaysThatItIsStale() {
        try (Host carol = open("carol", "ticketmesh.rest.read-wait=30ms")) {
            plug(false);
            Answer created = alice.create("Printer");
            Answer list =
                    carol.get("/tickets?count=true", VERSION, token(created)).is(200);
            assertThat(list.header(STALE)).isEqualTo("true");
            assertThat(list.at("/total")).isEqualTo("0");
            Answer missing = carol.get("/tickets/" + created.id(), VERSION, token(created))
                    .isProblem(404, "unknown-ticket");
            assertThat(missing.header(STALE)).isEqualTo("true");
            Answer written =
                    carol.post("/tickets", TITLE, VERSION, token(created)).is(201);
            assertThat(written.header(STALE)).isEqualTo("true");
            VersionVector told = VersionToken.parse(token(written));
            assertThat(told.dominates(VersionToken.parse(token(created))))
                    .as("whoever keeps only the last token forgets nothing")
                    .isTrue();
            assertThat(told.dominates(carol.node().version())).isTrue();
            plug(true);
            Answer healed =
                    bob.get("/tickets?count=true", VERSION, token(written)).is(200);
            assertThat(healed.header(STALE)).isNull();
            assertThat(healed.at("/total")).isEqualTo("2");
        }
    }

    @Test
    void aReadThatWaitsIsAnsweredWhenTheCableIsPluggedInAgain() {
        plug(false);
        Answer created = alice.create("Printer");
        CompletableFuture<Answer> waiting =
                bob.sendAsync("GET", "/tickets/" + created.id(), null, VERSION, token(created));
        plug(true);
        Answer read = waiting.join().is(200);
        assertThat(read.header(STALE)).isNull();
    }

    @Test
    void garbageInPlaceOfATokenIsRefused() {
        for (String garbage : List.of("x", "!", "AAAA", " ", "a b", "A".repeat(5_000))) {
            alice.get("/tickets", VERSION, garbage).isProblem(400, "invalid-header");
            alice.post("/tickets", TITLE, VERSION, garbage).isProblem(400, "invalid-header");
        }
        Answer refused = alice.get("/tickets", VERSION, fromElsewhere(), VERSION, fromElsewhere());
        assertThat(refused.isProblem(400, "invalid-header").at("/errors/0/header"))
                .isEqualTo(VERSION);
        assertThat(alice.get("/tickets?count=true").at("/total")).isEqualTo("0");
    }

    @Test
    void anAnswerSaysHowManyHoldTheWrite() {
        assertThat(alice.create("Printer").header(ACKS)).isEqualTo("1 of 2");
        for (String wanted : List.of("one", "majority", "all")) {
            Answer created = alice.post("/tickets", TITLE, ACKS, wanted).is(201);
            assertThat(created.header(ACKS)).isEqualTo("2 of 2");
            bob.get("/tickets/" + created.id()).is(200);
        }
        assertThat(alice.post("/tickets", TITLE, ACKS, "local").header(ACKS)).isEqualTo("1 of 2");
    }

    @Test
    void everyKindOfWriteCanWaitForOthers() {
        String id = alice.post("/tickets", TITLE, ACKS, "all").id();
        String path = "/tickets/" + id;
        Answer comment = alice.post(path + "/comments", "{\"body\":\"Hello\"}", ACKS, "all")
                .is(201);
        assertThat(comment.header(ACKS)).isEqualTo("2 of 2");
        String commentPath = path + "/comments/" + comment.id();
        for (Answer answer : List.of(
                alice.patch(path, "{\"priority\":\"low\"}", ACKS, "all").is(200),
                alice.put(path + "/tags/hot", ACKS, "all").is(204),
                alice.put(path + "/tags/hot", ACKS, "all").is(204),
                alice.delete(path + "/tags/hot", ACKS, "all").is(204),
                alice.put(path + "/watchers/bob", ACKS, "all").is(204),
                alice.post(path + "/transitions", "{\"to\":\"open\"}", ACKS, "all")
                        .is(200),
                alice.patch(commentPath, "{\"body\":\"Hi\"}", ACKS, "all").is(200),
                alice.delete(commentPath, ACKS, "all").is(204),
                alice.delete(path, ACKS, "all").is(204),
                alice.delete(path, ACKS, "all").is(204),
                alice.post(path + "/restore", "", ACKS, "all").is(200),
                alice.delete(path + "?purge=true", ACKS, "all").is(204))) {
            assertThat(answer.header(ACKS)).isEqualTo("2 of 2");
        }
        bob.get(path).isProblem(410, "purged");
    }

    /** A write that is to reach too few by that node, whose patience is short; again until those have it who can. */
    private static Answer heldByTwo(Host host, String path, String body) {
        return Waiting.answer(
                () -> host.post(path, body, ACKS, "all", "Idempotency-Key", "k"),
                answer -> answer.header(ACKS).equals("2 of 3"));
    }

    @Test
    void aWriteThatTooFewHoldIsKeptAndSpreads() {
        try (Host carol = open("carol", "ticketmesh.rest.ack-timeout=1500ms")) {
            await(() -> knows(carol, alice) && knows(carol, bob) && knows(alice, carol));
            alice.post("/tickets", TITLE, ACKS, "all").is(201);
            plugs.get("bob").set(false);
            Answer most = alice.post("/tickets", TITLE, ACKS, "majority").is(201);
            assertThat(most.header(ACKS)).isEqualTo("2 of 3");

            Answer few = heldByTwo(carol, "/tickets", TITLE).isProblem(503, "acks-not-reached");
            assertThat(few.at("/detail")).contains("is kept and will spread");
            assertThat(few.at("/wanted")).isEqualTo("all");
            assertThat(few.at("/needed")).isEqualTo("3");
            assertThat(few.at("/held")).isEqualTo("2");
            assertThat(few.at("/members")).isEqualTo("3");
            assertThat(few.at("/holders"))
                    .contains(
                            carol.node().nodeId().toString(),
                            alice.node().nodeId().toString())
                    .doesNotContain(bob.node().nodeId().toString());
            assertThat(few.header(ACKS)).isEqualTo("2 of 3");
            assertThat(few.header("Retry-After"))
                    .as("a repetition without a key would double the ticket")
                    .isNull();
            Answer kept = carol.get("/tickets/" + few.id()).is(200);
            assertThat(kept.etag()).isEqualTo(few.etag()).isEqualTo(few.at("/etag"));
            assertThat(kept.at("/key")).isEqualTo(few.at("/key"));
            carol.put("/tickets/" + few.id() + "/tags/hot", ACKS, "all").isProblem(503, "acks-not-reached");
            carol.put("/tickets/" + few.id() + "/tags/hot", ACKS, "all").isProblem(503, "acks-not-reached");

            plugs.get("bob").set(true);
            Answer spread = bob.get("/tickets/" + few.id(), VERSION, token(few)).is(200);
            assertThat(spread.header(STALE)).isNull();
            await(() ->
                    carol.put("/tickets/" + few.id() + "/tags/hot", ACKS, "all").status() == 204);
            Answer again = carol.post("/tickets", TITLE, ACKS, "all", "Idempotency-Key", "k")
                    .is(201);
            assertThat(again.header(ACKS)).isEqualTo("3 of 3");
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(again.id()).isEqualTo(few.id());
            assertThat(bob.get("/tickets?count=true").at("/total")).isEqualTo("3");
        }
    }

    @Test
    void aStoppedMemberIsMissedByAllButNotByAMajority() {
        Host carol = open("carol", "ticketmesh.rest.ack-timeout=1500ms");
        try (carol) {
            await(() -> knows(carol, alice) && knows(carol, bob) && knows(alice, carol));
            bob.close();
            alice.post("/tickets", TITLE, ACKS, "majority").is(201);
            Answer kept = heldByTwo(carol, "/tickets", TITLE).isProblem(503, "acks-not-reached");
            assertThat(kept.at("/held")).isEqualTo("2");
            alice.get("/tickets/" + kept.id(), VERSION, token(kept)).is(200);
            bob = open("bob");
            Answer spread =
                    bob.get("/tickets/" + kept.id(), VERSION, token(kept)).is(200);
            assertThat(spread.header(STALE)).isNull();
        }
    }

    @Test
    void aBulkWaitsOnceForAll() {
        try (Host carol = open("carol", "ticketmesh.rest.ack-timeout=1500ms")) {
            await(() -> knows(carol, alice) && knows(carol, bob) && knows(alice, carol));
            String body = "{\"operations\":[{\"op\":\"create\",\"body\":{\"title\":\"A\"}},"
                    + "{\"op\":\"create\",\"body\":{\"title\":\" \"}},{\"op\":\"create\",\"body\":{\"title\":\"B\"}}]}";
            Answer all = alice.post("/tickets/bulk", body, ACKS, "all").is(207);
            assertThat(all.header(ACKS)).isEqualTo("3 of 3");
            assertThat(all.at("/failed")).isEqualTo("1");
            plugs.get("bob").set(false);
            Answer few = heldByTwo(carol, "/tickets/bulk", body).is(207);
            assertThat(few.header(ACKS)).isEqualTo("2 of 3");
            assertThat(few.at("/failed")).isEqualTo("3");
            assertThat(few.at("/items/0/status")).isEqualTo("503");
            assertThat(few.at("/items/0/problem/code")).isEqualTo("acks-not-reached");
            assertThat(few.at("/items/1/problem/code")).isEqualTo("invalid");
            carol.get("/tickets/" + few.at("/items/2/id")).is(200);
            assertThat(carol.post("/tickets/bulk", body).is(207).header(ACKS)).isEqualTo("1 of 3");
        }
    }

    @Test
    void onlyFourWordsSayHowManyAreWanted() {
        for (String garbage : List.of("two", "ALL", "", "1", "all, one")) {
            alice.post("/tickets", TITLE, ACKS, garbage).isProblem(400, "invalid-header");
        }
        alice.post("/tickets", TITLE, ACKS, "all", ACKS, "one").isProblem(400, "invalid-header");
        alice.post("/tickets/import", "[]", ACKS, "all").isProblem(400, "invalid-header");
        assertThat(alice.get("/tickets?count=true").at("/total")).isEqualTo("0");
        assertThat(alice.get("/tickets", ACKS, "two").is(200).header(ACKS))
                .as("a read waits for nobody")
                .isNull();
    }

    @Test
    void theMeshIsShownAsThisNodeSeesIt() {
        alice.post("/tickets", TITLE, ACKS, "all").is(201);
        await(() -> {
            List<MemberStatus> members = alice.node().status().members();
            return members.size() == 2
                    && members.stream()
                            .allMatch(member ->
                                    member.driftMillis() != null && member.behind() == 0 && member.ahead() == 0);
        });
        Answer mesh = alice.get("/ticketmesh/mesh").is(200);
        assertThat(mesh.at("/node/id")).isEqualTo(alice.node().nodeId().toString());
        assertThat(mesh.at("/node/name")).isEqualTo("alice");
        assertThat(mesh.at("/node/origin"))
                .isEqualTo(alice.node().status().self().toString());
        assertThat(mesh.at("/node/writable")).isEqualTo("true");
        assertThat(mesh.at("/node/waitingWrites")).isEqualTo("0");
        assertThat(mesh.at("/node/droppedMessages")).isEqualTo("0");
        assertThat(mesh.at("/active")).isEqualTo("2");
        assertThat(mesh.at("/catchingUp")).isEqualTo("false");
        assertThat(mesh.at("/version/" + alice.node().status().self())).isEqualTo("1");
        assertThat(mesh.has("/statistics/duplicates")).isTrue();
        assertThat(mesh.at("/statistics/early")).isEqualTo("0");
        assertThat(mesh.each("/members", "name")).containsExactlyInAnyOrder("alice", "bob");
        int other = mesh.at("/members/0/self").equals("true") ? 1 : 0;
        String member = "/members/" + other;
        assertThat(mesh.at(member + "/id")).isEqualTo(bob.node().nodeId().toString());
        assertThat(mesh.at(member + "/active")).isEqualTo("true");
        assertThat(mesh.at(member + "/reachable")).isEqualTo("true");
        assertThat(mesh.at(member + "/behind")).isEqualTo("0");
        assertThat(mesh.at(member + "/ahead")).isEqualTo("0");
        assertThat(Long.parseLong(mesh.at(member + "/driftMillis"))).isBetween(-10_000L, 10_000L);
        assertThat(Long.parseLong(mesh.at(member + "/silentMillis"))).isBetween(0L, 30_000L);
        assertThat(Instant.parse(mesh.at(member + "/heardAt"))).isAfter(Instant.EPOCH);
    }

    @Test
    void aMemberIsTakenOutByHand() {
        NodeId gone = bob.node().nodeId();
        bob.close();
        String path = "/ticketmesh/mesh/members/" + gone;
        alice.delete(path).is(204);
        await(() -> alice.node().status().active() == 1);
        alice.post("/tickets", TITLE, ACKS, "all").is(201);
        Answer mesh = alice.get("/ticketmesh/mesh").is(200);
        assertThat(mesh.each("/members", "active")).containsExactlyInAnyOrder("true", "false");
        alice.delete(path).is(204);
    }

    @Test
    void onlyOtherMembersThatAreKnownCanBeTakenOut() {
        alice.delete("/ticketmesh/mesh/members/" + alice.node().nodeId()).isProblem(409, "own-node");
        for (String stranger : List.of("0".repeat(32), "bob", "x".repeat(32), "0")) {
            alice.delete("/ticketmesh/mesh/members/" + stranger).isProblem(404, "unknown-member");
        }
        alice.get("/ticketmesh/mesh/members/" + bob.node().nodeId()).isProblem(405, "method-not-allowed");
        assertThat(alice.node().status().active()).isEqualTo(2);
    }
}
