package io.ticketmesh.timer;

import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.simulation.Household;
import io.ticketmesh.simulation.Resident;
import io.ticketmesh.simulation.TimerSimulation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Fire timers on the machines of a simulation, as {@link TimerThread} does on a node. Who is not answered in public for half a minute is
 * marked {@code late}; what is resolved is closed when nobody touches it for {@link TimerSimulation#QUIET}.
 */
public final class Keepers implements Household {
    private static final TimeRules RULES = TimeRules.builder()
            .closeResolvedAfter(TimerSimulation.QUIET)
            .policy(ServicePolicy.named("prompt")
                    .target(ServiceMetric.FIRST_RESPONSE, Duration.ofSeconds(30))
                    .escalation(none -> none.withTag("late"))
                    .build())
            .build();
    private static final int FEW = 10;
    private static final int AT_ONCE = 2;

    private final Function<MeshStatus, Watch> watching;

    public Keepers() {
        this(Watch::of);
    }

    /** @param watching how they see the mesh; {@code Watch::of}, or something broken */
    Keepers(Function<MeshStatus, Watch> watching) {
        this.watching = watching;
    }

    @Override
    public Resident moveIn(ReplicaReader reader) {
        Timekeeper timekeeper = new Timekeeper(reader, Workflow.standard(), RULES, FEW);
        return (wallMillis, upMillis, mesh) -> act(timekeeper, wallMillis, upMillis, mesh);
    }

    private List<Proposal> act(Timekeeper timekeeper, long wallMillis, long upMillis, MeshStatus mesh) {
        boolean more = true;
        while (more) {
            more = timekeeper.look(wallMillis);
        }
        return upMillis < TimerPace.STANDARD.settle().toMillis()
                ? List.of()
                : timekeeper.ring(wallMillis, watching.apply(mesh), AT_ONCE).stream()
                        .map(Firing::proposal)
                        .toList();
    }
}
