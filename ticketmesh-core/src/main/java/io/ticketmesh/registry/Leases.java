package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of a registry: who is registered, for how long still, and who was until lately. Owned by the registry; all times are
 * those of its {@link LeaseClock}.
 *
 * <p>A lease that is not renewed is late after six seconds and ends after ten. <b>Protection</b>: when more than half of all
 * servers, and at least three, fall silent together, it is likelier that the network fails than that they all do. Their leases are kept,
 * and the list says so, until a lease after most of them are heard again, for sixty seconds at most.
 */
final class Leases {
    private static final int FEWEST_PROTECTED = 3;

    private final Limits limits;
    /** Running leases, those whose renewal is longest ago first. */
    private final Map<NodeId, Lease> running = new LinkedHashMap<>();
    /** Leases that ended, those that ended first first. */
    private final Map<NodeId, Lease> remembered = new LinkedHashMap<>();

    private final Map<Long, Lease> sessions = new HashMap<>();
    private final NavigableMap<Place, Lease> list = new TreeMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    /** When leases ended by silence, within the last lease. */
    private final Deque<Long> expiries = new ArrayDeque<>();

    private @Nullable List<InetSocketAddress> registries;
    private int late;
    /** Those that are heard again are not heard at the same moment, so protection outlasts its cause by a lease. */
    private long protectingUntil;

    private boolean protecting;
    private long generation;

    /** @param generation where to begin; another one at each start, so that lists of two starts are not mistaken for one another */
    Leases(Limits limits, long generation) {
        this.limits = limits;
        this.generation = generation;
    }

    /** Of a server, running or remembered. */
    @Nullable
    Lease find(NodeId node) {
        Lease lease = running.get(node);
        return lease == null ? remembered.get(node) : lease;
    }

    /** Of a session, running or remembered. */
    @Nullable
    Lease ofSession(long session) {
        return sessions.get(session);
    }

    boolean hasRoomFor(NodeId node, InetAddress address) {
        Lease lease = running.get(node);
        if (lease != null && lease.source.getAddress().equals(address)) {
            return true;
        }
        return (lease != null || running.size() < limits.instances())
                && perAddress.getOrDefault(address, 0) < limits.instancesPerAddress();
    }

    /** Begins a lease, in place of any other of the same server. There must be {@linkplain #hasRoomFor room}. */
    Lease begin(Entry entry, Cookie cookie, InetSocketAddress source, long nowMillis) {
        Lease before = find(entry.node());
        if (before != null) {
            if (before.isRunning()) {
                unlist(before);
            }
            remembered.remove(entry.node());
            sessions.remove(before.session);
        }
        TokenBucket bucket = new TokenBucket(limits.packetsPerSecond(), nowMillis);
        Lease lease = new Lease(entry, cookie, source, bucket, nowMillis);
        running.put(entry.node(), lease);
        sessions.put(lease.session, lease);
        list.put(lease.place(), lease);
        perAddress.merge(source.getAddress(), 1, Integer::sum);
        changed();
        return lease;
    }

    /** The server was heard. */
    void renew(Lease lease, long nowMillis) {
        NodeId node = lease.entry().node();
        running.remove(node);
        running.put(node, lease);
        lease.renew(nowMillis);
        if (lease.isLate()) {
            setLate(lease, false);
            changed();
        }
    }

    /** The server was heard, and says something about itself that may be new. */
    void renew(Lease lease, Entry entry, long nowMillis) {
        renew(lease, nowMillis);
        Entry before = lease.entry();
        lease.replace(entry);
        if (!lease.entry().equals(before)) {
            changed();
        }
    }

    /** The server says that it is gone. */
    void leave(Lease lease, long nowMillis) {
        end(lease, nowMillis);
        changed();
    }

    /** Ends what has run out, and forgets what ended long ago. To be called a few times a second. */
    void sweep(long nowMillis) {
        boolean hasChanged = markLate(nowMillis);
        while (!expiries.isEmpty() && nowMillis - expiries.peekFirst() >= Times.LEASE) {
            expiries.removeFirst();
        }
        if (wouldLoseMost()) {
            protectingUntil = nowMillis + Times.LEASE;
        }
        List<Lease> ending = new ArrayList<>();
        boolean keeps = false;
        for (Lease lease : running.values()) {
            long silence = lease.silence(nowMillis);
            if (silence < Times.LEASE) {
                break;
            }
            if (nowMillis < protectingUntil && silence < Times.LEASE + Times.PROTECTION) {
                keeps = true;
            } else {
                ending.add(lease);
            }
        }
        for (Lease lease : ending) {
            end(lease, nowMillis);
            expiries.addLast(nowMillis);
        }
        while (expiries.size() > limits.instances()) {
            expiries.removeFirst();
        }
        if (hasChanged || !ending.isEmpty() || keeps != protecting) {
            protecting = keeps;
            changed();
        }
        forget(nowMillis);
    }

    /** Which list it is; grows by one with whatever can be seen of it. */
    long generation() {
        return generation;
    }

    /** Whether leases are kept beyond their end. */
    boolean isProtecting() {
        return protecting;
    }

    /** The list behind a place; all of it for null. */
    Collection<Lease> listedAfter(@Nullable Place place) {
        return place == null ? list.values() : list.tailMap(place, false).values();
    }

    /** Where servers run registries of their own. */
    List<InetSocketAddress> registries() {
        List<InetSocketAddress> known = registries;
        if (known == null) {
            known = list.values().stream()
                    .filter(lease -> lease.entry().registryPort() != 0)
                    .map(lease -> new InetSocketAddress(
                            lease.source.getAddress(), lease.entry().registryPort()))
                    .distinct()
                    .toList();
            registries = known;
        }
        return known;
    }

    int size() {
        return running.size();
    }

    int remembered() {
        return remembered.size();
    }

    private boolean markLate(long nowMillis) {
        boolean hasChanged = false;
        for (Lease lease : running.values()) {
            if (lease.silence(nowMillis) < Times.LATE) {
                break;
            }
            if (!lease.isLate()) {
                setLate(lease, true);
                hasChanged = true;
            }
        }
        return hasChanged;
    }

    /** What is late now ends within one lease, and joins what has ended within the last one. */
    private boolean wouldLoseMost() {
        int silent = late + expiries.size();
        int all = running.size() + expiries.size();
        return silent >= FEWEST_PROTECTED && silent * 2 > all;
    }

    private void setLate(Lease lease, boolean value) {
        list.remove(lease.place());
        lease.setLate(value);
        list.put(lease.place(), lease);
        late += value ? 1 : -1;
    }

    private void end(Lease lease, long nowMillis) {
        unlist(lease);
        lease.end(nowMillis);
        remembered.put(lease.entry().node(), lease);
        if (remembered.size() > limits.instances()) {
            dropOldest();
        }
    }

    private void unlist(Lease lease) {
        running.remove(lease.entry().node());
        list.remove(lease.place());
        late -= lease.isLate() ? 1 : 0;
        perAddress.computeIfPresent(
                lease.source.getAddress(), (address, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    private void forget(long nowMillis) {
        while (!remembered.isEmpty()
                && nowMillis - remembered.values().iterator().next().endedAt() >= Times.MEMORY) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Iterator<Lease> oldest = remembered.values().iterator();
        sessions.remove(oldest.next().session);
        oldest.remove();
    }

    private void changed() {
        generation++;
        registries = null;
    }
}
