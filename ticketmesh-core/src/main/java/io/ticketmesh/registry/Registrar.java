package io.ticketmesh.registry;

import io.ticketmesh.registry.Enrolment.Step;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Registers one server at all registries that are known, and keeps it registered. Each registry is dealt with by itself: one that does
 * not answer holds up nothing. Owned by the thread of its agent.
 */
final class Registrar implements Party {
    private static final int LEAVES = 3;
    private static final long[] LEAVE_PAUSES = {50, 100, 50};
    /** How often a registry that refuses is asked again at most. */
    private static final long REFUSED = Times.RENEW;

    private final DatagramCodec codec;
    private final KnownRegistries known;
    private final RandomGenerator random;
    private final Map<InetSocketAddress, Enrolment> enrolments = new LinkedHashMap<>();
    private final int registryPort;
    private Entry entry;
    private boolean leaving;

    /** @param registryPort of the registry that runs inside of the server; 0 when there is none */
    Registrar(DatagramCodec codec, KnownRegistries known, RandomGenerator random, Instance instance, int registryPort) {
        this.codec = codec;
        this.known = known;
        this.random = random;
        this.registryPort = registryPort;
        this.entry = new Entry(instance, 1, registryPort, false);
    }

    KnownRegistries known() {
        return known;
    }

    /** Says something else from now on. */
    void say(Instance instance, long nowMillis) {
        if (leaving || instance.equals(entry.instance())) {
            return;
        }
        entry = new Entry(instance, entry.revision() + 1, registryPort, false);
        enrolments.values().stream()
                .filter(enrolment -> enrolment.step == Step.NOTHING && enrolment.registered)
                .forEach(enrolment -> enrolment.dueAt = nowMillis);
    }

    /** At how many registries the server is registered, as far as it knows. */
    int registrations() {
        return (int) enrolments.values().stream()
                .filter(enrolment -> enrolment.registered && known.isAnswering(enrolment.registry))
                .count();
    }

    /** Whether all registries that answer know the latest; true also when none does. */
    boolean isConfirmed() {
        return enrolments.values().stream()
                .filter(enrolment -> known.isAnswering(enrolment.registry))
                .allMatch(enrolment -> enrolment.registered && enrolment.confirmedRevision == entry.revision());
    }

    /** Ends all registrations: says so three times to each registry, within a fifth of a second. */
    void leave(long nowMillis) {
        leaving = true;
        enrolments.values().removeIf(enrolment -> enrolment.session == 0);
        enrolments.values().forEach(enrolment -> {
            enrolment.attempt = 0;
            enrolment.step = Step.NOTHING;
            enrolment.dueAt = nowMillis;
        });
    }

    /** Whether there is nothing left to say. */
    boolean hasLeft() {
        return leaving && enrolments.isEmpty();
    }

    @Override
    public void receive(InetSocketAddress source, byte[] bytes, int length, long nowMillis, Outbox outbox) {
        Datagram datagram = codec.decode(bytes, length);
        if (datagram == null) {
            return;
        }
        Packet packet = datagram.packet();
        if (packet instanceof Packet.Here) {
            here(source, datagram.request(), nowMillis);
            return;
        }
        Enrolment enrolment = enrolments.get(source);
        if (enrolment == null || enrolment.step == Step.NOTHING || datagram.request() != enrolment.request) {
            codec.tally().count(Fault.UNEXPECTED);
        } else if (packet instanceof Packet.Challenge challenge && enrolment.step == Step.HELLO) {
            enrolment.cookie = challenge.cookie();
            enrolment.session = challenge.cookie().session();
            enrolment.counter = 0;
            enrolment.attempt = 0;
            ask(enrolment, Step.REGISTER, nowMillis, outbox);
        } else if (packet instanceof Packet.Ok ok && enrolment.step != Step.HELLO) {
            known.learn(source, ok.registries(), nowMillis);
            taken(enrolment, ok.leaseMillis(), nowMillis);
        } else if (packet instanceof Packet.Refused refused) {
            refused(enrolment, refused.reason(), nowMillis, outbox);
        } else {
            codec.tally().count(Fault.UNEXPECTED);
        }
    }

    @Override
    public long tick(long nowMillis, Outbox outbox) {
        if (leaving) {
            return leaveAll(nowMillis, outbox);
        }
        long next = known.probe(nowMillis, outbox);
        enroll(nowMillis);
        for (Enrolment enrolment : enrolments.values()) {
            if (!known.isAnswering(enrolment.registry)) {
                continue;
            }
            if (enrolment.dueAt <= nowMillis) {
                proceed(enrolment, nowMillis, outbox);
            }
            if (known.isAnswering(enrolment.registry)) {
                next = Math.min(next, enrolment.dueAt);
            } else {
                next = Math.min(next, known.probe(nowMillis, outbox));
            }
        }
        return next;
    }

    private void here(InetSocketAddress source, long request, long nowMillis) {
        boolean wasAnswering = known.isAnswering(source);
        known.here(source, request, nowMillis);
        Enrolment enrolment = enrolments.get(source);
        if (enrolment != null && !wasAnswering && known.isAnswering(source) && !leaving) {
            enrolment.rest(nowMillis);
        }
    }

    /** Begins with registries that answer now, and has done with those that were forgotten. */
    private void enroll(long nowMillis) {
        Collection<InetSocketAddress> addresses = known.addresses();
        enrolments.keySet().removeIf(registry -> !addresses.contains(registry));
        for (InetSocketAddress registry : known.answering()) {
            enrolments.computeIfAbsent(registry, address -> new Enrolment(address, nowMillis));
        }
    }

    private void proceed(Enrolment enrolment, long nowMillis, Outbox outbox) {
        if (enrolment.step == Step.NOTHING) {
            enrolment.attempt = 0;
            enrolment.request = random.nextLong();
            ask(enrolment, nextStep(enrolment), nowMillis, outbox);
        } else if (enrolment.attempt + 1 < Times.attempts()) {
            enrolment.attempt++;
            ask(enrolment, enrolment.step, nowMillis, outbox);
        } else {
            known.silent(enrolment.registry, nowMillis);
            if (enrolment.step == Step.HELLO || !enrolment.registered) {
                enrolment.forgetSession();
            }
            enrolment.rest(nowMillis);
        }
    }

    private Step nextStep(Enrolment enrolment) {
        if (enrolment.session == 0) {
            return Step.HELLO;
        }
        return enrolment.confirmedRevision == entry.revision() ? Step.RENEW : Step.REGISTER;
    }

    private void ask(Enrolment enrolment, Step step, long nowMillis, Outbox outbox) {
        enrolment.step = step;
        enrolment.dueAt = nowMillis + Times.patience(enrolment.attempt);
        send(enrolment, packet(enrolment, step), outbox);
    }

    private Packet packet(Enrolment enrolment, Step step) {
        return switch (step) {
            case NOTHING -> throw new IllegalStateException("Nothing is asked");
            case HELLO -> new Packet.Hello(entry.node());
            case REGISTER -> {
                if (enrolment.sentRevision != entry.revision()) {
                    // An answer to what was said before must not count for this.
                    enrolment.request = random.nextLong();
                    enrolment.sentRevision = entry.revision();
                }
                yield new Packet.Register(entry, enrolment.cookie);
            }
            case RENEW -> new Packet.Renew();
            case LEAVE -> new Packet.Leave();
        };
    }

    private void send(Enrolment enrolment, Packet packet, Outbox outbox) {
        long counter = enrolment.session == 0 ? 0 : ++enrolment.counter;
        Datagram datagram = new Datagram(enrolment.request, enrolment.session, counter, packet);
        outbox.send(enrolment.registry, codec.encode(datagram));
    }

    private void taken(Enrolment enrolment, long leaseMillis, long nowMillis) {
        if (enrolment.step == Step.LEAVE) {
            enrolments.remove(enrolment.registry);
            return;
        }
        if (enrolment.step == Step.REGISTER) {
            enrolment.registered = true;
            enrolment.cookie = null;
            enrolment.confirmedRevision = enrolment.sentRevision;
        }
        boolean saysMore = enrolment.confirmedRevision != entry.revision();
        long pause = Math.min(Times.RENEW, Math.max(Times.RENEW / 4, leaseMillis / 5));
        enrolment.rest(saysMore ? nowMillis : nowMillis + Times.around(pause, random));
    }

    private void refused(Enrolment enrolment, Refusal reason, long nowMillis, Outbox outbox) {
        if (enrolment.step == Step.LEAVE) {
            enrolments.remove(enrolment.registry);
        } else if (reason == Refusal.UNKNOWN_SESSION) {
            boolean wasRegistered = enrolment.registered;
            enrolment.forgetSession();
            if (wasRegistered) {
                enrolment.attempt = 0;
                enrolment.request = random.nextLong();
                ask(enrolment, Step.HELLO, nowMillis, outbox);
            } else {
                enrolment.rest(nowMillis + Times.around(REFUSED, random));
            }
        } else {
            if (!enrolment.registered) {
                enrolment.forgetSession();
            }
            enrolment.rest(nowMillis + Times.around(REFUSED, random));
        }
    }

    private long leaveAll(long nowMillis, Outbox outbox) {
        long next = Long.MAX_VALUE;
        for (Enrolment enrolment : List.copyOf(enrolments.values())) {
            if (enrolment.dueAt <= nowMillis) {
                if (enrolment.attempt == LEAVES) {
                    enrolments.remove(enrolment.registry);
                    continue;
                }
                enrolment.step = Step.LEAVE;
                enrolment.request = enrolment.attempt == 0 ? random.nextLong() : enrolment.request;
                enrolment.dueAt = nowMillis + LEAVE_PAUSES[enrolment.attempt++];
                send(enrolment, new Packet.Leave(), outbox);
            }
            next = Math.min(next, enrolment.dueAt);
        }
        return next;
    }
}
