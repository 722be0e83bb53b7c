package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the node when the application starts, before the web server takes requests, and says so in one line. A node that a bean of
 * the application needed earlier is open already. The node is closed with the beans, not here: whoever uses it while the
 * application stops, a request or a {@code @PreDestroy} method, still can.
 */
final class TicketMeshStart implements SmartLifecycle {
    /** Before all that might want to use the node. */
    static final int PHASE = Integer.MIN_VALUE + 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(TicketMesh.class);

    private final Supplier<TicketMesh> node;
    private final String endpoints;
    private boolean announced;
    private volatile boolean running;

    /**
     * @param node opens it at the first call
     * @param endpoints which endpoints there are, or why there are none, for people
     */
    TicketMeshStart(Supplier<TicketMesh> node, String endpoints) {
        this.node = node;
        this.endpoints = endpoints;
    }

    @Override
    public void start() {
        TicketMesh opened = node.get();
        running = true;
        if (!announced) {
            announced = true;
            LOG.info("{}; {}", NodeLine.of(opened), endpoints);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
