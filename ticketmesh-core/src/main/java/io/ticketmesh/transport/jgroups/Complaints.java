package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.ClusterName;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what went wrong, at most once a minute, however often it does. Owned by the send thread. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClusterName cluster;
    private long saidAt = System.nanoTime() - PAUSE_NANOS;
    private long saidRejected;
    private long saidUnreadable;
    private long saidDropped;

    Complaints(ClusterName cluster) {
        this.cluster = cluster;
    }

    /** Counts since the start. */
    void of(long rejected, long unreadable, @Nullable RuntimeException failure, long dropped) {
        boolean isNew = rejected > saidRejected || unreadable > saidUnreadable || dropped > saidDropped;
        if (!isNew || System.nanoTime() - saidAt < PAUSE_NANOS) {
            return;
        }
        saidAt = System.nanoTime();
        if (rejected > saidRejected) {
            LOG.warn(
                    "Mesh {}: {} packets or connections were not of this mesh (another secret, another cluster, strangers)",
                    cluster,
                    rejected - saidRejected);
        }
        if (unreadable > saidUnreadable) {
            LOG.warn("Mesh {}: {} messages could not be taken", cluster, unreadable - saidUnreadable, failure);
        }
        if (dropped > saidDropped) {
            LOG.info("Mesh {}: {} messages were dropped; they are pulled later", cluster, dropped - saidDropped);
        }
        saidRejected = rejected;
        saidUnreadable = unreadable;
        saidDropped = dropped;
    }
}
