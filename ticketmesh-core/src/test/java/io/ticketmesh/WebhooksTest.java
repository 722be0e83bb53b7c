package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.timer.TimerPace;
import io.ticketmesh.webhook.Delivery;
import io.ticketmesh.webhook.DeliveryJson;
import io.ticketmesh.webhook.PublicVerifier;
import io.ticketmesh.webhook.Receiver;
import io.ticketmesh.webhook.Receiver.Heard;
import io.ticketmesh.webhook.Reception;
import io.ticketmesh.webhook.UnknownWebhookException;
import io.ticketmesh.webhook.Webhook;
import io.ticketmesh.webhook.WebhookOptions;
import io.ticketmesh.webhook.WebhookRefusedException;
import io.ticketmesh.webhook.WebhookStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebhooksTest {
    private static final WebhookOptions TO_THIS_MACHINE = WebhookOptions.DEFAULT.withAllowedNetworks("127.0.0.0/8");

    private final Group group = new Group();
    private final Clock clock = new Clock();
    private final List<Receiver> receivers = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        group.close();
        receivers.forEach(Receiver::close);
    }

    private TicketMesh open() {
        return open(TO_THIS_MACHINE);
    }

    private TicketMesh open(WebhookOptions options) {
        return group.open(builder -> builder.clock(clock).webhooks(options));
    }

    private Receiver receiver(int... statuses) {
        Receiver receiver = Receiver.answering(statuses);
        receivers.add(receiver);
        return receiver;
    }

    /** Lets time pass a little again and again until it is so: what was done is written down once a second. */
    private void await(Receiver receiver, Supplier<Object> seen, BooleanSupplier condition)
            throws InterruptedException {
        receiver.await(() -> String.valueOf(seen.get()), () -> {
            clock.pass(Duration.ofMillis(50));
            return condition.getAsBoolean();
        });
    }

    private List<Heard> awaitHeard(Receiver receiver, int messages) throws InterruptedException {
        await(receiver, receiver::heard, () -> receiver.heard().size() >= messages);
        return receiver.heard();
    }

    private void awaitAttempts(Receiver receiver, TicketMesh mesh, Webhook webhook, int attempts)
            throws InterruptedException {
        await(
                receiver,
                () -> mesh.webhooks().deliveries(webhook.id()),
                () -> mesh.webhooks().deliveries(webhook.id()).stream()
                        .anyMatch(delivery -> delivery.attempts().size() >= attempts));
    }

    private static List<String> ids(List<Heard> heard) {
        return heard.stream().map(Heard::id).toList();
    }

    @Test
    void aReceiverThatFailsTwiceIsToldThreeTimesUnderOneIdWithSignaturesThatOthersCheck() throws Exception {
        TicketMesh mesh = open();
        Receiver receiver = receiver(500, 500, 200);
        Webhook webhook = mesh.webhooks().create("alice", receiver.url(), edit -> {});
        String secret = webhook.keys().get(0).secret().text();

        mesh.tickets("bob").create("Printer on fire");
        awaitAttempts(receiver, mesh, webhook, 1);
        clock.pass(Duration.ofSeconds(6));
        awaitAttempts(receiver, mesh, webhook, 2);
        clock.pass(Duration.ofMinutes(6));
        List<Heard> heard = receiver.await(3);

        assertThat(ids(heard).stream().distinct()).hasSize(1);
        assertThat(heard.stream().map(Heard::body).distinct()).hasSize(1);
        assertThat(heard.stream().map(Heard::timestamp).distinct()).hasSize(3);
        assertThat(heard.get(0).body())
                .startsWith(
                        "{\"type\":\"ticket.created\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"data\":{\"eventId\":")
                .contains("\"actor\":\"bob\"")
                .contains("{\"field\":\"title\",\"old\":null,\"new\":\"Printer on fire\"}");
        await(
                receiver,
                () -> mesh.webhooks().deliveries(webhook.id()),
                () -> mesh.webhooks().deliveries(webhook.id()).stream()
                        .anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED));
        Delivery delivery = mesh.webhooks().deliveries(webhook.id()).get(0);
        assertThat(delivery.id()).isEqualTo(heard.get(0).id());
        assertThat(delivery.attempts()).extracting(attempt -> attempt.status()).containsExactly(500, 500, 200);
        List<Heard> forged = new ArrayList<>(heard);
        forged.add(new Heard(
                heard.get(0).id(),
                heard.get(2).timestamp(),
                heard.get(2).signature(),
                heard.get(2).body().replace("fire", "ice")));
        List<String> verdicts = PublicVerifier.verify(secret, forged);
        assertThat(verdicts.subList(0, 3)).containsOnly("ticket.created");
        assertThat(verdicts.get(3)).startsWith("refused");
    }

    @Test
    void aTimerThatFiresIsKnownByOneIdInHeaderTextAndLog() throws Exception {
        TicketMesh mesh = group.open(builder -> builder.clock(clock)
                .webhooks(TO_THIS_MACHINE)
                .timerPace(new TimerPace(Duration.ofMillis(5), Duration.ZERO)));
        Receiver receiver = receiver(204);
        Webhook webhook = mesh.webhooks().create("alice", receiver.url(), edit -> {});
        Instant due = Instant.ofEpochMilli(clock.millis()).plus(Duration.ofHours(1));
        String ticket =
                mesh.tickets().create("Printer", edit -> edit.dueAt(due)).id().toString();
        awaitHeard(receiver, 1);
        clock.pass(Duration.ofHours(2));
        Heard fired = awaitHeard(receiver, 2).get(1);
        await(
                receiver,
                () -> mesh.webhooks().deliveries(webhook.id()),
                () -> mesh.webhooks().deliveries(webhook.id()).size() == 2);

        Delivery delivery = mesh.webhooks().deliveries(webhook.id()).get(0);
        assertThat(delivery.id()).isEqualTo(fired.id());
        assertThat(fired.body()).contains("\"eventId\":\"" + delivery.eventId() + "\"");
        assertThat(JsonWriter.text(json -> DeliveryJson.write(json, delivery)))
                .contains("\"id\":\"" + fired.id() + "\",\"eventId\":\"" + delivery.eventId() + "\"");
        assertThat(delivery.eventId())
                .isNotEqualTo(mesh.tickets()
                        .history(ticket)
                        .get(1)
                        .trace()
                        .operation()
                        .toString());
        assertThat(mesh.webhooks().redeliver(webhook.id(), fired.id()).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(receiver.heard().get(2).id()).isEqualTo(fired.id());
    }

    @Test
    void aNodeCountsWhatItTriedAndWhatWaits() throws Exception {
        TicketMesh mesh = open();
        Receiver receiver = receiver(500, 200);
        mesh.webhooks().create("alice", receiver.url(), edit -> {});
        mesh.tickets().create("Printer on fire");
        receiver.await( // while no time passes, or it would be told again
                () -> mesh.webhooks().statistics().toString(),
                () -> mesh.webhooks().statistics().equals(new WebhookStatistics(1, 0, 0, 1, 0, 1, 0)));
        clock.pass(Duration.ofSeconds(6));
        await(
                receiver,
                () -> mesh.webhooks().statistics(),
                () -> mesh.webhooks().statistics().equals(new WebhookStatistics(1, 0, 1, 1, 0, 0, 0)));
    }

    @Test
    void eachEventIsToldOnceHoweverManyNodesThereAre() throws Exception {
        Receiver receiver = receiver(204);
        List<TicketMesh> nodes = List.of(open(), open(), open());
        Webhook webhook = nodes.get(0).webhooks().create("alice", receiver.url(), edit -> {});
        group.converge();
        String ticket = nodes.get(0).tickets().create("Printer").id().toString();
        group.converge();
        for (int round = 0; round < 10; round++) {
            nodes.get(round % 3).tickets().change(ticket, edit -> edit.tag("tag"));
            nodes.get(round % 3).tickets().comment(ticket, "Round " + round);
            group.converge();
        }
        int events = nodes.get(0).tickets().history(ticket).size();

        List<Heard> heard = awaitHeard(receiver, events);

        assertThat(ids(heard)).doesNotHaveDuplicates().hasSize(events);
        assertThat(heard.get(0).body()).contains("ticket.created");
        TicketMesh asked = nodes.get(2);
        await(
                receiver,
                () -> asked.webhooks().deliveries(webhook.id()),
                () -> asked.webhooks().deliveries(webhook.id()).size() == events);
        assertThat(asked.webhooks().deliveries(webhook.id()))
                .allMatch(delivery -> delivery.state() == Delivery.State.DELIVERED)
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(ids(heard));
    }

    @Test
    void aTimerThatBothSidesOfACutFireHasOneIdAndOneDelivery() throws Exception {
        Receiver receiver = receiver(204);
        TicketMesh here = openWithTimers();
        TicketMesh there = openWithTimers();
        Webhook webhook = here.webhooks().create("alice", receiver.url(), edit -> edit.events("ticket.overdue"));
        Instant due = Instant.ofEpochMilli(clock.millis()).plus(Duration.ofHours(1));
        String ticket =
                here.tickets().create("Printer", edit -> edit.dueAt(due)).id().toString();
        group.converge();
        group.cut();
        clock.pass(Duration.ofHours(1).plusMinutes(1)); // behind everybody's turn
        List<Heard> heard = awaitHeard(receiver, 2);
        group.heal();
        group.converge();

        assertThat(ids(heard).stream().distinct()).hasSize(1);
        assertThat(heard).allMatch(message -> message.body().contains("\"eventId\":\"" + message.id() + "\""));
        for (TicketMesh node : List.of(here, there)) {
            await(
                    receiver,
                    () -> node.webhooks().deliveries(webhook.id()),
                    () -> node.webhooks().deliveries(webhook.id()).stream()
                            .anyMatch(delivery -> delivery.attempts().size() == 2));
        }
        List<Delivery> deliveries = here.webhooks().deliveries(webhook.id());
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(heard.get(0).id());
            assertThat(delivery.attempts())
                    .extracting(attempt -> attempt.node())
                    .containsExactlyInAnyOrder(here.nodeId(), there.nodeId());
        });
        assertThat(there.webhooks().deliveries(webhook.id())).isEqualTo(deliveries);
        there.webhooks().redeliver(webhook.id(), heard.get(0).id());
        assertThat(ids(awaitHeard(receiver, 3)).stream().distinct()).hasSize(1);
        assertThat(here.tickets().history(ticket)).hasSize(2);
    }

    private TicketMesh openWithTimers() {
        TimerPace quick = new TimerPace(Duration.ofMillis(5), Duration.ZERO);
        return group.open(
                builder -> builder.clock(clock).webhooks(TO_THIS_MACHINE).timerPace(quick));
    }

    @Test
    void nothingIsLostByACutAndEveryEventHasOneIdOnBothSides() throws Exception {
        Receiver receiver = receiver(204);
        TicketMesh here = open();
        TicketMesh there = open();
        Webhook webhook = here.webhooks().create("alice", receiver.url(), edit -> {});
        group.converge();
        String ticket = here.tickets().create("Printer").id().toString();
        group.converge();
        awaitAttempts(receiver, there, webhook, 1); // it knows that the other told it
        group.converge();
        group.cut();
        here.tickets("alice").change(ticket, edit -> edit.title("Printer burns"));
        there.tickets("bob").change(ticket, edit -> edit.title("Printer smokes"));
        awaitHeard(receiver, 3);
        group.heal();
        group.converge();
        here.tickets("alice").comment(ticket, "Healed");
        group.converge();
        awaitHeard(receiver, 4);
        for (TicketMesh node : List.of(here, there)) { // each knows what the other told
            await(
                    receiver,
                    () -> node.webhooks().deliveries(webhook.id()),
                    () -> node.webhooks().deliveries(webhook.id()).size() == 4);
        }
        group.converge();
        clock.pass(Duration.ofMinutes(5)); // would another node tell it again, it would now
        here.tickets("alice").comment(ticket, "Once more");
        List<Heard> heard = awaitHeard(receiver, 5);

        assertThat(ids(heard)).doesNotHaveDuplicates().hasSize(5);
        List<String> events = here.tickets().history(ticket).stream()
                .map(entry -> entry.trace().operation().toString())
                .toList();
        assertThat(heard).hasSameSizeAs(events);
        events.forEach(event -> assertThat(heard)
                .anyMatch(message -> message.body().contains("\"eventId\":\"" + event + "\"")
                        && message.id().equals(event.replace('.', '-').replace('#', '-'))));
    }

    @Test
    void whatANodeDoesNotTellAnotherOneTells() throws Exception {
        Receiver receiver = receiver(204);
        TicketMesh mute = open(TO_THIS_MACHINE.withDelivers(false));
        TicketMesh other = open();
        Webhook webhook = mute.webhooks().create("alice", receiver.url(), edit -> {});
        group.converge();
        receiver.await(
                () -> "not seen",
                () -> other.status().members().stream()
                                .filter(MemberStatus::reachable)
                                .count()
                        == 2);
        mute.tickets().create("Printer");
        mute.tickets().create("Mouse");
        group.converge();
        other.tickets().create("Screen");
        receiver.await(1);
        clock.pass(Duration.ofSeconds(59));
        other.tickets().create("Keyboard");
        List<Heard> before = receiver.await(2);
        clock.pass(Duration.ofSeconds(2));
        List<Heard> heard = receiver.await(4);

        assertThat(before.toString()).contains("Screen", "Keyboard").doesNotContain("Printer", "Mouse");
        assertThat(heard.toString()).contains("Printer", "Mouse");
        assertThat(ids(heard)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> mute.webhooks().ping(webhook.id()))
                .isInstanceOf(WebhookRefusedException.class)
                .hasMessageContaining("configured not to send");
    }

    @Test
    void whoStartsAgainTellsWhatIsNewAndNothingTwice() throws Exception {
        Receiver receiver = receiver(204);
        try (TicketMesh mesh = TicketMesh.open(builder -> durable(builder))) {
            mesh.tickets().create("Before there was a webhook");
            Webhook webhook = mesh.webhooks().create("alice", receiver.url(), edit -> {});
            mesh.tickets().create("First");
            receiver.await(
                    () -> mesh.webhooks().deliveries(webhook.id()).toString(),
                    () -> mesh.webhooks().deliveries(webhook.id()).stream()
                            .anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED));
        }
        try (TicketMesh mesh =
                TicketMesh.open(builder -> durable(builder).webhooks(TO_THIS_MACHINE.withDelivers(false)))) {
            mesh.tickets().create("Second");
        }
        try (TicketMesh mesh = TicketMesh.open(builder -> durable(builder))) {
            mesh.tickets().create("Third");
            List<Heard> heard = receiver.await(3);

            assertThat(heard)
                    .extracting(Heard::body)
                    .satisfiesExactlyInAnyOrder(
                            body -> assertThat(body).contains("First"),
                            body -> assertThat(body).contains("Second"),
                            body -> assertThat(body).contains("Third"));
        }
    }

    private TicketMesh.Builder durable(TicketMesh.Builder builder) {
        return builder.directory(directory).clock(clock).webhooks(TO_THIS_MACHINE);
    }

    @Test
    void nobodyOutsideHearsOfInternalCommentsAndOfWhatIsNotForHim() throws Exception {
        Receiver receiver = receiver(204);
        TicketMesh mesh = open();
        mesh.webhooks()
                .create(
                        "alice",
                        receiver.url(),
                        edit -> edit.events("ticket.created", "ticket.commented")
                                .filter("priority:urgent xyzzy"));
        String unwanted = mesh.tickets().create("xyzzy, but not urgent").id().toString();
        mesh.tickets().comment(unwanted, "hears nobody");
        String ticket = mesh.tickets()
                .create("xyzzy", edit -> edit.priority(Priority.URGENT))
                .id()
                .toString();
        mesh.tickets().comment(ticket, "The boss broke it", CommentKind.INTERNAL);
        mesh.tickets().change(ticket, edit -> edit.tag("untold"));
        mesh.tickets().comment(ticket, "We are on it");
        List<Heard> heard = receiver.await(2);

        assertThat(heard).hasSize(2);
        assertThat(heard.toString()).contains("ticket.created", "We are on it");
        assertThat(heard.toString()).doesNotContain("boss", "not urgent", "hears nobody", "untold");
    }

    @Test
    void oneThatIsGoneIsToldNoMoreUntilItIsSwitchedOn() throws Exception {
        Receiver receiver = receiver(410);
        TicketMesh mesh = open();
        Webhook webhook = mesh.webhooks().create("alice", receiver.url(), edit -> {});
        mesh.tickets().create("Printer");
        receiver.await(1);
        receiver.await(
                () -> "still active", () -> !mesh.webhooks().get(webhook.id()).active());
        assertThat(mesh.webhooks().get(webhook.id()).stopped().reason()).contains("410");
        mesh.tickets().create("Untold");
        receiver.answer(204);

        clock.pass(Duration.ofSeconds(1));
        mesh.webhooks().change("alice", webhook.id(), edit -> edit.active(true));
        mesh.tickets().create("Told");
        List<Heard> heard = receiver.await(2);

        assertThat(mesh.webhooks().get(webhook.id()).stopped()).isNull();
        assertThat(heard.get(1).body()).contains("Told");
        assertThat(heard.toString()).doesNotContain("Untold");
    }

    @Test
    void oneThatTakesNothingForADayIsSwitchedOff() throws Exception {
        Receiver receiver = receiver(503);
        TicketMesh mesh = open();
        Webhook webhook = mesh.webhooks().create("alice", receiver.url(), edit -> {});
        mesh.tickets().create("Printer");
        for (int tries = 1; tries <= 8; tries++) {
            awaitAttempts(receiver, mesh, webhook, tries);
            clock.pass(Duration.ofHours(11));
        }
        receiver.await(
                () -> "still active", () -> !mesh.webhooks().get(webhook.id()).active());

        assertThat(mesh.webhooks().get(webhook.id()).stopped().reason()).contains("took nothing");
        assertThat(receiver.heard()).hasSize(8);
        await(
                receiver,
                () -> mesh.webhooks().deliveries(webhook.id()),
                () -> mesh.webhooks().deliveries(webhook.id()).get(0).state() == Delivery.State.FAILED);
        assertThat(mesh.webhooks().deliveries(webhook.id()).get(0).tries()).isEqualTo(8);
    }

    @Test
    void pingsAndSendsAgainOnDemandFromAnyNode() throws Exception {
        Receiver receiver = receiver(200, 500, 204);
        TicketMesh here = open();
        TicketMesh there = open();
        Webhook webhook = here.webhooks().create("alice", receiver.url(), edit -> edit.events("ticket.created"));
        group.converge();

        Reception pinged = there.webhooks().ping(webhook.id());
        here.tickets().create("Printer");
        String id = receiver.await(2).get(1).id();
        receiver.await( // while no time passes, or it would be told again unasked
                () -> "unknown there",
                () -> !there.webhooks().deliveries(webhook.id()).isEmpty());
        Delivery again = there.webhooks().redeliver(webhook.id(), id);

        assertThat(pinged.status()).isEqualTo(200);
        assertThat(pinged.body()).isEqualTo("status 200");
        assertThat(receiver.heard().get(0).body())
                .startsWith("{\"type\":\"ping\"")
                .contains(webhook.id());
        assertThat(again.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(ids(receiver.heard()).subList(1, 3)).containsOnly(id);
        receiver.await(
                () -> here.webhooks().deliveries(webhook.id()).toString(),
                () -> here.webhooks().deliveries(webhook.id()).get(0).state() == Delivery.State.DELIVERED);
        clock.pass(Duration.ofMinutes(10));
        here.tickets().create("Mouse");
        assertThat(ids(receiver.await(4)).get(3)).isNotEqualTo(id);
        assertThatThrownBy(() -> here.webhooks().redeliver(webhook.id(), "nothing"))
                .isInstanceOf(UnknownWebhookException.class);
    }

    @Test
    void whileASecretIsChangedBothAreGood() throws Exception {
        Receiver receiver = receiver(204);
        TicketMesh mesh = open();
        Webhook before = mesh.webhooks().create("alice", receiver.url(), edit -> {});
        Webhook after = mesh.webhooks().rotate("alice", before.id());
        mesh.webhooks().ping(before.id());
        List<Heard> both = receiver.heard();
        clock.pass(Duration.ofHours(25));
        mesh.webhooks().ping(before.id());
        List<Heard> one = receiver.heard().subList(1, 2);

        assertThat(both.get(0).signature().split(" ")).hasSize(2);
        assertThat(one.get(0).signature().split(" ")).hasSize(1);
        String old = before.keys().get(0).secret().text();
        String fresh = after.keys().get(0).secret().text();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(PublicVerifier.verify(old, both)).containsExactly("ping");
        assertThat(PublicVerifier.verify(fresh, both)).containsExactly("ping");
        assertThat(PublicVerifier.verify(old, one).get(0)).startsWith("refused");
    }

    @Test
    void saysWhatIsWrongWithAWebhook() {
        TicketMesh mesh = TicketMesh.open(builder -> {});
        try (mesh) {
            assertThatThrownBy(() -> mesh.webhooks().create("alice", "http://127.0.0.1/hooks", edit -> {}))
                    .isInstanceOf(InvalidChangeException.class)
                    .hasMessage(
                            "url leads to 127.0.0.1, which is no public address and in none of the allowed networks");
            assertThatThrownBy(() -> mesh.webhooks().create("alice", "ftp://desk.example/", edit -> {}))
                    .hasMessageContaining("url must begin with https");
            assertThatThrownBy(() ->
                            mesh.webhooks().create("alice", "https://8.8.8.8/", edit -> edit.events("ticket.exploded")))
                    .hasMessageContaining("events has 'ticket.exploded', which is not one of");
            assertThatThrownBy(() ->
                            mesh.webhooks().create("alice", "https://8.8.8.8/", edit -> edit.filter("colour:red")))
                    .hasMessageContaining("filter ");
            for (int number = 0; number < 20; number++) {
                mesh.webhooks().create("alice", "https://8.8.8.8/" + number, edit -> edit.active(false));
            }
            assertThatThrownBy(() -> mesh.webhooks().create("alice", "https://8.8.8.8/", edit -> {}))
                    .hasMessage("webhooks has 20, which is the most");
            Webhook first = mesh.webhooks().all().get(0);
            mesh.webhooks().delete("alice", first.id());
            assertThatThrownBy(() -> mesh.webhooks().get(first.id())).isInstanceOf(UnknownWebhookException.class);
            assertThat(mesh.webhooks().all()).hasSize(19);
            assertThat(mesh.tickets().counts().living()).isZero();
        }
    }
}
