package io.ticketmesh.spring.cloud;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The servers of the mesh for load balancers, always as they are known now: a cache would go on with servers that have left. */
final class RegistryInstances implements ServiceInstanceListSupplier {
    private final String id;
    private final Supplier<RegisteredService> service;

    /** @param service opened by the first question */
    RegistryInstances(String id, Supplier<RegisteredService> service) {
        this.id = id;
        this.service = service;
    }

    @Override
    public String getServiceId() {
        return id;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Mono.fromFuture(() -> service.get().whenKnown()).flux();
    }
}
