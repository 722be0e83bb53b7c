package io.ticketmesh.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of meters for every other member, named by the first eight digits of its id; at most {@link #MOST}. Peers come and go: the
 * rows are renewed whenever somebody reads how many members there are, so that a new peer shows from the next reading on. Thread-safe.
 */
final class PeerMeters {
    static final int MOST = 100;

    private final MultiGauge behind;
    private final MultiGauge ahead;
    private final MultiGauge drift;

    PeerMeters(MeterRegistry registry) {
        behind = MultiGauge.builder("ticketmesh.mesh.behind")
                .description("Operations held here that the peer is not known to hold")
                .register(registry);
        ahead = MultiGauge.builder("ticketmesh.mesh.ahead")
                .description("Operations that the peer holds and that are not here yet")
                .register(registry);
        drift = MultiGauge.builder("ticketmesh.mesh.drift")
                .description("By how much the peer's clock was ahead of this one's")
                .baseUnit("seconds")
                .register(registry);
    }

    synchronized void renew(MeshStatus mesh) {
        Map<String, MemberStatus> peers = new LinkedHashMap<>();
        for (MemberStatus status : mesh.members()) {
            if (!status.self() && status.silentMillis() != null && peers.size() < MOST) {
                // a node that runs twice from copies of one directory is one row
                peers.putIfAbsent(status.member().node().shortName(), status);
            }
        }
        List<Row<?>> behindRows = new ArrayList<>();
        List<Row<?>> aheadRows = new ArrayList<>();
        List<Row<?>> driftRows = new ArrayList<>();
        peers.forEach((name, status) -> {
            Tags tags = Tags.of("peer", name);
            behindRows.add(Row.of(tags, status.behind()));
            aheadRows.add(Row.of(tags, status.ahead()));
            Long driftMillis = status.driftMillis();
            if (driftMillis != null) {
                driftRows.add(Row.of(tags, driftMillis / 1_000.0));
            }
        });
        behind.register(behindRows, true);
        ahead.register(aheadRows, true);
        drift.register(driftRows, true);
    }
}
