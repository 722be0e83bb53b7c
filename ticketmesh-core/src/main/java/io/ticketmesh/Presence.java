package io.ticketmesh;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.Listing;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.registry.RegistryLookup;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryServer;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.registry.RegistryUnavailableException;
import io.ticketmesh.transport.TransportStatus;
import io.ticketmesh.transport.jgroups.Discovery;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in the registries: the registry that it runs, its registration at all of them, and, when members of the mesh are found
 * through registries, its lookup. Thread-safe.
 */
final class Presence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TicketMesh.class);
    /** How long a start waits for the first list; members that are found later join later. */
    private static final long FIRST_LIST_MILLIS = 1_000;

    private final Origin origin;
    private final RegistryOptions options;
    private final @Nullable RegistryServer server;
    private final @Nullable RegistryLookup lookup;
    private volatile @Nullable RegistryAgent agent;
    private final AtomicBoolean waited = new AtomicBoolean();

    private Presence(
            Origin origin, RegistryOptions options, @Nullable RegistryServer server, @Nullable RegistryLookup lookup) {
        this.origin = origin;
        this.options = options;
        this.server = server;
        this.lookup = lookup;
    }

    /** @throws RegistryUnavailableException when no socket can be opened; that no port is free for a registry is logged only */
    static Presence open(
            Origin origin, MeshOptions mesh, UnaryOperator<RegistryOptions.Builder> settings, boolean embedded) {
        RegistryOptions options = RegistryOptions.of(
                mesh.cluster().text(),
                builder -> settings.apply(builder.keys(mesh.hasSecret() ? mesh.keys() : null, mesh.previousKeys())
                        .bindAddress(mesh.bindAddress())));
        boolean looksUp = mesh.discovery() == Discovery.REGISTRY && !mesh.hasRegistry();
        RegistryServer server = embedded ? startServer(options) : null;
        RegistryOptions all = server == null ? options : options.reaching(server);
        try {
            return new Presence(origin, all, server, looksUp ? RegistryLookup.start(all) : null);
        } catch (RuntimeException | Error e) {
            if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    /** The same mesh with this node's registries, when members are found through them. */
    MeshOptions complete(MeshOptions mesh) {
        RegistryLookup own = lookup;
        return own == null ? mesh : mesh.withRegistry(() -> members(own));
    }

    /**
     * Registers the node, when its mesh is up: an address that cannot be bound was complained of by the mesh.
     *
     * @throws RegistryUnavailableException when no socket can be opened
     */
    void enroll(TransportStatus network) {
        Instance instance = Instance.of(origin.node(), origin.incarnation()).withMesh(meshAddress(network));
        agent = RegistryAgent.start(options, instance, server == null ? 0 : server.port());
    }

    /** Where other members reach this one; null when it is not by TCP. */
    private static @Nullable InetSocketAddress meshAddress(TransportStatus network) {
        if (!network.kind().equals("tcp") || network.port() == 0) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(network.address()), network.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("A bound address is an address", e);
        }
    }

    void announce(UnaryOperator<Instance> change) {
        RegistryAgent enrolled = agent;
        if (enrolled != null) {
            enrolled.update(change);
        }
    }

    CompletableFuture<Boolean> drain() {
        RegistryAgent enrolled = agent;
        return enrolled == null ? CompletableFuture.completedFuture(true) : enrolled.drain();
    }

    RegistryOptions options() {
        return options;
    }

    Optional<RegistryStatus> status() {
        return Optional.ofNullable(server).map(RegistryServer::status);
    }

    /** Others are told first, while there still is a registry of its own to be told. A second call does nothing. */
    @Override
    public void close() {
        RegistryAgent enrolled = agent;
        if (enrolled != null) {
            enrolled.close();
        }
        if (lookup != null) {
            lookup.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static @Nullable RegistryServer startServer(RegistryOptions options) {
        try {
            return RegistryServer.start(options);
        } catch (RegistryUnavailableException e) {
            LOG.info("This node runs no registry, and uses those of others: {}", e.getMessage());
            return null;
        }
    }

    private List<InetSocketAddress> members(RegistryLookup own) {
        Listing listing = waited.compareAndSet(false, true) ? first(own) : own.listing();
        return listing.instances().stream()
                .filter(instance -> !instance.node().equals(origin.node()))
                .map(Instance::mesh)
                .filter(Objects::nonNull)
                .filter(mesh ->
                        mesh.getAddress().getClass() == options.bindAddress().getClass())
                .toList();
    }

    private static Listing first(RegistryLookup own) {
        try {
            return own.first().get(FIRST_LIST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            LOG.debug("No registry has answered yet", e);
        }
        return own.listing();
    }
}
