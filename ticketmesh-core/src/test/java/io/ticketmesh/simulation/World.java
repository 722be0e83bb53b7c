package io.ticketmesh.simulation;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Machines, the network between them, the time that passes for all, and the checks that watch. One thread. */
final class World {
    /** So few that digests have to leave some out as soon as machines were started again. */
    private static final int LISTED_RUNS = 2;

    private static final Schedule SCHEDULE = new Schedule(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            LISTED_RUNS);

    private final ReplicaFactory factory;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network;
    private final Workflow workflow = Workflow.standard();
    private final List<Machine> machines = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private final Map<Origin, String> names = new LinkedHashMap<>();
    private long nodes;
    private boolean writesTranscript;
    private boolean speaksBeforeItCommits;
    private int pageSize;
    private int batchMillis;

    World(long seed) {
        this(seed, Replica::new);
    }

    World(long seed, ReplicaFactory factory) {
        this.factory = factory;
        this.random = new SplittableRandom(seed);
        this.network = new SimulatedNetwork(time, random.split());
    }

    void watch(Check check) {
        checks.add(check);
    }

    void writeTranscript() {
        writesTranscript = true;
    }

    /** Breaks the order of effects, to see that the checks notice. */
    void speakBeforeCommitting() {
        speaksBeforeItCommits = true;
    }

    /** How many tickets or operations stores give at once; 0 for as many as asked for. */
    void setPageSize(int size) {
        pageSize = size;
    }

    /** How long messages wait in a mailbox for others, to be handed over at once; 0 for not at all. */
    void setBatchMillis(int millis) {
        batchMillis = millis;
    }

    /** A new machine with an empty disk, not started yet. */
    Machine add(String name, int keptPerOrigin) {
        NodeId node = newNode();
        return add(name, node, new MemoryStore(node, keptPerOrigin));
    }

    /** A new id; its first digits say which machine it was. */
    NodeId newNode() {
        return new NodeId(++nodes << 32, random.nextLong());
    }

    /** A new machine whose disk is a copy of another's, not started yet. */
    Machine clone(Machine original, String name) {
        return add(name, original.node(), original.disk().copy());
    }

    private Machine add(String name, NodeId node, MemoryStore disk) {
        Machine machine = new Machine(name, this, node, disk);
        machines.add(machine);
        network.join(machine);
        return machine;
    }

    void run(long millis) {
        time.run(millis);
    }

    /** Adds a line to the transcript, if one is written. */
    void note(Supplier<String> line) {
        if (writesTranscript) {
            transcript.add(time.nowMillis() + " " + line.get());
        }
    }

    List<String> transcript() {
        return transcript;
    }

    /** A readable name: that of the machine, and which of its runs it is. */
    String nameOf(Origin origin) {
        String known = names.get(origin);
        if (known != null) {
            return known;
        }
        String name = machines.stream()
                .filter(machine -> machine.runsAs(origin))
                .map(Machine::name)
                .findFirst()
                .orElse(origin.toString());
        long run = names.values().stream().filter(each -> each.startsWith(name)).count() + 1;
        names.put(origin, run == 1 ? name : name + "'".repeat((int) run - 1));
        return names.get(origin);
    }

    String nameOf(OperationId id) {
        return nameOf(id.origin()) + "#" + id.sequence();
    }

    /** A text in which runs stand by their names. */
    String named(String text) {
        String named = text;
        for (Map.Entry<Origin, String> run : names.entrySet()) {
            String origin = run.getKey().toString();
            named = named.replace(origin, run.getValue()).replace(origin.replace('.', '-'), run.getValue());
        }
        return named;
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    SimulatedNetwork network() {
        return network;
    }

    ReplicaFactory factory() {
        return factory;
    }

    Workflow workflow() {
        return workflow;
    }

    Schedule schedule() {
        return SCHEDULE;
    }

    int pageSize() {
        return pageSize;
    }

    int batchMillis() {
        return batchMillis;
    }

    boolean speaksBeforeItCommits() {
        return speaksBeforeItCommits;
    }

    List<Machine> machines() {
        return machines;
    }

    List<Check> checks() {
        return checks;
    }
}
