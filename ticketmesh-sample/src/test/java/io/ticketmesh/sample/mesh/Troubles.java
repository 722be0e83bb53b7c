package io.ticketmesh.sample.mesh;

import java.net.DatagramPacket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** What is wrong with the network and the clock of one process, and counts of its datagrams. Thread-safe. */
final class Troubles {
    private final LongAdder sent = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private volatile double loss;
    private volatile double repetition;
    private volatile Set<Integer> deafTo = Set.of();
    private volatile long clockAheadMillis;

    /** @param part of the datagrams that come, from 0 to 1 */
    void lose(double part) {
        loss = part;
    }

    /** @param part of the datagrams that are sent, from 0 to 1 */
    void repeat(double part) {
        repetition = part;
    }

    /** Loses all that comes from these ports; what is sent to them arrives. */
    void deafTo(Set<Integer> ports) {
        deafTo = Set.copyOf(ports);
    }

    void setClockAhead(Duration time) {
        clockAheadMillis = time.toMillis();
    }

    /** The time of day as this process believes. */
    long millis() {
        return System.currentTimeMillis() + clockAheadMillis;
    }

    /** Whether a datagram that is sent now goes out twice. */
    boolean repeats(DatagramPacket packet) {
        sent.increment();
        sentBytes.add(packet.getLength());
        boolean twice = ThreadLocalRandom.current().nextDouble() < repetition;
        if (twice) {
            repeated.increment();
        }
        return twice;
    }

    /** Whether a datagram that came was lost instead. */
    boolean loses(DatagramPacket packet) {
        boolean gone =
                deafTo.contains(packet.getPort()) || ThreadLocalRandom.current().nextDouble() < loss;
        (gone ? lost : received).increment();
        return gone;
    }

    /** Since the start. What was sent counts once, whether it was repeated or not, and a multicast counts once. */
    Map<String, Long> counts() {
        return Map.of(
                "sent", sent.sum(),
                "sentBytes", sentBytes.sum(),
                "received", received.sum(),
                "lost", lost.sum(),
                "repeated", repeated.sum());
    }
}
