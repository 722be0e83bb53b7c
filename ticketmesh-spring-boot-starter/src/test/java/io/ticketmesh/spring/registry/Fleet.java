package io.ticketmesh.spring.registry;

import io.ticketmesh.registry.RegistryOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.stream.Stream;

/** Applications of one mesh, whose registries have two ports on this machine, and whatever else is closed with them, in reverse. */
final class Fleet implements AutoCloseable {
    private final String cluster = "test-" + UUID.randomUUID();
    private final int ports = Desk.freePorts();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    Desk desk(String... settings) {
        String[] all = Stream.concat(
                        Stream.of(
                                "ticketmesh.mesh.cluster=" + cluster,
                                "ticketmesh.registry.port=" + ports,
                                "ticketmesh.registry.port-range=1"),
                        Stream.of(settings))
                .toArray(String[]::new);
        return opened(Desk.open(all));
    }

    RegistryOptions registries() {
        return RegistryOptions.of(cluster, settings -> settings.port(ports).portRange(1));
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
