package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.node.VersionToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was seen is carried from answers to requests, and only grows. */
@Timeout(60)
class SeenTest {
    private static String ticket;
    private FakeServer server;
    private TicketMeshClient client;
    private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void show() {
        ticket = Shown.ticket("Printer");
    }

    @BeforeEach
    void start() {
        server = FakeServer.start(FakeServer.json(200, ticket));
        client = TicketMeshClient.open(builder -> builder.servers(server.uri()).onAttempt(attempts::add));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void answerWith(String token, String... more) {
        List<String> headers = new ArrayList<>(List.of("TicketMesh-Version", token));
        headers.addAll(List.of(more));
        server.then(FakeServer.json(200, ticket, headers.toArray(String[]::new)));
    }

    @Test
    void whatOneServerShowedIsAskedOfTheNext() {
        String token = Shown.token(1, 5);
        answerWith(token);
        client.get("TM-1");
        assertThat(server.last().has("TicketMesh-Version")).isFalse();
        client.get("TM-1");
        assertThat(server.last().header("TicketMesh-Version")).isEqualTo(token);
    }

    @Test
    void refusalsAreSeenToo() {
        String token = Shown.token(1, 5);
        server.then(FakeServer.json(404, "{\"code\":\"unknown-ticket\"}", "TicketMesh-Version", token));
        client.find("TM-1");
        assertThat(client.token()).isEqualTo(token);
    }

    @Test
    void whatSeveralServersShowedIsMerged() {
        answerWith(Shown.token(1, 5));
        client.get("TM-1");
        answerWith(Shown.token(2, 7));
        client.get("TM-1");
        answerWith(Shown.token(1, 3));
        client.get("TM-1");
        VersionVector seen = VersionToken.parse(client.token());
        assertThat(seen).isEqualTo(VersionToken.parse(Shown.token(1, 5)).merge(VersionToken.parse(Shown.token(2, 7))));
    }

    @Test
    void manyAnswersAtOnceLoseNothing() {
        Seen seen = new Seen();
        List<String> tokens = new ArrayList<>();
        for (int node = 1; node <= 5; node++) {
            for (int operations = 1; operations <= 40; operations++) {
                tokens.add(Shown.token(node, operations));
            }
        }
        Collections.shuffle(tokens, new Random(3));
        IntStream.range(0, tokens.size()).parallel().forEach(i -> seen.add(tokens.get(i)));
        VersionVector all = tokens.stream().map(VersionToken::parse).reduce(VersionVector.EMPTY, VersionVector::merge);
        assertThat(VersionToken.parse(seen.token())).isEqualTo(all);
    }

    @Test
    void whatIsNoTokenIsNotCarriedOn() {
        answerWith("no token at all");
        client.get("TM-1");
        client.get("TM-1");
        assertThat(server.last().has("TicketMesh-Version")).isFalse();
    }

    @Test
    void aStaleAnswerIsToldAndCounted() {
        answerWith(Shown.token(1, 5), "TicketMesh-Stale", "true");
        client.get("TM-1");
        answerWith(Shown.token(1, 6));
        client.get("TM-1");
        assertThat(attempts).extracting(Attempt::stale).containsExactly(true, false);
        assertThat(client.statistics().staleAnswers()).isEqualTo(1);
    }

    @Test
    void aSessionSeesOnlyItsOwnAndCanBeCarriedElsewhere() {
        answerWith(Shown.token(1, 5));
        TicketMeshClient session = client.session();
        session.get("TM-1");
        assertThat(client.token()).isEmpty();
        TicketMeshClient elsewhere = client.session(session.token());
        elsewhere.get("TM-1");
        assertThat(server.last().header("TicketMesh-Version")).isEqualTo(Shown.token(1, 5));
        assertThatThrownBy(() -> client.session("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }
}
