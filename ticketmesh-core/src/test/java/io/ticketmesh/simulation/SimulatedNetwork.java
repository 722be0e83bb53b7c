package io.ticketmesh.simulation;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Carries messages between machines, or loses, repeats, delays and reorders them; cuts ways off in one direction or both. */
final class SimulatedNetwork {
    private record Way(String from, String to) {}

    private final VirtualTime time;
    private final RandomGenerator random;
    private final List<Machine> machines = new ArrayList<>();
    private final Set<Way> cut = new HashSet<>();
    private int lossPercent;
    private int repeatPercent;
    private int delayMillis = 2;
    private int hintLossPercent;

    SimulatedNetwork(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    void join(Machine machine) {
        machines.add(machine);
    }

    /** How bad it is: chances in per cent, and the longest delay, which reorders. */
    void disturb(int lossPercent, int repeatPercent, int delayMillis) {
        this.lossPercent = lossPercent;
        this.repeatPercent = repeatPercent;
        this.delayMillis = delayMillis;
    }

    void loseHints(int percent) {
        hintLossPercent = percent;
    }

    /** Nothing gets from one to the other any more. */
    void cut(Machine from, Machine to) {
        cut.add(new Way(from.name(), to.name()));
    }

    void heal() {
        cut.clear();
    }

    void send(Machine from, Origin origin, Outgoing outgoing) {
        for (Machine machine : machines) {
            if (machine != from && (outgoing.to() == null || machine.runsAs(outgoing.to()))) {
                carry(from, origin, machine, outgoing);
            }
        }
    }

    private void carry(Machine from, Origin origin, Machine to, Outgoing outgoing) {
        if (chance(outgoing.message() instanceof Message.Hint ? Math.max(lossPercent, hintLossPercent) : lossPercent)) {
            return;
        }
        int copies = chance(repeatPercent) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            long delay = 1 + (delayMillis <= 1 ? 0 : random.nextInt(delayMillis));
            time.after(delay, () -> arrive(from, origin, to, outgoing));
        }
    }

    private void arrive(Machine from, Origin origin, Machine to, Outgoing outgoing) {
        boolean isForIt = outgoing.to() == null || to.runsAs(outgoing.to());
        if (isForIt && !cut.contains(new Way(from.name(), to.name()))) {
            to.receive(origin, outgoing.message());
        }
    }

    private boolean chance(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }
}
