package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final String KEY = "Idempotency-Key";
    private static Host host;

    @BeforeAll
    static void start() {
        host = Host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void theFirstAnswerIsGivenAgainWhateverHappenedSince() {
        Answer first = host.post("/tickets", "{\"title\":\"Once\"}", KEY, "k-1").is(201);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        host.patch("/tickets/" + first.id(), "{\"title\":\"Changed since\"}").is(200);
        Answer again = host.post("/tickets", "{\"title\":\"Once\"}", KEY, "k-1").is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(host.get("/tickets/" + first.id()).at("/title")).isEqualTo("Changed since");
    }

    @Test
    void aKeyIsForOneBody() {
        host.post("/tickets", "{\"title\":\"This\"}", KEY, "k-2").is(201);
        VersionVector before = host.node().version();
        host.post("/tickets", "{\"title\":\"That\"}", KEY, "k-2").isProblem(422, "key-reused");
        assertThat(host.node().version()).isEqualTo(before);
    }

    @Test
    void aKeyIsForOnePath() {
        Answer ticket =
                host.post("/tickets", "{\"title\":\"Paths\"}", KEY, "k-3").is(201);
        host.post("/tickets/" + ticket.id() + "/comments", "{\"body\":\"First\"}", KEY, "k-3")
                .is(201);
        host.post("/tickets/" + ticket.id() + "/transitions", "{\"to\":\"open\"}", KEY, "k-3")
                .is(200);
        Answer other = host.create("Other");
        Answer comment = host.post("/tickets/" + other.id() + "/comments", "{\"body\":\"First\"}", KEY, "k-3")
                .is(201);
        assertThat(comment.header("Idempotent-Replayed")).isNull();
    }

    @Test
    void aPatchIsRecognizedAlthoughItsPreconditionHoldsNoMore() {
        Answer ticket = host.create("Guarded");
        String path = "/tickets/" + ticket.id();
        String patch = "{\"title\":\"Guarded twice\"}";
        Answer first =
                host.patch(path, patch, "If-Match", ticket.etag(), KEY, "k-p").is(200);
        host.patch(path, "{\"title\":\"Somebody else's\"}").is(200);
        Answer again =
                host.patch(path, patch, "If-Match", ticket.etag(), KEY, "k-p").is(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(host.get(path).at("/title")).isEqualTo("Somebody else's");
        host.patch(path, patch, "If-Match", ticket.etag(), KEY, "k-other").isProblem(412, "precondition-failed");
        host.patch(path, "{\"title\":\"x\"}", KEY, "k-p").isProblem(422, "key-reused");
        host.delete(path).is(204);
        host.patch(path, patch, "If-Match", ticket.etag(), KEY, "k-p").is(200);
    }

    @Test
    void aCreationUnderAChosenIdIsRecognized() {
        String path = "/tickets/01a20443-4489-7a0d-9e2a-9ace3a17f0aa";
        String[] headers = {"If-None-Match", "*", "Content-Type", "application/json", KEY, "k-u"};
        Answer first = host.send("PUT", path, "{\"title\":\"Chosen\"}", headers).is(201);
        Answer again = host.send("PUT", path, "{\"title\":\"Chosen\"}", headers).is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        headers[5] = "k-v";
        host.send("PUT", path, "{\"title\":\"Chosen\"}", headers).isProblem(412, "precondition-failed");
    }

    @Test
    void anEditOfACommentIsRecognized() {
        String path = "/tickets/" + host.create("Talk").id() + "/comments";
        String comment =
                path + "/" + host.post(path, "{\"body\":\"One\"}").is(201).id();
        host.patch(comment, "{\"body\":\"Two\"}", KEY, "k-c").is(200);
        host.patch(comment, "{\"body\":\"Three\"}").is(200);
        Answer again = host.patch(comment, "{\"body\":\"Two\"}", KEY, "k-c").is(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(host.get(comment).at("/body")).isEqualTo("Three");
    }

    @Test
    void aRetryOnAnotherNodeMakesTheSameTicketAndComment() {
        try (Host other = Host.start()) {
            Answer here = host.post("/tickets", "{\"title\":\"Anywhere\"}", KEY, "k-4")
                    .is(201);
            Answer there = other.post("/tickets", "{\"title\":\"Anywhere\"}", KEY, "k-4")
                    .is(201);
            assertThat(there.id()).isEqualTo(here.id());
            String path = "/tickets/" + here.id() + "/comments";
            Answer comment = host.post(path, "{\"body\":\"Hello\"}", KEY, "k-5").is(201);
            assertThat(other.post(path, "{\"body\":\"Hello\"}", KEY, "k-5")
                            .is(201)
                            .id())
                    .isEqualTo(comment.id());
        }
    }

    @Test
    void aCommentIsWrittenOnceUnderOneKeyByWhateverName() {
        Answer ticket = host.create("Commented once");
        Answer first = host.post("/tickets/" + ticket.id() + "/comments", "{\"body\":\"Hi\"}", KEY, "k-6")
                .is(201);
        Answer again = host.post("/tickets/" + ticket.at("/key") + "/comments", "{\"body\":\"Hi\"}", KEY, "k-6")
                .is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(host.get("/tickets/" + ticket.id()).at("/commentCount")).isEqualTo("1");
    }

    @Test
    void aTransitionIsReplayedThoughTheTicketWentOn() {
        Answer ticket = host.create("Moves on");
        String path = "/tickets/" + ticket.id() + "/transitions";
        Answer first = host.post(path, "{\"to\":\"resolved\",\"comment\":\"Done\"}", KEY, "k-7")
                .is(200);
        host.post(path, "{\"to\":\"closed\"}").is(200);
        Answer again = host.post(path, "{\"to\":\"resolved\",\"comment\":\"Done\"}", KEY, "k-7")
                .is(200);
        assertThat(again.at("/status")).isEqualTo("resolved");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(host.get("/tickets/" + ticket.id()).at("/status")).isEqualTo("closed");
    }

    @Test
    void manyAtOnceMakeOneTicket() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        byte[] body = "{\"title\":\"Stampede\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            answers.add(host.sendAsync("POST", "/tickets", body, "Content-Type", "application/json", KEY, "k-8"));
        }
        List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
        assertThat(all).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(all.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Answer::id)
                        .distinct())
                .hasSize(1);
        all.stream().filter(answer -> answer.status() == 409).forEach(answer -> {
            answer.isProblem(409, "request-in-flight");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        });
        assertThat(all.stream()
                        .filter(answer -> answer.status() == 201 && answer.header("Idempotent-Replayed") == null))
                .hasSize(1);
        host.awaitIndex();
        assertThat(host.get("/tickets?q=stampede&count=true").at("/total")).isEqualTo("1");
    }

    @Test
    void bulkIsReplayedAsAWhole() {
        String body =
                "{\"operations\":[{\"op\":\"create\",\"body\":{\"title\":\"A\"}},{\"op\":\"create\",\"body\":{\"title\":\"\"}},"
                        + "{\"op\":\"create\",\"body\":{\"title\":\"B\"}}]}";
        Answer first = host.post("/tickets/bulk", body, KEY, "k-9").is(207);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        VersionVector before = host.node().version();
        Answer again = host.post("/tickets/bulk", body, KEY, "k-9").is(207);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.at("/items/0/id")).isEqualTo(first.at("/items/0/id"));
        assertThat(again.at("/items/2/id")).isEqualTo(first.at("/items/2/id"));
        host.post("/tickets/bulk", body.replace("\"\"", "\"C\""), KEY, "k-9").isProblem(422, "key-reused");
        assertThat(host.node().version()).isEqualTo(before);
    }

    @Test
    void aKeyHasPrintableCharacters() {
        for (String key : List.of("", "   ", "x".repeat(256))) {
            host.post("/tickets", "{\"title\":\"Bad key\"}", KEY, key).isProblem(400, "invalid-header");
        }
        host.post("/tickets", "{\"title\":\"Two keys\"}", KEY, "a", KEY, "b").isProblem(400, "invalid-header");
        host.post("/tickets", "{\"title\":\"Long key\"}", KEY, "x".repeat(255)).is(201);
        host.awaitIndex();
        assertThat(host.get("/tickets?q=key&count=true").at("/total")).isEqualTo("1");
    }
}
