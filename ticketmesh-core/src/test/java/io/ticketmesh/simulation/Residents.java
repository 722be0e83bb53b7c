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

    private static final class Home {
        private final Resident resident;
        private final long sinceMillis;
        private int ticks;

        Home(Resident resident, long sinceMillis) {
            this.resident = resident;
            this.sinceMillis = sinceMillis;
        }
    }

    Residents(World world, Resident.Factory factory) {
        this.world = world;
        this.factory = factory;
    }

    @Override
    public void ticked(Machine machine) {
        Origin origin = machine.origin().orElse(null);
        if (origin == null) {
            return; // this tick was its last
        }
        Home home = homes.computeIfAbsent(
                origin,
                each -> new Home(factory.moveIn(machine.disk()), world.time().nowMillis()));
        if (home.ticks++ % EVERY == 0) {
            long upMillis = world.time().nowMillis() - home.sinceMillis;
            machine.propose(home.resident.act(
                    machine.clock().millis(), upMillis, machine.mesh().orElseThrow()));
        }
    }
}
