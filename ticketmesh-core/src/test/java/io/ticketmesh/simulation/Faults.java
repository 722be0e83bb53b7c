package io.ticketmesh.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong, by chance: the network, the machines, their disks and their clocks. */
final class Faults {
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final int MOST_MACHINES = 6;

    private final World world;
    private final RandomGenerator random;

    Faults(World world) {
        this.world = world;
        this.random = world.random();
    }

    /** One more thing goes wrong, or is put right. */
    void strike() {
        Machine machine = anyMachine();
        switch (random.nextInt(20)) {
            case 0 -> machine.crashAtNextCommit(Machine.Crash.BEFORE_COMMIT);
            case 1 -> machine.crashAtNextCommit(Machine.Crash.AFTER_COMMIT);
            case 2 -> machine.stop();
            case 3, 4, 5 -> world.machines().forEach(Machine::start);
            case 6 -> partition();
            case 7 -> world.network().cut(anyMachine(), machine);
            case 8, 9 -> world.network().heal();
            case 10 -> world.network().disturb(random.nextInt(60), random.nextInt(40), 1 + random.nextInt(300));
            case 11 -> world.network().loseHints(random.nextInt(101));
            case 12, 13 -> machine.keepImage();
            case 14 -> {
                machine.restoreImage();
                machine.start();
            }
            case 15 -> cloneOf(machine);
            case 16 -> machine.clock().freeze();
            case 17 -> machine.clock().thaw();
            case 18 -> skew(machine);
            default -> isolate(machine);
        }
    }

    /** Everything that can be put right is; skewed clocks and lost disks stay. */
    void stop() {
        world.network().heal();
        world.network().disturb(0, 0, 10);
        world.network().loseHints(0);
        world.machines().forEach(machine -> {
            machine.clock().thaw();
            machine.stop();
            machine.start();
        });
    }

    private void skew(Machine machine) {
        List<Long> offsets = List.of(-DAY_MILLIS, -5_000L, -50L, 0L, 0L, 50L, 5_000L, DAY_MILLIS, 3652 * DAY_MILLIS);
        machine.clock().setOffset(offsets.get(random.nextInt(offsets.size())));
        machine.note(() -> "shows another time");
    }

    private void cloneOf(Machine machine) {
        if (world.machines().size() < MOST_MACHINES) {
            Machine clone = world.clone(
                    machine, machine.name() + "-clone" + world.machines().size());
            machine.note(() -> "is cloned");
            clone.start();
        }
    }

    private void partition() {
        for (Machine one : world.machines()) {
            for (Machine two : world.machines()) {
                boolean apart =
                        (world.machines().indexOf(one) % 2) != (world.machines().indexOf(two) % 2);
                if (apart) {
                    world.network().cut(one, two);
                }
            }
        }
        world.note(() -> "the network falls in two");
    }

    private void isolate(Machine machine) {
        for (Machine other : world.machines()) {
            world.network().cut(machine, other);
            if (random.nextBoolean()) {
                world.network().cut(other, machine);
            }
        }
        machine.note(() -> "is cut off");
    }

    private Machine anyMachine() {
        return world.machines().get(random.nextInt(world.machines().size()));
    }
}
