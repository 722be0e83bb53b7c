package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.replica.TestPeer.Sent;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.WriteEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Replicas whose clocks are moved by hand, each with its route to one receiver. What is written about deliveries travels between them as
 * it does between nodes.
 */
final class Offices {
    static final long STEP_MILLIS = 100;

    private static final Webhook WEBHOOK = new Webhook(
            "0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d",
            URI.create("https://desk.example/"),
            Set.of(),
            "",
            "",
            true,
            null,
            HybridTimestamp.ZERO,
            Instant.EPOCH,
            "alice",
            List.of(new Webhook.Key(WebhookSecret.random(new SplittableRandom(1)), null)));

    private final Map<TestPeer, Route> routes = new LinkedHashMap<>();
    private final List<UnderWay> underWay = new ArrayList<>();
    private final Set<TestPeer> down = new HashSet<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, String> bodies = new HashMap<>();
    private BiPredicate<TestPeer, TestPeer> connected = (from, to) -> true;
    private ToIntFunction<String> answers = id -> 204;
    private LongSupplier tookMillis = () -> STEP_MILLIS;
    private long passedMillis;

    /** What the receiver took or refused. */
    record Told(String id, OperationId operation, NodeId by, int status, long atMillis) {}

    private record UnderWay(TestPeer by, Errand errand, long endMillis) {}

    Offices(TestPeer... peers) {
        for (TestPeer peer : peers) {
            routes.put(peer, open(peer));
        }
    }

    private static Route open(TestPeer peer) {
        Progress written = progress(peer).getOrDefault(peer.node(), Progress.NONE);
        return new Route(
                WEBHOOK,
                TicketFilter.EVERYTHING,
                peer.node(),
                peer.store(),
                ticket -> List.of(),
                written,
                new DeliveryLog(log(peer, peer.node())));
    }

    private static Map<String, String> entries(TestPeer peer, String book) {
        Map<String, String> entries = new HashMap<>();
        peer.ticket(Book.idOf(book))
                .entries()
                .entries()
                .forEach((key, register) -> register.winner().ifPresent(winner -> entries.put(key, winner.value())));
        return entries;
    }

    /** What a book said when it was read last, by whom and which. */
    private final Map<String, Reading<?>> readings = new HashMap<>();

    private record Reading<T>(Ticket book, T parsed) {}

    /** What is made of a book, again only when it was written. */
    @SuppressWarnings("unchecked")
    private <T> T read(TestPeer peer, String book, Supplier<T> parsing) {
        Ticket now = peer.ticket(Book.idOf(book));
        Reading<?> known = readings.get(peer.node() + book);
        if (known == null || !known.book().equals(now)) {
            known = new Reading<>(now, parsing.get());
            readings.put(peer.node() + book, known);
        }
        return (T) known.parsed();
    }

    private static Map<NodeId, Progress> progress(TestPeer peer) {
        Map<NodeId, Progress> progress = new HashMap<>();
        peer.ticket(Book.idOf(WebhookBooks.progressOf(WEBHOOK.id())))
                .entries()
                .entries()
                .forEach((key, register) -> register.winner()
                        .flatMap(winner -> Progress.parse(
                                winner.value(), winner.trace().time().millis()))
                        .ifPresent(known -> progress.put(NodeId.parse(key), known)));
        return progress;
    }

    private static Map<String, Delivery> log(TestPeer peer, NodeId writer) {
        Map<String, Delivery> log = new HashMap<>();
        entries(peer, WebhookBooks.logOf(WEBHOOK.id(), writer))
                .forEach(
                        (place, text) -> log.put(place, DeliveryJson.parse(text).orElseThrow()));
        return log;
    }

    /** Who hears whom, from now on. */
    void connect(BiPredicate<TestPeer, TestPeer> connected) {
        this.connected = connected;
    }

    /** What the receiver answers to the message of an id, from now on. */
    void answer(ToIntFunction<String> answers) {
        this.answers = answers;
    }

    /** How long the receiver takes for each message. */
    void take(LongSupplier millis) {
        tookMillis = millis;
    }

    /** It stops as if the power failed; what it sent may have arrived or not. */
    void kill(TestPeer peer) {
        down.add(peer);
        underWay.removeIf(sending -> sending.by() == peer);
        peer.sent();
    }

    /** It starts again from its disk. */
    void start(TestPeer peer) {
        down.remove(peer);
        peer.restart();
        routes.put(peer, open(peer));
    }

    boolean isDown(TestPeer peer) {
        return down.contains(peer);
    }

    Collection<TestPeer> peers() {
        return routes.keySet();
    }

    List<Told> told() {
        return told;
    }

    /** What the receiver took, in that order. */
    List<OperationId> taken() {
        return told.stream()
                .filter(message -> message.status() < 300)
                .map(Told::operation)
                .toList();
    }

    void pass(long millis) {
        pass(millis, STEP_MILLIS);
    }

    void pass(long millis, long stepMillis) {
        for (long passed = 0; passed < millis; passed += stepMillis) {
            passedMillis += stepMillis;
            routes.keySet().forEach(peer -> {
                if (isDown(peer)) {
                    peer.moveClock(stepMillis);
                } else {
                    peer.tick(stepMillis);
                }
            });
            talk();
            receive();
            for (TestPeer peer : List.copyOf(routes.keySet())) {
                if (!isDown(peer)) {
                    walk(peer, routes.get(peer));
                }
            }
        }
    }

    private void talk() {
        for (int round = 0; round < 20; round++) {
            for (TestPeer from : routes.keySet()) {
                Sent sent = from.sent();
                for (TestPeer to : routes.keySet()) {
                    if (to != from && !isDown(from) && !isDown(to) && connected.test(from, to)) {
                        to.receive(sent);
                    }
                }
            }
        }
    }

    private void receive() {
        for (UnderWay sending : List.copyOf(underWay)) {
            if (sending.endMillis() <= passedMillis) {
                underWay.remove(sending);
                Delivery delivery = sending.errand().delivery();
                int status = answers.applyAsInt(delivery.id());
                told.add(new Told(
                        delivery.id(), delivery.operation(), sending.by().node(), status, passedMillis));
                Reception reception = new Reception(status, 0, "", 0, null);
                routes.get(sending.by()).done(sending.errand(), reception, around(sending.by()));
            }
        }
    }

    private Surroundings around(TestPeer peer) {
        Map<NodeId, Progress> progress = read(peer, WebhookBooks.progressOf(WEBHOOK.id()), () -> progress(peer));
        VersionVector settled =
                progress.values().stream().map(Progress::settled).reduce(VersionVector.EMPTY, VersionVector::merge);
        Set<NodeId> reachable = peer.mesh().members().stream()
                .filter(MemberStatus::reachable)
                .map(member -> member.member().node())
                .collect(Collectors.toSet());
        reachable.add(peer.node());
        Map<NodeId, Collection<Delivery>> logs = new HashMap<>();
        progress.keySet()
                .forEach(writer -> logs.put(
                        writer,
                        read(peer, WebhookBooks.logOf(WEBHOOK.id(), writer), () -> log(peer, writer))
                                .values()));
        return new Surroundings(peer.wallMillis(), reachable, settled, progress, logs);
    }

    private void walk(TestPeer peer, Route route) {
        for (Errand errand : route.next(around(peer))) {
            String body = new String(
                    Message.of(errand.delivery().id(), errand.news(), NewsJson::write)
                            .body(),
                    StandardCharsets.UTF_8);
            String before = bodies.putIfAbsent(errand.delivery().id(), body);
            if (before != null && !before.equals(body)) {
                throw new AssertionError("One id, two messages: " + before + " and " + body);
            }
            underWay.add(new UnderWay(peer, errand, passedMillis + tookMillis.getAsLong()));
        }
        if (route.wantsToWrite(peer.wallMillis(), false)) {
            Map<String, Delivery> unwritten = route.log().takeUnwritten();
            Progress progress = route.beginWriting(peer.wallMillis());
            if (!unwritten.isEmpty()) {
                peer.propose(
                        Book.idOf(WebhookBooks.logOf(WEBHOOK.id(), peer.node())),
                        unwritten.entrySet().stream()
                                .map(entry -> new WriteEntry(entry.getKey(), DeliveryJson.text(entry.getValue())))
                                .toArray(Change[]::new));
            }
            write(peer, progress);
            route.written(true, unwritten.keySet());
        }
    }

    private static void write(TestPeer peer, Progress progress) {
        TicketId book = Book.idOf(WebhookBooks.progressOf(WEBHOOK.id()));
        WriteEntry entry = new WriteEntry(peer.node().toString(), progress.text());
        if (entry.affects(peer.ticket(book))) {
            peer.propose(book, entry);
        }
    }

    /** All operations of tickets that a peer holds, by rising time. */
    static List<Operation> events(TestPeer peer) {
        List<Operation> events = new ArrayList<>();
        peer.store()
                .version()
                .forEach((origin, last) -> peer.store().operations(origin, 1, Integer.MAX_VALUE).stream()
                        .filter(operation -> !Book.isBook(operation.ticket()))
                        .forEach(events::add));
        events.sort((one, other) -> one.trace().compareTo(other.trace()));
        return events;
    }

    /** How many operations a peer holds that are none of a ticket's. */
    static long notes(TestPeer peer) {
        long[] all = {0};
        peer.store().version().forEach((origin, last) -> all[0] += last);
        return all[0] - events(peer).size();
    }
}
