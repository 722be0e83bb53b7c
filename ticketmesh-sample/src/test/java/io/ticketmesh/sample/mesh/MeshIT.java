package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of the sample as one mesh on this machine: they are killed, copied and lose their disks. */
@Tag("kill")
@Tag("alone")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MeshIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** How long each of ten thousand tickets takes at least: all of them longer than several kills, however fast the machine. */
    private static final Duration EACH = Duration.ofMillis(4);

    @TempDir
    Path directory;

    @Test
    void whatOneNodeTakesTheOthersHaveWithinATenthOfASecondAndALateJoinerHasItAll() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 3)) {
            for (int i = 0; i < 20; i++) {
                timeToAll(nodes, i); // their code is compiled
            }
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                millis.add(timeToAll(nodes, i));
            }
            Collections.sort(millis);
            assertThat(millis.get(millis.size() / 2)).as("median of %s", millis).isLessThan(100);

            SampleNode one = nodes.get(0);
            String ticket = one.create("With a history");
            SampleNode.require(one.post("/tickets/" + ticket + "/comments", "{\"body\":\"It burns\"}"), 201);
            SampleNode.require(one.write("PATCH", "/tickets/" + ticket, "{\"title\":\"Edited\"}"), 200);
            String deleted = one.create("To be deleted");
            SampleNode.require(one.write("DELETE", "/tickets/" + deleted, ""), 204);
            nodes.awaitEqual(SOON);

            SampleNode late = nodes.add("late").start();
            nodes.awaitEqual(SOON);
            assertThat(late.<String>read("/tickets/" + ticket, "$.title")).isEqualTo("Edited");
            assertThat(late.<List<String>>read("/tickets/" + ticket + "/comments", "$.items[*].body"))
                    .containsExactly("It burns");
            assertThat(late.<List<Object>>read("/tickets/" + ticket + "/history", "$.items[*]"))
                    .hasSize(3);
            assertThat(late.get("/tickets/" + deleted).statusCode()).isEqualTo(410);
            assertThat(late.ids()).hasSameElementsAs(one.ids());
        }
    }

    private static long timeToAll(Nodes nodes, int round) throws IOException {
        SampleNode author = nodes.get(round % 3);
        String title = "Round " + round + " " + UUID.randomUUID();
        long begin = System.nanoTime();
        String ticket = author.create(title);
        for (SampleNode node : nodes.all()) {
            Waiting.until(SOON, () -> ticket + " is not on " + node, () -> node.has(ticket));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    @Test
    void tenThousandTicketsAreEverywhereOnceAlthoughANodeIsKilledEveryFiveSeconds() throws Exception {
        int tickets = 10_000;
        int beforeTheThirdKill = 9_900; // however long a node takes to start
        try (Nodes nodes = Nodes.start(directory, 3)) {
            AtomicInteger next = new AtomicInteger();
            AtomicInteger kills = new AtomicInteger();
            Queue<String> created = new ConcurrentLinkedQueue<>();
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<?>> clients = new ArrayList<>();
            long begin = System.nanoTime();
            for (int client = 0; client < 8; client++) {
                clients.add(pool.submit(() -> {
                    for (int number = next.getAndIncrement(); number < tickets; number = next.getAndIncrement()) {
                        Waiting.passUntil(begin + number * EACH.toNanos());
                        if (number >= beforeTheThirdKill) {
                            Waiting.until(Duration.ofMinutes(2), () -> "no third kill", () -> kills.get() > 2);
                        }
                        created.add(createSomewhere(nodes, number));
                    }
                    return null;
                }));
            }
            while (!clients.stream().allMatch(Future::isDone)) {
                SampleNode victim = nodes.get(kills.get() % 3);
                awaitDone(clients, Duration.ofSeconds(5));
                victim.kill();
                kills.incrementAndGet();
                victim.start();
            }
            for (Future<?> client : clients) {
                client.get();
            }
            pool.shutdown();
            nodes.awaitEqual(SOON);

            assertThat(kills.get()).as("kills").isGreaterThan(2);
            TreeSet<String> all = new TreeSet<>(created);
            assertThat(all).hasSize(tickets);
            for (SampleNode node : nodes.all()) {
                assertThat(node.ids()).as("on %s", node).hasSize(tickets).hasSameElementsAs(all);
            }
        }
    }

    private static void awaitDone(List<Future<?>> clients, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (Future<?> client : clients) {
            try {
                client.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException later) {
                continue; // the outcome is looked at in the end
            }
        }
    }

    /** Tries one node after the other under one key, so that the ticket is created once, until one answers. */
    private static String createSomewhere(Nodes nodes, int number) {
        String body = "{\"title\":\"Ticket " + number + "\"}";
        String key = UUID.randomUUID().toString();
        AtomicInteger at = new AtomicInteger(number);
        List<String> answered = new ArrayList<>();
        Waiting.until(Duration.ofMinutes(1), () -> "nobody took ticket " + number, () -> {
            try {
                HttpResponse<String> answer =
                        nodes.get(at.getAndIncrement() % 3).post("/tickets", body, "Idempotency-Key", key);
                if (answer.statusCode() == 201) {
                    answered.add(JsonPath.read(answer.body(), "$.id"));
                }
            } catch (IOException killed) {
                return false;
            }
            return !answered.isEmpty();
        });
        return answered.get(0);
    }

    @Test
    void anOldCopyThatIsPutBackAndACopyThatRunsBesideLoseAndDoubleNothingAndAreReported() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 2)) {
            SampleNode one = nodes.get(0);
            SampleNode two = nodes.get(1);
            String first = one.create("Before the copy");
            nodes.awaitEqual(SOON);
            one.kill();
            Path image = directory.resolve("image");
            copy(one.data(), image);
            one.start();
            String second = one.create("After the copy");
            nodes.awaitEqual(SOON);

            one.kill();
            delete(one.data());
            copy(image, one.data());
            one.start();
            nodes.awaitEqual(SOON);
            assertThat(one.has(second)).isTrue();
            Waiting.until(SOON, one::logText, () -> one.logText().contains("put back from an older copy"));

            Path home = directory.resolve("twin");
            copy(image, home.resolve("data"));
            SampleNode twin = nodes.add("twin", home).start();
            String third = twin.create("By the twin");
            String fourth = one.create("By the original");
            nodes.awaitEqual(SOON);
            for (SampleNode node : nodes.all()) {
                assertThat(node.ids()).containsExactlyInAnyOrder(first, second, third, fourth);
            }
            Waiting.until(
                    Duration.ofSeconds(40),
                    () -> "no alarm",
                    () -> one.logText().contains("copy of this directory")
                            && two.digest().equals(one.digest()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.copy(each, to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void whatAMajorityHoldsSurvivesItsWriterAndAllWithOneAwayIsAnsweredAsDocumented() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 3)) {
            SampleNode writer = nodes.get(0);
            SampleNode second = nodes.get(1);
            SampleNode third = nodes.get(2);
            HttpResponse<String> answer =
                    writer.post("/tickets", "{\"title\":\"Held by most\"}", "TicketMesh-Acks", "majority");
            SampleNode.require(answer, 201);
            writer.kill();
            delete(writer.data());
            String ticket = JsonPath.read(answer.body(), "$.id");
            Waiting.until(SOON, () -> "lost", () -> second.has(ticket) && third.has(ticket));

            HttpResponse<String> refused =
                    second.post("/tickets", "{\"title\":\"Held by some\"}", "TicketMesh-Acks", "all");
            SampleNode.require(refused, 503);
            Map<String, Object> problem = JsonPath.read(refused.body(), "$");
            assertThat(problem).containsEntry("code", "acks-not-reached").containsEntry("members", 3);
            Waiting.until(SOON, () -> "not kept", () -> third.ids().size() == 2);
        }
    }

    @Test
    void aNodeThatJoinsAHundredThousandTicketsUnderLoadAndIsKilledHalfWayGetsThemAll() throws Exception {
        int stored = 100_000;
        try (Nodes nodes = Nodes.start(directory, 2)) {
            SampleNode writer = nodes.get(0);
            SampleNode provider = nodes.get(1);
            fill(writer, stored);
            String purged = writer.create("To be purged");
            SampleNode.require(writer.write("DELETE", "/tickets/" + purged + "?purge=true", ""), 204);
            nodes.awaitEqual(Duration.ofMinutes(2));

            try (Load load = Load.on(List.of(writer), 10, Duration.ofMillis(20))) {
                SampleNode joiner = nodes.add("joiner").start();
                int had = stored / 4;
                Waiting.until(Duration.ofMinutes(1), () -> "nothing comes", () -> joiner.living() > had);
                joiner.kill();
                joiner.start();
                assertThat(joiner.living()).as("what it had when it was killed").isGreaterThanOrEqualTo(had);
                provider.kill();
                provider.start();
                Waiting.until(
                        Duration.ofMinutes(3), () -> "it has " + livingOrNone(joiner), () -> joiner.living() >= stored);
                load.end();
                nodes.awaitEqual(Duration.ofMinutes(1));

                assertThat(joiner.living()).isEqualTo(stored + load.written());
                assertThat(joiner.get("/tickets/" + purged).statusCode()).isEqualTo(410);
                List<Long> micros = load.takeMicros();
                assertThat(micros.get(micros.size() * 99 / 100))
                        .as(
                                "the writers' 99th percentile in microseconds, median %s, of %s writes",
                                micros.get(micros.size() / 2), micros.size())
                        .isLessThan(100_000);
            }
        }
    }

    private static void fill(SampleNode node, int count) throws Exception {
        StringBuilder operations = new StringBuilder("{\"operations\":[");
        for (int i = 0; i < 100; i++) {
            operations.append(i == 0 ? "" : ",").append("{\"op\":\"create\",\"body\":{\"title\":\"Stored\"}}");
        }
        String body = operations.append("]}").toString();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            clients.add(pool.submit(() -> {
                for (int i = 0; i < count / 400; i++) {
                    SampleNode.require(node.post("/tickets/bulk", body), 207);
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        pool.shutdown();
        assertThat(node.living()).isEqualTo(count);
    }

    private static String livingOrNone(SampleNode node) {
        try {
            return String.valueOf(node.living());
        } catch (IOException none) {
            return none.toString();
        }
    }
}
