package io.ticketmesh.spring.cloud;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** Knows one service: the servers of the mesh. */
final class RegistryDiscoveryClient implements DiscoveryClient {
    private final String id;
    private final Supplier<RegisteredService> service;

    /** @param service opened by the first question */
    RegistryDiscoveryClient(String id, Supplier<RegisteredService> service) {
        this.id = id;
        this.service = service;
    }

    @Override
    public String description() {
        return "TicketMesh registries";
    }

    /** Waits for the first answer of a registry, two seconds at most. */
    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        return serviceId.equalsIgnoreCase(id) ? service.get().whenKnown().join() : List.of();
    }

    @Override
    public List<String> getServices() {
        return List.of(id);
    }

    /** Asks nobody: whether a registry answers says nothing about this application. */
    @Override
    public void probe() {
        // nothing to ask
    }
}
