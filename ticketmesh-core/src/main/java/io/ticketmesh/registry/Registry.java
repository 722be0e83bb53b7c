package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a registry decides. Owned by the thread {@code ticketmesh-registry}; {@link #size()}, {@link #listed()} and the tally may be read by any.
 *
 * <p>Nothing is stored for an address before it has shown a cookie that was sent to it, and until then no answer is larger than its
 * request. What carries the session of a lease and a fresh counter cannot be repeated by others, so it has a limit of packets of
 * its own: nobody can silence a server by sending its packets again.
 */
final class Registry implements Party {
    private static final long SWEEP = 250;
    private static final int MAX_REGISTRIES_TOLD = 8;
    private static final int REGISTRY_BYTES = BodyWriter.FIELD_BYTES + Short.BYTES + 16;
    private static final int PAGE_FIXED_BYTES =
            BodyWriter.FIELD_BYTES + Long.BYTES + BodyWriter.FIELD_BYTES + Cookie.BYTES;
    private static final int MAX_WAITING_PROBES = 64;
    private static final long FIRST_PROBE_ANSWER = 20;
    private static final long LAST_PROBE_ANSWER = 120;
    /** Clients have no identity; their cookies are bound to their address only. */
    private static final NodeId CLIENT = new NodeId(0, 0);

    private final DatagramCodec codec;
    private final RandomGenerator random;
    private final LeaseClock clock;
    private final Leases leases;
    private final Cookies cookies;
    private final Watchers watchers;
    private final RateLimits rates;
    private final Deque<WaitingProbe> probes = new ArrayDeque<>();
    private long sweepAt;
    private long toldGeneration;
    private volatile int size;
    private volatile List<RegistryStatus.Listed> listed = List.of();

    Registry(DatagramCodec codec, Limits limits, RandomGenerator random, long nowMillis) {
        this.codec = codec;
        this.random = random;
        this.clock = new LeaseClock(nowMillis);
        this.sweepAt = nowMillis;
        this.leases = new Leases(limits, random.nextLong() >>> 1);
        this.cookies = new Cookies(random, 0);
        this.watchers = new Watchers(limits.watchers());
        this.rates = new RateLimits(limits.packetsPerSecond());
        this.toldGeneration = leases.generation();
    }

    private record WaitingProbe(InetSocketAddress source, long request, long dueAt) {}

    /** What came, with what answering it takes. */
    private record Call(
            InetSocketAddress source, Datagram datagram, int length, long nowMillis, long leaseMillis, Outbox outbox) {
        InetAddress address() {
            return source.getAddress();
        }
    }

    /** How many servers are registered. */
    int size() {
        return size;
    }

    /** The first of them, those that are late last. */
    List<RegistryStatus.Listed> listed() {
        return listed;
    }

    Leases leases() {
        return leases;
    }

    Watchers watchers() {
        return watchers;
    }

    RateLimits rates() {
        return rates;
    }

    @Override
    public void receive(InetSocketAddress source, byte[] bytes, int length, long nowMillis, Outbox outbox) {
        long leaseMillis = clock.at(nowMillis);
        if (!codec.isSealed() && !source.getAddress().isLoopbackAddress()) {
            codec.tally().count(Fault.STRANGER);
            return;
        }
        Datagram datagram = codec.decode(bytes, length);
        if (datagram != null) {
            answer(new Call(source, datagram, length, nowMillis, leaseMillis, outbox));
            tellWatchers(leaseMillis, outbox);
        } else if (codec.lastFault() == Fault.VERSION
                && rates.of(source.getAddress(), nowMillis).take(nowMillis)) {
            Packet refused = new Packet.Refused(Refusal.BAD_VERSION);
            outbox.send(source, codec.encode(Datagram.of(DatagramCodec.requestOf(bytes), refused)));
        }
    }

    @Override
    public long tick(long nowMillis, Outbox outbox) {
        long leaseMillis = clock.at(nowMillis);
        if (nowMillis >= sweepAt) {
            sweepAt = nowMillis + SWEEP;
            leases.sweep(leaseMillis);
            watchers.expire(leaseMillis);
            tellWatchers(leaseMillis, outbox);
        }
        return Math.min(sweepAt, answerProbes(nowMillis, outbox));
    }

    private void answer(Call call) {
        Packet packet = call.datagram().packet();
        if (packet instanceof Packet.Renew || packet instanceof Packet.Leave) {
            ofSession(call);
        } else if (packet instanceof Packet.Register register) {
            register(call, register);
        } else if (packet instanceof Packet.Hello hello) {
            if (isWithinLimit(call)) {
                Cookie cookie = cookies.issue(call.source(), hello.node(), call.leaseMillis());
                reply(call, new Packet.Challenge(cookie), false);
            }
        } else if (packet instanceof Packet.Lookup lookup) {
            lookup(call, lookup);
        } else if (packet instanceof Packet.Watch watch) {
            watch(call, watch);
        } else if (packet instanceof Packet.Probe probe) {
            probe(call, probe);
        } else {
            codec.tally().count(Fault.TYPE);
        }
    }

    private void ofSession(Call call) {
        Lease lease = leases.ofSession(call.datagram().session());
        if (lease == null || !lease.source.equals(call.source())) {
            refuseStranger(call);
        } else if (isFresh(call, lease)) {
            if (!lease.isRunning()) {
                refuse(call, Refusal.UNKNOWN_SESSION);
            } else if (call.datagram().packet() instanceof Packet.Leave) {
                leases.leave(lease, call.leaseMillis());
                ok(call);
            } else {
                leases.renew(lease, call.leaseMillis());
                ok(call);
            }
        }
    }

    private void register(Call call, Packet.Register register) {
        Lease lease = leases.ofSession(call.datagram().session());
        if (lease == null) {
            begin(call, register);
        } else if (!lease.source.equals(call.source())
                || !lease.entry().node().equals(register.entry().node())) {
            refuseStranger(call);
        } else if (isFresh(call, lease)) {
            Entry seen = seen(call, register.entry());
            if (!lease.isRunning() || seen == null) {
                refuse(call, Refusal.UNKNOWN_SESSION);
            } else {
                leases.renew(lease, seen, call.leaseMillis());
                ok(call);
            }
        }
    }

    private void begin(Call call, Packet.Register register) {
        NodeId node = register.entry().node();
        Cookie cookie = register.cookie();
        if (!isWithinLimit(call)) {
            return;
        }
        if (cookie == null
                || cookie.session() != call.datagram().session()
                || !cookies.isGood(cookie, call.source(), node, call.leaseMillis())) {
            refuse(call, Refusal.UNKNOWN_SESSION);
            return;
        }
        Lease before = leases.find(node);
        if (before != null && cookie.issue() <= before.issue) {
            codec.tally().count(Fault.REPLAYED);
            return;
        }
        Entry seen = seen(call, register.entry());
        if (before != null && before.isRunning() && isNewer(before, register.entry())) {
            refuse(call, Refusal.SUPERSEDED);
        } else if (seen == null || !leases.hasRoomFor(node, call.address())) {
            refuse(call, Refusal.LIMIT);
        } else {
            Lease lease = leases.begin(seen, cookie, call.source(), call.leaseMillis());
            lease.window.accept(call.datagram().counter());
            ok(call);
        }
    }

    private static boolean isNewer(Lease lease, Entry entry) {
        return lease.entry().instance().incarnation() > entry.instance().incarnation();
    }

    /**
     * As it is listed; null when it does not fit with the address in it. What comes from this machine itself is left open: each client knows by
     * which address it reaches this machine.
     */
    private static @Nullable Entry seen(Call call, Entry entry) {
        Entry seen = entry.withLate(false).seenFrom(call.address());
        return seen != null && call.address().isLoopbackAddress() ? entry.withLate(false) : seen;
    }

    /** Not sent before, and not too many of them. */
    private boolean isFresh(Call call, Lease lease) {
        if (!lease.window.accept(call.datagram().counter())) {
            codec.tally().count(Fault.REPLAYED);
            return false;
        }
        return isWithin(lease.bucket, call);
    }

    private void lookup(Call call, Packet.Lookup lookup) {
        if (!isWithinLimit(call)) {
            return;
        }
        Cookie shown = lookup.cookie();
        boolean proven = shown != null && cookies.isGood(shown, call.source(), CLIENT, call.leaseMillis());
        if (!proven && call.length() < Datagram.MAX_BYTES) {
            refuse(call, Refusal.UNKNOWN_SESSION);
            return;
        }
        Cookie fresh = cookies.issue(call.source(), CLIENT, call.leaseMillis());
        reply(call, page(lookup.after(), fresh, call.leaseMillis()), proven);
    }

    private Packet.Page page(@Nullable Place after, Cookie cookie, long leaseMillis) {
        List<InetSocketAddress> others = someRegistries();
        int room = codec.maxBodyBytes() - PAGE_FIXED_BYTES - others.size() * REGISTRY_BYTES;
        List<Entry> entries = new ArrayList<>();
        boolean more = false;
        for (Lease lease : leases.listedAfter(after)) {
            room -= BodyWriter.bytesOf(lease.entry());
            if (room < 0) {
                more = true;
                break;
            }
            entries.add(lease.entry());
        }
        return new Packet.Page(
                leases.generation(),
                more,
                leaseMillis - clock.resumedAt() < Times.LEASE,
                leases.isProtecting(),
                cookie,
                entries,
                others);
    }

    /** Not always the same, so that in the end everybody hears of all. */
    private List<InetSocketAddress> someRegistries() {
        List<InetSocketAddress> all = leases.registries();
        int told = Math.min(all.size(), MAX_REGISTRIES_TOLD);
        List<InetSocketAddress> some = new ArrayList<>(told);
        int first = told == 0 ? 0 : random.nextInt(all.size());
        for (int i = 0; i < told; i++) {
            some.add(all.get((first + i) % all.size()));
        }
        return some;
    }

    private void watch(Call call, Packet.Watch watch) {
        if (!isWithinLimit(call)) {
            return;
        }
        if (!cookies.isGood(watch.cookie(), call.source(), CLIENT, call.leaseMillis())) {
            refuse(call, Refusal.UNKNOWN_SESSION);
        } else if (watch.generation() != leases.generation()) {
            reply(call, new Packet.Changed(leases.generation()), true);
        } else if (!watchers.add(call.source(), call.datagram().request(), call.leaseMillis())) {
            refuse(call, Refusal.LIMIT);
        }
    }

    private void tellWatchers(long leaseMillis, Outbox outbox) {
        if (toldGeneration == leases.generation()) {
            return;
        }
        toldGeneration = leases.generation();
        size = leases.size();
        listed = leases.listedAfter(null).stream()
                .limit(RegistryStatus.MOST_LISTED)
                .map(Lease::entry)
                .map(entry -> new RegistryStatus.Listed(entry.instance(), entry.late()))
                .toList();
        for (Watchers.Watcher watcher : watchers.take(leaseMillis)) {
            Packet changed = new Packet.Changed(toldGeneration);
            outbox.send(watcher.address(), codec.encode(Datagram.of(watcher.request(), changed)));
        }
    }

    private void probe(Call call, Packet.Probe probe) {
        if (!isWithinLimit(call)) {
            return;
        }
        if (!probe.link()) {
            reply(call, new Packet.Here(), false);
        } else if (probes.size() < MAX_WAITING_PROBES) {
            long delay = FIRST_PROBE_ANSWER + random.nextLong(LAST_PROBE_ANSWER - FIRST_PROBE_ANSWER + 1);
            probes.add(new WaitingProbe(call.source(), call.datagram().request(), call.nowMillis() + delay));
        }
    }

    /** Returns when the next answer is due. */
    private long answerProbes(long nowMillis, Outbox outbox) {
        long next = Long.MAX_VALUE;
        for (Iterator<WaitingProbe> each = probes.iterator(); each.hasNext(); ) {
            WaitingProbe probe = each.next();
            if (probe.dueAt() <= nowMillis) {
                outbox.send(probe.source(), codec.encode(Datagram.of(probe.request(), new Packet.Here())));
                each.remove();
            } else {
                next = Math.min(next, probe.dueAt());
            }
        }
        return next;
    }

    private void ok(Call call) {
        reply(call, new Packet.Ok(Times.LEASE, someRegistries()), true);
    }

    /** Within the limit of its address; counts. */
    private boolean isWithinLimit(Call call) {
        return isWithin(rates.of(call.address(), call.nowMillis()), call);
    }

    private boolean isWithin(TokenBucket bucket, Call call) {
        if (bucket.take(call.nowMillis())) {
            return true;
        }
        codec.tally().count(Fault.LIMITED);
        if (bucket.mayComplain(call.nowMillis())) {
            refuse(call, Refusal.BUSY);
        }
        return false;
    }

    /** Of a session that is not its own. */
    private void refuseStranger(Call call) {
        if (isWithinLimit(call)) {
            refuse(call, Refusal.UNKNOWN_SESSION);
        }
    }

    private void refuse(Call call, Refusal reason) {
        reply(call, new Packet.Refused(reason), false);
    }

    private void reply(Call call, Packet packet, boolean proven) {
        Datagram asked = call.datagram();
        byte[] bytes = codec.encode(new Datagram(asked.request(), asked.session(), 0, packet));
        if (proven || bytes.length <= call.length()) {
            call.outbox().send(call.source(), bytes);
        } else {
            codec.tally().count(Fault.AMPLIFYING);
        }
    }
}
