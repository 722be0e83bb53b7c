package io.ticketmesh.node;

import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages that came and wait for the replica: at most {@link Node#ARRIVALS}, and at most {@link #MAX_CHARS} characters of text in
 * them, after which messages are dropped and counted. Anybody offers; the replica thread takes.
 */
final class Arrivals {
    /** About the most characters that wait, 32 Mi, which are some 64 MB; a single message may be larger. */
    static final long MAX_CHARS = 32 * 1024 * 1024;

    /** What a message weighs for which a part of the store must be read. */
    private static final int READING = 64;

    private final BlockingQueue<Arrival> waiting = new ArrayBlockingQueue<>(Node.ARRIVALS);
    private final AtomicLong chars = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private record Arrival(Incoming incoming, long chars) {}

    /** Whether it is kept until it is taken. */
    boolean offer(Incoming incoming) {
        Arrival arrival = new Arrival(incoming, incoming.message().chars());
        long before = chars.getAndAdd(arrival.chars());
        boolean room = before == 0 || before + arrival.chars() <= MAX_CHARS;
        if (room && waiting.offer(arrival)) {
            return true;
        }
        chars.addAndGet(-arrival.chars());
        dropped.incrementAndGet();
        return false;
    }

    /**
     * Takes what waits, in its order.
     *
     * @param most about how many operations the messages may bring or ask for
     */
    List<Incoming> take(int most) {
        List<Incoming> taken = new ArrayList<>();
        int weight = 0;
        Arrival arrival = waiting.poll();
        while (arrival != null) {
            chars.addAndGet(-arrival.chars());
            taken.add(arrival.incoming());
            weight += weightOf(arrival.incoming().message());
            arrival = weight < most ? waiting.poll() : null;
        }
        return taken;
    }

    /** About how many operations a message brings or asks for. */
    private static int weightOf(Message message) {
        if (message instanceof Message.Hint hint) {
            return 1 + hint.operations().size();
        } else if (message instanceof Message.Operations answer) {
            return 1 + answer.operations().size();
        } else if (message instanceof Message.SnapshotPart part) {
            return 1 + READING * part.states().size();
        }
        return message instanceof Message.Pull || message instanceof Message.SnapshotRequest ? READING : 1;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many messages were dropped because too much waited. */
    long dropped() {
        return dropped.get();
    }
}
