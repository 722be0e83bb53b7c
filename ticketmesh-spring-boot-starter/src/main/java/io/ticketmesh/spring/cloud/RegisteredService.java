package io.ticketmesh.spring.cloud;

import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.Listing;
import io.ticketmesh.registry.RegistryLookup;
import io.ticketmesh.registry.RegistryOptions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The servers of one mesh as a service of Spring Cloud. A thread and a UDP socket, until it is closed. Thread-safe.
 *
 * <p>Servers that drain are left out while there are others. Metadata of an instance: {@code node}, {@code path} (before that of the tickets, if any) and
 * {@code zone} (if any).
 */
final class RegisteredService implements AutoCloseable {
    /** How long the first question waits for the first answer of a registry. */
    private static final long FIRST_ANSWER_MILLIS = 2_000;

    private final String id;
    private final RegistryLookup lookup;

    private RegisteredService(String id, RegistryLookup lookup) {
        this.id = id;
        this.lookup = lookup;
    }

    /** @throws io.ticketmesh.registry.RegistryUnavailableException when no socket can be opened */
    static RegisteredService follow(String id, RegistryOptions options) {
        return new RegisteredService(id, RegistryLookup.start(options));
    }

    /** The servers as they are known now. */
    List<ServiceInstance> instances() {
        List<Instance> servers = lookup.listing().servers();
        List<Instance> up = servers.stream()
                .filter(server -> server.state() == Instance.State.UP)
                .toList();
        return (up.isEmpty() ? servers : up).stream().map(this::instance).toList();
    }

    /** The servers, as soon as a registry has answered; after two seconds in any case. Never completes exceptionally. */
    CompletableFuture<List<ServiceInstance>> whenKnown() {
        CompletableFuture<Listing> first = lookup.first();
        return first.orTimeout(FIRST_ANSWER_MILLIS, TimeUnit.MILLISECONDS).handle((listing, noneYet) -> instances());
    }

    private ServiceInstance instance(Instance server) {
        URI http = Objects.requireNonNull(server.http(), "those without address were left out");
        boolean secure = "https".equalsIgnoreCase(http.getScheme());
        int port = http.getPort() >= 0 ? http.getPort() : secure ? 443 : 80;
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("node", server.node().toString());
        if (!http.getRawPath().isEmpty()) {
            metadata.put("path", http.getRawPath());
        }
        if (!server.zone().isEmpty()) {
            metadata.put("zone", server.zone());
        }
        return new DefaultServiceInstance(server.node().toString(), id, http.getHost(), port, secure, metadata);
    }

    @Override
    public void close() {
        lookup.close();
    }
}
