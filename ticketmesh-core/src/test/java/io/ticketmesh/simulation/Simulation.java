package io.ticketmesh.simulation;

import io.ticketmesh.replica.Replica;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run of real replicas through faults: the seed decides all that happens, the checkers watch all the time, and in the end
 * everything must be the same everywhere.
 *
 * <p>Used by one thread, for one run.
 */
public final class Simulation {
    /** How long after the faults all machines have to agree, in virtual milliseconds. */
    public static final long REST_MILLIS = 15_000;

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");
    private static final int LOOK_MILLIS = 250;

    private final long seed;
    private final World world;
    private final Places places = new Places();
    private final Chronicle chronicle;
    private final RestCheck rest;
    private final TrafficCheck traffic;
    private long settledAfterMillis;

    public Simulation(long seed) {
        this(seed, Replica::new);
    }

    /**
     * @param factory makes the replicas
     */
    public Simulation(long seed, ReplicaFactory factory) {
        this.seed = seed;
        this.world = new World(seed, factory);
        this.chronicle = new Chronicle(world);
        this.rest = new RestCheck(chronicle, places);
        this.traffic = new TrafficCheck(world, chronicle);
        List.of(
                        chronicle,
                        new LogCheck(chronicle),
                        new RequestCheck(places),
                        rest,
                        new ContentCheck(world, places),
                        new HistoryCheck(chronicle, places),
                        new CopiesCheck(world),
                        new FeedCheck(),
                        traffic)
                .forEach(world::watch);
    }

    /** This simulation with a transcript, which costs time. */
    public Simulation withTranscript() {
        world.writeTranscript();
        return this;
    }

    /** This simulation with nodes that send before they commit: a mistake that the checkers must find. */
    public Simulation speakingBeforeCommitting() {
        world.speakBeforeCommitting();
        return this;
    }

    /**
     * Runs to the end.
     *
     * @throws AssertionError when a promise was broken; it names the seed and how to repeat the run
     */
    public Simulation run() {
        try {
            live();
            settle();
            world.checks().forEach(check -> check.atRest(world.machines()));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "Seed " + seed + " after " + world.time().nowMillis() + " ms: " + failure.getMessage()
                            + "\nRepeat with: mvn -pl ticketmesh-core test -Dtest=SimulationTest -Dsimulation.seed="
                            + seed,
                    failure);
        }
        return this;
    }

    /** What happened, line by line; empty unless asked for. */
    public List<String> transcript() {
        return List.copyOf(world.transcript());
    }

    /** How many operations were accepted. */
    public int operations() {
        return chronicle.records().size();
    }

    /** How many messages were sent. */
    public long messages() {
        return traffic.messages();
    }

    /** How many messages would have been too many. */
    public long messageBound() {
        return traffic.bound(world.machines().size());
    }

    /** How long after the faults it took until all agreed, in virtual milliseconds. */
    public long settledAfterMillis() {
        return settledAfterMillis;
    }

    private void live() {
        RandomGenerator random = world.random();
        int machines = 2 + random.nextInt(4);
        int kept = List.of(3, 8, Integer.MAX_VALUE).get(random.nextInt(3));
        world.setPageSize(List.of(0, 2, 5).get(random.nextInt(3)));
        world.setBatchMillis(List.of(0, 0, 5, 60).get(random.nextInt(4)));
        for (String name : NAMES.subList(0, machines)) {
            world.add(name, kept);
        }
        boolean calm = random.nextInt(6) == 0;
        world.network().disturb(calm ? 0 : random.nextInt(30), calm ? 0 : random.nextInt(20), 1 + random.nextInt(60));
        world.machines().subList(0, machines - random.nextInt(2)).forEach(Machine::start);
        Workload workload = new Workload(world, places, 1 + random.nextInt(5));
        Faults faults = new Faults(world);
        workload.begin();
        int steps = 20 + random.nextInt(50);
        for (int step = 0; step < steps; step++) {
            world.run(random.nextInt(5) == 0 ? 1 + random.nextInt(1_500) : 1 + random.nextInt(80));
            workload.act();
            if (!calm && random.nextInt(4) == 0) {
                faults.strike();
            }
        }
        faults.stop();
        world.note(() -> "the faults stop");
    }

    private void settle() {
        for (settledAfterMillis = 0; settledAfterMillis < REST_MILLIS; settledAfterMillis += LOOK_MILLIS) {
            if (rest.isConverged(world.machines())) {
                break;
            }
            world.run(LOOK_MILLIS);
        }
    }
}
