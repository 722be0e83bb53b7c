package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Processes of the sample on this machine that are one mesh, which no other test shares. */
final class Nodes implements AutoCloseable {
    private final Path directory;
    private final String cluster = "test-" + UUID.randomUUID();
    private final List<SampleNode> nodes = new ArrayList<>();

    Nodes(Path directory) {
        this.directory = directory;
    }

    /** Starts so many nodes at once, and returns when all know of all. */
    static Nodes start(Path directory, int count) throws IOException {
        Nodes nodes = new Nodes(directory);
        try {
            for (int i = 0; i < count; i++) {
                nodes.add("node-" + i).launch();
            }
            nodes.nodes.forEach(SampleNode::awaitAnswer);
            nodes.awaitAcquaintance(count);
        } catch (RuntimeException | Error failed) {
            nodes.close();
            throw failed;
        }
        return nodes;
    }

    /** A further node, not started yet. */
    SampleNode add(String name, String... settings) throws IOException {
        return add(name, directory.resolve(name), settings);
    }

    SampleNode add(String name, Path home, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--ticketmesh.mesh.node-name=" + name);
        SampleNode node = new SampleNode(home, cluster, all.toArray(String[]::new));
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
