package io.ticketmesh.spring;

import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A transport whose messages arrive late, each by another time, so that they also overtake each other. */
public final class SlowCable implements Transport {
    /** Messages under way at once; further ones are lost, as on any transport. */
    private static final int MOST = 10_000;

    private final Transport transport;
    private final long mostMillis;
    private final ScheduledThreadPoolExecutor underWay = new ScheduledThreadPoolExecutor(1);

    /** @param mostMillis how late a message is at most */
    public SlowCable(Transport transport, long mostMillis) {
        this.transport = transport;
        this.mostMillis = mostMillis;
    }

    @Override
    public void start(TransportListener listener) {
        transport.start(listener);
    }

    @Override
    public void send(Outgoing message) {
        long delay = ThreadLocalRandom.current().nextLong(mostMillis + 1);
        if (underWay.getQueue().size() < MOST && !underWay.isShutdown()) {
            underWay.schedule(() -> transport.send(message), delay, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        underWay.shutdownNow();
        transport.close();
    }
}
