package io.ticketmesh.registry;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where registries are, or may be: addresses that were configured, those that registries told of, and those that answered on the
 * link. Those that do not answer are asked every two seconds whether they are there; small packets, so that many may be listed.
 * Owned by a registrar or a finder.
 */
final class KnownRegistries {
    /** Configured addresses beyond these are not asked. */
    static final int MAX_FIXED = 256;
    /** Addresses that registries told of; more are not learned until some are forgotten. */
    static final int MAX_LEARNED = 64;

    private static final int FIRST_LINK_PROBES = 3;
    private static final long FIRST_LINK_PROBE = 300;

    private final DatagramCodec codec;
    private final @Nullable InetSocketAddress link;
    private final RandomGenerator random;
    private final long request;
    private final Map<InetSocketAddress, Known> all = new LinkedHashMap<>();
    private int learned;
    private int linkProbes;
    private long linkProbeAt = Long.MIN_VALUE;

    /** @param link the multicast group of registries; null when the link is not asked */
    KnownRegistries(DatagramCodec codec, @Nullable InetSocketAddress link, RandomGenerator random) {
        this.codec = codec;
        this.link = link;
        this.random = random;
        this.request = random.nextLong();
    }

    private static final class Known {
        boolean fixed;
        boolean answering;
        long silentSince;
        long probeAt;
    }

    /** Takes the place of what was configured, or resolved, before. */
    void configure(Collection<InetSocketAddress> addresses, long nowMillis) {
        all.entrySet()
                .removeIf(each ->
                        each.getValue().fixed && !each.getValue().answering && !addresses.contains(each.getKey()));
        all.forEach((address, known) -> {
            if (known.fixed && !addresses.contains(address)) {
                known.fixed = false;
                learned++;
            }
        });
        addresses.stream().limit(MAX_FIXED).forEach(address -> {
            Known known = all.computeIfAbsent(address, key -> fresh(nowMillis, true));
            if (!known.fixed) {
                known.fixed = true;
                learned--;
            }
        });
    }

    /** A registry told of others. */
    void learn(Collection<InetSocketAddress> addresses, long nowMillis) {
        for (InetSocketAddress address : addresses) {
            if (!all.containsKey(address)
                    && learned < MAX_LEARNED
                    && (codec.isSealed() || address.getAddress().isLoopbackAddress())) {
                all.put(address, fresh(nowMillis, false));
                learned++;
            }
        }
    }

    /** Takes an answer to a probe. */
    void here(InetSocketAddress source, long answered, long nowMillis) {
        boolean wasAsked = answered == request && (link != null || all.containsKey(source));
        if (!wasAsked) {
            codec.tally().count(Fault.UNEXPECTED);
            return;
        }
        learn(List.of(source), nowMillis);
        Known known = all.get(source);
        if (known != null) {
            known.answering = true;
        }
    }

    /** A registry did not answer. */
    void silent(InetSocketAddress address, long nowMillis) {
        Known known = all.get(address);
        if (known != null && known.answering) {
            known.answering = false;
            known.silentSince = nowMillis;
            known.probeAt = nowMillis + Times.around(Times.PROBE, random);
        }
    }

    boolean isAnswering(InetSocketAddress address) {
        Known known = all.get(address);
        return known != null && known.answering;
    }

    /** Those that answered when they were last asked. */
    List<InetSocketAddress> answering() {
        List<InetSocketAddress> answering = new ArrayList<>();
        all.forEach((address, known) -> {
            if (known.answering) {
                answering.add(address);
            }
        });
        return answering;
    }

    Set<InetSocketAddress> addresses() {
        return Set.copyOf(all.keySet());
    }

    /** Sends the probes that are due; returns when the next are. */
    long probe(long nowMillis, Outbox outbox) {
        boolean anyAnswers = false;
        for (Known known : all.values()) {
            anyAnswers |= known.answering;
        }
        if (anyAnswers) {
            forget(nowMillis);
        }
        long next = probeLink(nowMillis, anyAnswers, outbox);
        for (Map.Entry<InetSocketAddress, Known> each : all.entrySet()) {
            Known known = each.getValue();
            if (known.answering) {
                continue;
            }
            if (known.probeAt <= nowMillis) {
                known.probeAt = nowMillis + Times.around(Times.PROBE, random);
                outbox.send(each.getKey(), codec.encode(Datagram.of(request, new Packet.Probe(false))));
            }
            next = Math.min(next, known.probeAt);
        }
        return next;
    }

    private long probeLink(long nowMillis, boolean anyAnswers, Outbox outbox) {
        if (link == null) {
            return Long.MAX_VALUE;
        }
        if (linkProbeAt <= nowMillis) {
            linkProbes++;
            long pause = linkProbes < FIRST_LINK_PROBES
                    ? FIRST_LINK_PROBE
                    : Times.around(anyAnswers ? Times.PROBE_LINK : Times.PROBE, random);
            linkProbeAt = nowMillis + pause;
            outbox.send(link, codec.encode(Datagram.of(request, new Packet.Probe(true))));
        }
        return linkProbeAt;
    }

    private void forget(long nowMillis) {
        List<InetSocketAddress> gone = all.entrySet().stream()
                .filter(each -> !each.getValue().fixed && !each.getValue().answering)
                .filter(each -> nowMillis - each.getValue().silentSince >= Times.FORGET)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(InetSocketAddress::toString))
                .toList();
        gone.forEach(all::remove);
        learned -= gone.size();
    }

    private static Known fresh(long nowMillis, boolean fixed) {
        Known known = new Known();
        known.fixed = fixed;
        known.silentSince = nowMillis;
        known.probeAt = nowMillis;
        return known;
    }
}
