package io.ticketmesh.spring.event;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.node.EventListener;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.replica.TicketEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes what the node tells as events of the application, from its start to its stop. At the stop, which comes after the web server's and
 * before any bean is destroyed, listeners hear what waits, for a limited time. Thread-safe.
 */
final class TicketEventPublisher implements SmartLifecycle, EventListener {
    /** Right after the node is opened; so it stops after all that might write. */
    static final int PHASE = Integer.MIN_VALUE + 1_001;

    private static final Logger LOG = LoggerFactory.getLogger(TicketEventPublisher.class);

    private final Supplier<TicketMesh> node;
    private final ApplicationEventPublisher application;
    private final Duration drainTime;
    private final AtomicLong missed = new AtomicLong();
    private volatile @Nullable Subscription subscription;

    TicketEventPublisher(Supplier<TicketMesh> node, ApplicationEventPublisher application, Duration drainTime) {
        this.node = node;
        this.application = application;
        this.drainTime = drainTime;
    }

    @Override
    public synchronized void start() {
        if (subscription == null) {
            subscription = node.get().subscribe(this);
        }
    }

    @Override
    public synchronized void stop() {
        Subscription ended = subscription;
        if (ended != null) {
            if (!ended.finish(drainTime)) {
                LOG.warn(
                        "Listeners did not hear all that happened to tickets before the stop: they took longer than {}",
                        drainTime);
            }
            subscription = null;
        }
    }

    @Override
    public void ticketChanged(TicketEvent event) {
        TicketMeshEvent told = new Teller(node.get()).tell(event);
        if (told != null) {
            application.publishEvent(told);
        }
    }

    @Override
    public void eventsMissed() {
        missed.incrementAndGet();
        LOG.warn("Listeners are too slow: what waited for them was thrown away, and they are told so");
        application.publishEvent(new TicketEventsMissed());
    }

    /** How many events wait for listeners. */
    int waiting() {
        Subscription open = subscription;
        return open == null ? 0 : open.waiting();
    }

    /** How often all that waited was thrown away. */
    long missed() {
        return missed.get();
    }

    @Override
    public boolean isRunning() {
        return subscription != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
