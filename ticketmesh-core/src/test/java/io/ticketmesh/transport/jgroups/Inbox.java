package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.transport.TransportListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps what a transport tells, and waits for it with a deadline. */
final class Inbox implements TransportListener {
    private static final long DEADLINE_SECONDS = 20;

    private final List<Incoming> received = new ArrayList<>();
    private int members;

    @Override
    public synchronized void received(Origin from, Message message) {
        received.add(new Incoming(from, message));
    }

    @Override
    public synchronized void groupChanged(int count) {
        members = count;
    }

    synchronized List<Incoming> all() {
        return List.copyOf(received);
    }

    synchronized int members() {
        return members;
    }

    void awaitMembers(int count) {
        await("a group of " + count, () -> members() == count);
    }

    void awaitMessage(Origin from, Message message) {
        await("message " + brief(message), () -> all().contains(new Incoming(from, message)));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private static String brief(Message message) {
        String text = message.toString();
        return text.length() > 100 ? text.substring(0, 100) : text;
    }
}
