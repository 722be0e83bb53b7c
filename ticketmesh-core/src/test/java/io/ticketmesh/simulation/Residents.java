package io.ticketmesh.simulation;

import io.ticketmesh.causality.Origin;
import java.util.HashMap;
import java.util.Map;

/** The residents of all machines; one moves out when its replica ends. */
final class Residents implements Check {
    /** They are slower than the replica. */
    private static final int EVERY = 12;

    private final World world;
    private final Resident.Factory factory;
    private final Map<Origin, Home> homes = new HashMap<>();
    private int ticks;

    private record Home(Resident resident, long sinceMillis) {}

    Residents(World world, Resident.Factory factory) {
        this.world = world;
        this.factory = factory;
    }

    @Override
    public void ticked(Machine machine) {
        Origin origin = machine.origin().orElseThrow();
        Home home = homes.computeIfAbsent(
                origin,
                each -> new Home(factory.moveIn(machine.disk()), world.time().nowMillis()));
        if (ticks++ % EVERY == 0) {
            long upMillis = world.time().nowMillis() - home.sinceMillis();
            machine.propose(home.resident()
                    .act(machine.clock().millis(), upMillis, machine.mesh().orElseThrow()));
        }
    }
}
