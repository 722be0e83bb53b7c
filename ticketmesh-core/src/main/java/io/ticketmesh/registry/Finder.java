package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Inquiry.Answer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks any two registries for the list, again and again, and keeps what they say. Owned by the thread of its lookup.
 *
 * <p>A server is added, or replaced by a newer run of it, when one registry names it. It is dropped when a registry that knows all
 * does not name it, and no other does. A registry that was just started, or paused, does not know all. What a registry said stands for
 * one more lease after it has fallen silent or forgotten it, so that a server does not vanish with the only registry that could hear it. But nothing
 * older takes the place of what is known of the same run: who drains, and has left, is not up again because a silent registry never heard of it. When none
 * answers, the list stays as it was, and says that it is stale; when one answers again, nobody is dropped for one lease.
 */
final class Finder implements Party {
    private static final int ASKED = 2;
    /** How soon after a round the next one begins at most, however often changes are told. */
    private static final long SHORTEST_PAUSE = 100;

    private final DatagramCodec codec;
    private final KnownRegistries known;
    private final RandomGenerator random;
    private final Consumer<Listing> listener;

    /** Those that were asked last and answered; asked again as long as they do. */
    private final Set<InetSocketAddress> preferred = new HashSet<>();

    /** What each registry has said. */
    private final Map<InetSocketAddress, Answer> answers = new HashMap<>();

    private final Map<InetSocketAddress, Cookie> cookies = new HashMap<>();
    private final Map<InetSocketAddress, Long> watches = new HashMap<>();

    private final Map<InetSocketAddress, Inquiry> inquiries = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Answer> roundAnswers = new LinkedHashMap<>();
    private final Set<InetSocketAddress> tried = new HashSet<>();
    private boolean inRound;
    /** Something has changed since the round began. */
    private boolean isAskedAgain;

    private long roundAt;
    private long lastRoundAt = Long.MIN_VALUE / 2;
    private long blindAt = Long.MIN_VALUE / 2;

    private Map<NodeId, Entry> current = Map.of();
    private Listing listing = Listing.UNKNOWN;

    /** @param listener hears of every list that differs from the one before */
    Finder(DatagramCodec codec, KnownRegistries known, RandomGenerator random, Consumer<Listing> listener) {
        this.codec = codec;
        this.known = known;
        this.random = random;
        this.listener = listener;
        this.roundAt = Long.MIN_VALUE / 2;
    }

    KnownRegistries known() {
        return known;
    }

    Listing listing() {
        return listing;
    }

    /** Asks soon, rather than when it is time. */
    void refresh(long nowMillis) {
        if (inRound) {
            isAskedAgain = true;
        } else {
            roundAt = Math.min(roundAt, Math.max(nowMillis, lastRoundAt + SHORTEST_PAUSE));
        }
    }

    @Override
    public void receive(InetSocketAddress source, byte[] bytes, int length, long nowMillis, Outbox outbox) {
        Datagram datagram = codec.decode(bytes, length);
        if (datagram == null) {
            return;
        }
        Packet packet = datagram.packet();
        Inquiry inquiry = inquiries.get(source);
        boolean isAnswer = inquiry != null && inquiry.request == datagram.request();
        if (packet instanceof Packet.Here) {
            boolean wasAnswering = known.isAnswering(source);
            known.here(source, datagram.request(), nowMillis);
            if (!wasAnswering && known.isAnswering(source) && roundAnswers.size() < ASKED) {
                refresh(nowMillis);
            }
        } else if (packet instanceof Packet.Page page && inquiry != null && isAnswer) {
            known.learn(source, page.registries(), nowMillis);
            Answer answer = inquiry.take(page, nowMillis);
            if (answer != null) {
                answered(inquiry, answer, outbox);
            } else {
                ask(inquiry, nowMillis, outbox);
            }
        } else if (packet instanceof Packet.Refused refused && inquiry != null && isAnswer) {
            if (refused.reason() == Refusal.UNKNOWN_SESSION && inquiry.dropCookie(nowMillis)) {
                ask(inquiry, nowMillis, outbox);
            }
        } else if (packet instanceof Packet.Changed && watches.remove(source, datagram.request())) {
            refresh(nowMillis);
        } else if (!(packet instanceof Packet.Refused)) {
            codec.tally().count(Fault.UNEXPECTED);
        }
    }

    @Override
    public long tick(long nowMillis, Outbox outbox) {
        if (!inRound && roundAt <= nowMillis) {
            begin(nowMillis);
        }
        if (inRound) {
            advance(nowMillis, outbox);
        }
        long next = known.probe(nowMillis, outbox);
        if (!inRound) {
            return Math.min(next, roundAt);
        }
        for (Inquiry inquiry : inquiries.values()) {
            next = Math.min(next, inquiry.dueAt());
        }
        return next;
    }

    private void begin(long nowMillis) {
        inRound = true;
        isAskedAgain = false;
        lastRoundAt = nowMillis;
        roundAnswers.clear();
        tried.clear();
        inquiries.clear();
    }

    private void advance(long nowMillis, Outbox outbox) {
        for (Iterator<Inquiry> each = inquiries.values().iterator(); each.hasNext(); ) {
            Inquiry inquiry = each.next();
            if (inquiry.dueAt() <= nowMillis && !ask(inquiry, nowMillis, outbox)) {
                known.silent(inquiry.registry, nowMillis);
                preferred.remove(inquiry.registry);
                cookies.remove(inquiry.registry);
                each.remove();
            }
        }
        while (inquiries.size() + roundAnswers.size() < ASKED) {
            InetSocketAddress registry = nextToAsk();
            if (registry == null) {
                break;
            }
            tried.add(registry);
            Inquiry inquiry = new Inquiry(registry, random.nextLong(), cookies.get(registry), nowMillis);
            inquiries.put(registry, inquiry);
            ask(inquiry, nowMillis, outbox);
        }
        if (inquiries.isEmpty()) {
            end(nowMillis);
        }
    }

    private @Nullable InetSocketAddress nextToAsk() {
        List<InetSocketAddress> untried = new ArrayList<>(known.answering());
        untried.removeAll(tried);
        List<InetSocketAddress> favourites =
                untried.stream().filter(preferred::contains).toList();
        List<InetSocketAddress> choice = favourites.isEmpty() ? untried : favourites;
        return choice.isEmpty() ? null : choice.get(random.nextInt(choice.size()));
    }

    /** False when it was asked often enough. */
    private boolean ask(Inquiry inquiry, long nowMillis, Outbox outbox) {
        Packet packet = inquiry.ask(nowMillis);
        if (packet != null) {
            outbox.send(inquiry.registry, codec.encode(Datagram.of(inquiry.request, packet)));
        }
        return packet != null;
    }

    private void answered(Inquiry inquiry, Answer answer, Outbox outbox) {
        InetSocketAddress registry = inquiry.registry;
        Cookie cookie = inquiry.cookie();
        inquiries.remove(registry);
        preferred.add(registry);
        roundAnswers.put(registry, answer);
        answers.merge(registry, answer, Answer::then);
        if (cookie != null) {
            cookies.put(registry, cookie);
            watches.put(registry, inquiry.request);
            Packet watch = new Packet.Watch(cookie, answer.generation());
            outbox.send(registry, codec.encode(Datagram.of(inquiry.request, watch)));
        }
        // What is new is worth knowing before the other has answered; who is gone is decided when both have.
        Map<NodeId, Entry> merged = new TreeMap<>(current);
        answer.entries().values().forEach(entry -> merged.merge(entry.node(), entry, Entry::newest));
        publish(merged, false);
    }

    private void end(long nowMillis) {
        inRound = false;
        roundAt = nowMillis + Times.around(Times.REFRESH, random);
        if (isAskedAgain) {
            isAskedAgain = false;
            refresh(nowMillis);
        }
        forget(nowMillis);
        if (roundAnswers.isEmpty()) {
            blindAt = nowMillis;
            publish(current, true);
            return;
        }
        Map<NodeId, Entry> merged = new TreeMap<>();
        for (Answer answer : roundAnswers.values()) {
            answer.entries().values().forEach(entry -> merged.merge(entry.node(), entry, Entry::newest));
        }
        answers.forEach((registry, answer) -> {
            Answer now = roundAnswers.get(registry);
            boolean hasLostItsWord = now == null ? !known.isAnswering(registry) : !now.isComplete();
            answer.entries().values().stream()
                    .filter(entry -> hasLostItsWord || merged.containsKey(entry.node()))
                    .map(entry -> Entry.newest(entry, current.getOrDefault(entry.node(), entry)))
                    .forEach(entry -> merged.merge(entry.node(), entry.withLate(true), Entry::newest));
        });
        if (nowMillis - blindAt < Times.LEASE || roundAnswers.values().stream().noneMatch(Answer::isComplete)) {
            current.values().forEach(entry -> merged.putIfAbsent(entry.node(), entry));
        }
        publish(merged, false);
    }

    /** What was said longer than a lease ago does not count any more. */
    private void forget(long nowMillis) {
        answers.values().removeIf(answer -> nowMillis - answer.atMillis() >= Times.LEASE);
        Set<InetSocketAddress> addresses = known.addresses();
        preferred.retainAll(addresses);
        cookies.keySet().retainAll(addresses);
        watches.keySet().retainAll(addresses);
    }

    private void publish(Map<NodeId, Entry> entries, boolean stale) {
        current = Map.copyOf(entries);
        Listing next = Listing.of(entries.values(), stale);
        if (!next.equals(listing)) {
            listing = next;
            listener.accept(next);
        }
    }
}
