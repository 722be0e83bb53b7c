package io.ticketmesh.webhook;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.replica.TestPeer.Sent;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.webhook.Addressee.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Replicas whose clocks are moved by hand, each with its route to one receiver. What is written about deliveries travels between them as
 * it does between nodes.
 */
final class Offices {
    static final long STEP_MILLIS = 100;

    private final Map<TestPeer, Clerk> clerks = new LinkedHashMap<>();
    private final Set<TestPeer> down = new HashSet<>();
    private final Addressee addressee = new Addressee(STEP_MILLIS);
    private BiPredicate<TestPeer, TestPeer> connected = (from, to) -> true;
    private long passedMillis;

    Offices(TestPeer... peers) {
        for (TestPeer peer : peers) {
            clerks.put(peer, new Clerk(peer.store(), addressee));
        }
    }

    /** Who hears whom, from now on. */
    void connect(BiPredicate<TestPeer, TestPeer> connected) {
        this.connected = connected;
    }

    /** What the receiver answers to the message of an id, from now on. */
    void answer(ToIntFunction<String> answers) {
        addressee.answer(answers);
    }

    /** How long the receiver takes for each message. */
    void take(LongSupplier millis) {
        addressee.take(millis);
    }

    /** It stops as if the power failed; what it had under way does not arrive. */
    void kill(TestPeer peer) {
        down.add(peer);
        peer.sent();
    }

    /** It starts again from its disk. */
    void start(TestPeer peer) {
        down.remove(peer);
        peer.restart();
        clerks.put(peer, new Clerk(peer.store(), addressee));
    }

    boolean isDown(TestPeer peer) {
        return down.contains(peer);
    }

    List<Told> told() {
        return addressee.told();
    }

    /** What the receiver took, in that order. */
    List<OperationId> taken() {
        return told().stream()
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
            clerks.keySet().forEach(peer -> {
                if (isDown(peer)) {
                    peer.moveClock(stepMillis);
                } else {
                    peer.tick(stepMillis);
                }
            });
            talk();
            clerks.forEach((peer, clerk) -> {
                if (!isDown(peer)) {
                    clerk.act(peer.wallMillis(), passedMillis, peer.mesh()).forEach(peer::ask);
                }
            });
        }
    }

    private void talk() {
        for (int round = 0; round < 20; round++) {
            for (TestPeer from : clerks.keySet()) {
                Sent sent = from.sent();
                for (TestPeer to : clerks.keySet()) {
                    if (to != from && !isDown(from) && !isDown(to) && connected.test(from, to)) {
                        to.receive(sent);
                    }
                }
            }
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
