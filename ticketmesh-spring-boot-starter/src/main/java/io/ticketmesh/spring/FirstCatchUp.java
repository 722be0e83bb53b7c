package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.cluster.MeshStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Keeps an application from being ready until its node has what the others in the group hold, for a limited time. It answers all the while; what asks
 * for its readiness, such as a load balancer, is told that it is not ready. Runs behind the application's own runners.
 */
final class FirstCatchUp implements ApplicationRunner, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(FirstCatchUp.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** In this time members find each other and tell what they hold; so what looks complete for as long is. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Supplier<TicketMesh> node;
    private final Duration most;
    private final BooleanSupplier wanted;

    /** @param wanted false when the application stops meanwhile */
    FirstCatchUp(Supplier<TicketMesh> node, Duration most, BooleanSupplier wanted) {
        this.node = node;
        this.most = most;
        this.wanted = wanted;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!most.isZero()) {
            await(node.get());
        }
    }

    private void await(TicketMesh opened) {
        long begin = System.nanoTime();
        long lacking = begin;
        while (System.nanoTime() - lacking < SETTLED_NANOS) {
            if (!wanted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (System.nanoTime() - begin >= most.toNanos()) {
                LOG.warn("Is not known to have all that others hold after {}, and is ready all the same", most);
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            lacking = hasAll(opened) ? lacking : System.nanoTime();
        }
    }

    /** Whether it has heard all that are in the group, and has what they said that they hold; one that is alone there has. */
    private static boolean hasAll(TicketMesh node) {
        int others = node.network().members() - 1;
        MeshStatus mesh = node.status();
        long heard = mesh.members().stream()
                .filter(member -> !member.self() && member.reachable())
                .count();
        return heard >= others && !mesh.catchingUp();
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
