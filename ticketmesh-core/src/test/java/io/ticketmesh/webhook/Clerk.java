package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.simulation.Resident;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.WriteEntry;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks the route from one replica to the one receiver, as {@link Postman} does on a node, and writes down what became of it. What is
 * under way when the replica ends never arrives. Not final, so that tests may break one habit at a time.
 */
class Clerk implements Resident {
    static final Webhook WEBHOOK = new Webhook(
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

    final ReplicaReader reader;
    private final Addressee addressee;
    private final Route route;
    private final List<UnderWay> underWay = new ArrayList<>();

    /** What a book said when it was read last, and what was made of that. */
    private final Map<String, Reading<?>> readings = new HashMap<>();

    private record UnderWay(String id, Errand errand, long endMillis) {}

    private record Reading<T>(@Nullable Ticket book, T parsed) {}

    Clerk(ReplicaReader reader, Addressee addressee) {
        this.reader = reader;
        this.addressee = addressee;
        this.route = new Route(
                WEBHOOK,
                TicketFilter.EVERYTHING,
                reader.node(),
                reader,
                ticket -> List.of(),
                progress().getOrDefault(reader.node(), Progress.NONE),
                new DeliveryLog(log(reader.node())));
    }

    @Override
    public List<Proposal> act(long wallMillis, long upMillis, MeshStatus mesh) {
        Surroundings around = around(wallMillis, mesh);
        receive(upMillis, around);
        for (Errand errand : route.next(around)) {
            String id = idOf(errand.delivery());
            underWay.add(new UnderWay(id, errand, upMillis + addressee.expect(id, errand)));
        }
        return route.wantsToWrite(wallMillis, false) ? write(wallMillis) : List.of();
    }

    private void receive(long upMillis, Surroundings around) {
        for (UnderWay sending : List.copyOf(underWay)) {
            if (sending.endMillis() <= upMillis) {
                underWay.remove(sending);
                int status = addressee.hear(sending.id(), sending.errand().delivery(), reader.node(), upMillis);
                route.done(sending.errand(), new Reception(status, 0, "", 0, null), around);
            }
        }
    }

    private List<Proposal> write(long wallMillis) {
        Map<String, Delivery> unwritten = route.log().takeUnwritten();
        Progress progress = route.beginWriting(wallMillis);
        List<Proposal> proposals = new ArrayList<>();
        if (!unwritten.isEmpty()) {
            List<WriteEntry> entries = unwritten.entrySet().stream()
                    .map(entry -> new WriteEntry(entry.getKey(), DeliveryJson.text(entry.getValue())))
                    .toList();
            proposals.add(proposal(WebhookBooks.logOf(WEBHOOK.id(), reader.node()), entries));
        }
        WriteEntry entry = new WriteEntry(reader.node().toString(), progress.text());
        proposals.add(proposal(WebhookBooks.progressOf(WEBHOOK.id()), List.of(entry)));
        route.written(true, unwritten.keySet());
        return proposals;
    }

    private static Proposal proposal(String book, List<WriteEntry> entries) {
        return Proposal.of(Book.idOf(book), WebhookBooks.SYSTEM, entries);
    }

    /** What the receiver is to know an event by. */
    String idOf(Delivery delivery) {
        return delivery.id();
    }

    /** What is to be seen of the mesh. */
    Surroundings around(long wallMillis, MeshStatus mesh) {
        Map<NodeId, Progress> progress = read(WebhookBooks.progressOf(WEBHOOK.id()), this::progress);
        VersionVector settled =
                progress.values().stream().map(Progress::settled).reduce(VersionVector.EMPTY, VersionVector::merge);
        Set<NodeId> reachable = mesh.members().stream()
                .filter(MemberStatus::reachable)
                .map(member -> member.member().node())
                .collect(Collectors.toSet());
        reachable.add(reader.node());
        return new Surroundings(wallMillis, reachable, settled, progress, logs(progress.keySet()));
    }

    private Map<NodeId, Collection<Delivery>> logs(Set<NodeId> writers) {
        Map<NodeId, Collection<Delivery>> logs = new HashMap<>();
        for (NodeId writer : writers) {
            logs.put(
                    writer,
                    read(WebhookBooks.logOf(WEBHOOK.id(), writer), () -> log(writer))
                            .values());
        }
        return logs;
    }

    /** What this replica knows of all deliveries, as it is written. */
    Collection<Delivery> deliveries() {
        Map<String, Delivery> known = new HashMap<>();
        logs(progress().keySet())
                .values()
                .forEach(log -> log.forEach(delivery -> known.merge(delivery.id(), delivery, Delivery::merge)));
        return known.values();
    }

    /** What is made of a book, again only when it was written. */
    @SuppressWarnings("unchecked")
    private <T> T read(String book, Supplier<T> parsing) {
        Ticket now = reader.ticket(Book.idOf(book)).orElse(null);
        Reading<?> known = readings.get(book);
        if (known == null || known.book() != now) {
            known = new Reading<>(now, parsing.get());
            readings.put(book, known);
        }
        return (T) known.parsed();
    }

    private Map<NodeId, Progress> progress() {
        Map<NodeId, Progress> progress = new HashMap<>();
        book(WebhookBooks.progressOf(WEBHOOK.id()))
                .entries()
                .entries()
                .forEach((key, register) -> register.winner()
                        .flatMap(winner -> Progress.parse(
                                winner.value(), winner.trace().time().millis()))
                        .ifPresent(known -> progress.put(NodeId.parse(key), known)));
        return progress;
    }

    private Map<String, Delivery> log(NodeId writer) {
        Map<String, Delivery> log = new HashMap<>();
        book(WebhookBooks.logOf(WEBHOOK.id(), writer))
                .entries()
                .entries()
                .forEach((place, register) -> register.winner()
                        .flatMap(winner -> DeliveryJson.parse(winner.value()))
                        .ifPresent(delivery -> log.put(place, delivery)));
        return log;
    }

    private Ticket book(String name) {
        TicketId id = Book.idOf(name);
        return reader.ticket(id).orElseGet(() -> Ticket.unborn(id));
    }
}
