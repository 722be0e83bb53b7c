package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes of the sample on this machine that are one mesh, which no other test shares. */
final class Nodes implements AutoCloseable {
    private final Path directory;
    private final Program program;
    private final List<String> settings;
    private final List<SampleNode> nodes = new ArrayList<>();

    /** None yet. All that are added run this program with these settings. */
    Nodes(Path directory, Program program, String... settings) {
        this.directory = directory;
        this.program = program;
        this.settings = new ArrayList<>(List.of(settings));
        this.settings.add("--ticketmesh.mesh.cluster=test-" + UUID.randomUUID());
    }

    /** Starts so many nodes at once, and returns when all know of all. */
    static Nodes start(Path directory, int count, String... settings) throws IOException {
        Nodes nodes = new Nodes(directory, Program.JAR, settings);
        for (int i = 0; i < count; i++) {
            nodes.add("node-" + i);
        }
        return nodes.startAll();
    }

    /** The same over TCP: they find each other from a list, in which {@code others} stand too. */
    static Nodes startListed(Path directory, Program program, int count, List<String> settings, String... others)
            throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(SampleNode.freePort());
        }
        Stream<String> listed = Stream.concat(ports.stream().map(port -> "127.0.0.1:" + port), Stream.of(others));
        List<String> all = new ArrayList<>(settings);
        all.add("--ticketmesh.mesh.discovery=static");
        all.add("--ticketmesh.mesh.members=" + listed.collect(Collectors.joining(",")));
        Nodes nodes = new Nodes(directory, program, all.toArray(String[]::new));
        for (int i = 0; i < count; i++) {
            nodes.add("node-" + i, "--ticketmesh.mesh.bind-port=" + ports.get(i));
        }
        return nodes.startAll();
    }

    /** Starts those that were added, at once, and returns when all know of all. */
    Nodes startAll() throws IOException {
        try {
            for (SampleNode node : nodes) {
                node.launch();
            }
            nodes.forEach(SampleNode::awaitAnswer);
            awaitAcquaintance(nodes.size());
            return this;
        } catch (IOException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** A further node, not started yet. */
    SampleNode add(String name, String... special) throws IOException {
        return add(name, directory.resolve(name), special);
    }

    SampleNode add(String name, Path home, String... special) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(special));
        all.add("--ticketmesh.mesh.node-name=" + name);
        SampleNode node = new SampleNode(home, program, all);
        nodes.add(node);
        return node;
    }

    /** Waits until every node says that so many belong. */
    void awaitAcquaintance(int count) {
        Waiting.until(Duration.ofSeconds(30), () -> "not all know of all: " + this, () -> {
            for (SampleNode node : nodes) {
                if (node.<Integer>read("/ticketmesh/mesh", "$.active") < count
                        || node.<List<Object>>read("/ticketmesh/mesh", "$.members[?(@.reachable == true)]")
                                        .size()
                                < count) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Changes what is wrong around all {@link Program#TROUBLED} nodes. */
    void trouble(String changes) throws IOException {
        for (SampleNode node : nodes) {
            node.trouble(changes);
        }
    }

    /** How many datagrams {@link Program#TROUBLED} nodes have sent in all; a multicast counts once. */
    long sent() throws IOException {
        return troubles("$.sent");
    }

    /** How many bytes were in them. */
    long sentBytes() throws IOException {
        return troubles("$.sentBytes");
    }

    private long troubles(String jsonPath) throws IOException {
        long sum = 0;
        for (SampleNode node : nodes) {
            sum += node.<Number>read("/troubles", jsonPath).longValue();
        }
        return sum;
    }

    SampleNode get(int index) {
        return nodes.get(index);
    }

    List<SampleNode> all() {
        return List.copyOf(nodes);
    }

    /** Waits until all running nodes hold the same. */
    void awaitEqual(Duration deadline) {
        Waiting.until(deadline, () -> "different digests: " + digests(), () -> new HashSet<>(digests()).size() == 1);
    }

    private List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (SampleNode node : nodes) {
            try {
                digests.add(node.digest());
            } catch (IOException e) {
                digests.add(node + ": " + e);
            }
        }
        return digests;
    }

    @Override
    public void close() {
        nodes.forEach(SampleNode::terminate);
        nodes.forEach(SampleNode::close);
    }

    @Override
    public String toString() {
        return nodes.toString();
    }
}
