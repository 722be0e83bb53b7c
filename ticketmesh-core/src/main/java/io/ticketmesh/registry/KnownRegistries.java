package io.ticketmesh.registry;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where registries are, or may be: addresses that were configured, those that registries told of, and those that answered on the
 * link. Those that do not answer are asked every two seconds whether they are there; small packets, so that many may be listed.
 * One that answers by two addresses is asked by the nearest only, because it would look like two. Owned by a registrar or a finder.
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
    private final UnaryOperator<InetSocketAddress> nearest;
    private final RandomGenerator random;
    private final long request;
    private final Map<InetSocketAddress, Known> all = new LinkedHashMap<>();
    private int learned;
    private int linkProbes;
    private long linkProbeAt = Long.MIN_VALUE;

    /**
     * @param link the multicast group of registries; null when the link is not asked
     * @param nearest gives the address by which a registry may be nearer than by the one that is known
     */
    KnownRegistries(
            DatagramCodec codec,
            @Nullable InetSocketAddress link,
            UnaryOperator<InetSocketAddress> nearest,
            RandomGenerator random) {
        this.codec = codec;
        this.link = link;
        this.nearest = nearest;
        this.random = random;
        this.request = random.nextLong();
    }

    private static final class Known {
        /** Another address of the same registry, if it answers there; its own if there is none. */
        final InetSocketAddress nearest;

        boolean fixed;
        boolean answering;
        long silentSince;
        long probeAt;

        Known(InetSocketAddress nearest) {
            this.nearest = nearest;
        }
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
            Known known = all.computeIfAbsent(address, key -> fresh(key, nowMillis, true));
            if (!known.fixed) {
                known.fixed = true;
                learned--;
            }
        });
    }

    /** A registry told of others; a loopback address is one of its own machine. */
    void learn(InetSocketAddress teller, Collection<InetSocketAddress> addresses, long nowMillis) {
        for (InetSocketAddress address : addresses) {
            learn(
                    address.getAddress().isLoopbackAddress()
                            ? new InetSocketAddress(teller.getAddress(), address.getPort())
                            : address,
                    nowMillis);
        }
    }

    private void learn(InetSocketAddress address, long nowMillis) {
        if (!all.containsKey(address)
                && learned < MAX_LEARNED
                && (codec.isSealed() || address.getAddress().isLoopbackAddress())) {
            all.put(address, fresh(address, nowMillis, false));
            learned++;
        }
    }

    /** Takes an answer to a probe. */
    void here(InetSocketAddress source, long answered, long nowMillis) {
        boolean wasAsked = answered == request && (link != null || all.containsKey(source));
        if (!wasAsked) {
            codec.tally().count(Fault.UNEXPECTED);
            return;
        }
        learn(source, nowMillis);
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

    /** Whether it answered when it was last asked, and does not by a nearer address. */
    boolean isAnswering(InetSocketAddress address) {
        Known known = all.get(address);
        return known != null && known.answering && !isNearer(known, address);
    }

    private boolean isNearer(Known known, InetSocketAddress address) {
        Known nearest = known.nearest.equals(address) ? null : all.get(known.nearest);
        return nearest != null && nearest.answering;
    }

    /** Those that answered when they were last asked. */
    List<InetSocketAddress> answering() {
        return all.keySet().stream().filter(this::isAnswering).toList();
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

    private Known fresh(InetSocketAddress address, long nowMillis, boolean fixed) {
        Known known = new Known(nearest.apply(address));
        known.fixed = fixed;
        known.silentSince = nowMillis;
        known.probeAt = nowMillis;
        return known;
    }
}
