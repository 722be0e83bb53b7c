package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MeshKeys;
import io.ticketmesh.seal.Seal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a node takes part in a mesh. Immutable; made by {@link #of}, which refuses what cannot work with an
 * {@link IllegalArgumentException} that names the setting.
 *
 * <p>Without a secret a mesh stays on its machine: it can be bound to a loopback address only.
 */
public final class MeshOptions {
    /** The port that is tried first. */
    public static final int DEFAULT_PORT = 7810;
    /** How many further ports are tried when the first is taken. */
    public static final int DEFAULT_PORT_RANGE = 20;

    private static final int HIGHEST_PORT = 65_535;
    private static final String NEEDS_SECRET = "ticketmesh.mesh.bind-address is %s, which others can reach: set"
            + " ticketmesh.mesh.secret (at least %d characters, the same on all nodes), or leave the address out";

    private final ClusterName cluster;
    private final @Nullable String secret;
    private final @Nullable String previousSecret;
    private final InetAddress bindAddress;
    private final int bindPort;
    private final int portRange;
    private final Discovery discovery;
    private final List<String> members;
    private final @Nullable Supplier<List<InetSocketAddress>> registry;

    private MeshOptions(Builder builder) {
        cluster = new ClusterName(builder.cluster);
        secret = checkedSecret("ticketmesh.mesh.secret", builder.secret);
        previousSecret = checkedSecret("ticketmesh.mesh.previous-secret", builder.previousSecret);
        require(
                previousSecret == null || secret != null,
                "ticketmesh.mesh.previous-secret is accepted beside ticketmesh.mesh.secret, which is not set");
        bindAddress = builder.bindAddress != null ? builder.bindAddress : BindAddress.whenNoneIsSet(secret != null);
        if (secret == null && !bindAddress.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    NEEDS_SECRET.formatted(bindAddress.getHostAddress(), MeshKeys.MIN_SECRET_CHARS));
        }
        require(
                !bindAddress.isAnyLocalAddress(),
                "ticketmesh.mesh.bind-address must be one address of this machine: the others are told to answer to it");
        bindPort = builder.bindPort;
        discovery = builder.discovery;
        require(
                bindPort >= 0 && bindPort <= HIGHEST_PORT,
                "ticketmesh.mesh.bind-port must be 0 to " + HIGHEST_PORT + ", not " + bindPort);
        require(
                bindPort != 0 || discovery != Discovery.DNS,
                "ticketmesh.mesh.bind-port must not be 0 with discovery DNS: all members use the same port");
        portRange = discovery == Discovery.DNS ? 0 : Math.min(builder.portRange, HIGHEST_PORT - bindPort);
        require(builder.portRange >= 0, "ticketmesh.mesh.port-range must not be negative");
        members = List.copyOf(builder.members);
        registry = builder.registry;
        checkDiscovery();
    }

    private MeshOptions(MeshOptions options, Supplier<List<InetSocketAddress>> registry) {
        this.cluster = options.cluster;
        this.secret = options.secret;
        this.previousSecret = options.previousSecret;
        this.bindAddress = options.bindAddress;
        this.bindPort = options.bindPort;
        this.portRange = options.portRange;
        this.discovery = options.discovery;
        this.members = options.members;
        this.registry = registry;
    }

    /** @param cluster the name of the mesh: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -} */
    public static MeshOptions of(String cluster, UnaryOperator<Builder> settings) {
        return new MeshOptions(settings.apply(new Builder(cluster)));
    }

    public ClusterName cluster() {
        return cluster;
    }

    /** Whether packets are sealed with a secret, or only with what follows from the name of the cluster. */
    public boolean hasSecret() {
        return secret != null;
    }

    /** The address that is bound: the one given, else one of the local network if there is a secret, else a loopback one. */
    public InetAddress bindAddress() {
        return bindAddress;
    }

    /** The first port to try; 0 for any. */
    public int bindPort() {
        return bindPort;
    }

    /** How many further ports may be tried. */
    public int portRange() {
        return portRange;
    }

    public Discovery discovery() {
        return discovery;
    }

    /** {@code host:port} of members, or with {@link Discovery#DNS} one host name. */
    public List<String> members() {
        return members;
    }

    /** Where members are, when discovery is {@link Discovery#REGISTRY}. */
    @Nullable
    Supplier<List<InetSocketAddress>> registry() {
        return registry;
    }

    /** The keys of the mesh and of its registry. */
    public MeshKeys keys() {
        return secret == null ? MeshKeys.ofName(cluster) : MeshKeys.ofSecret(cluster, secret);
    }

    /** The keys of the second secret that is accepted; null when there is none. */
    public @Nullable MeshKeys previousKeys() {
        return previousSecret == null ? null : MeshKeys.ofSecret(cluster, previousSecret);
    }

    /** The same with a registry, as {@link Builder#registry} sets it. */
    public MeshOptions withRegistry(Supplier<List<InetSocketAddress>> value) {
        return new MeshOptions(this, value);
    }

    /** Whether it is said where members are, when discovery is {@link Discovery#REGISTRY}. */
    public boolean hasRegistry() {
        return registry != null;
    }

    /** A seal with the mesh's keys. Each call makes one that numbers its packets anew. */
    public Seal seal() {
        MeshKeys previous = previousKeys();
        return new Seal(cluster, keys().mesh(), previous == null ? null : previous.mesh());
    }

    @Override
    public String toString() {
        return "mesh " + cluster + " on " + bindAddress.getHostAddress() + ":" + bindPort + " by " + discovery
                + (secret == null ? " without secret" : " with a secret");
    }

    private void checkDiscovery() {
        switch (discovery) {
            case MULTICAST ->
                require(members.isEmpty(), "ticketmesh.mesh.members needs ticketmesh.mesh.discovery=static");
            case STATIC -> {
                require(
                        !members.isEmpty(),
                        "ticketmesh.mesh.discovery=static needs ticketmesh.mesh.members (host:port)");
                members.forEach(member -> HostPort.parse(member, bindPort));
            }
            case DNS ->
                require(
                        members.size() == 1 && !members.get(0).contains(":"),
                        "ticketmesh.mesh.discovery=dns needs one host name in ticketmesh.mesh.members");
            case REGISTRY ->
                require(members.isEmpty(), "ticketmesh.mesh.members needs ticketmesh.mesh.discovery=static");
        }
    }

    private static @Nullable String checkedSecret(String setting, @Nullable String secret) {
        require(
                secret == null || secret.length() >= MeshKeys.MIN_SECRET_CHARS,
                setting + " must have at least " + MeshKeys.MIN_SECRET_CHARS + " characters");
        return secret;
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException(complaint);
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final String cluster;
        private @Nullable String secret;
        private @Nullable String previousSecret;
        private @Nullable InetAddress bindAddress;
        private int bindPort = DEFAULT_PORT;
        private int portRange = DEFAULT_PORT_RANGE;
        private Discovery discovery = Discovery.MULTICAST;
        private List<String> members = List.of();
        private @Nullable Supplier<List<InetSocketAddress>> registry;

        private Builder(String cluster) {
            this.cluster = cluster;
        }

        /** What all nodes of the mesh share, at least 16 characters. Default none: the mesh stays on this machine. */
        public Builder secret(@Nullable String value) {
            secret = value;
            return this;
        }

        /**
         * A second secret whose packets are accepted too. To exchange a secret without a stop: give the new one here to all
         * nodes; then swap the two on all nodes; then take the old one away. Default none.
         */
        public Builder previousSecret(@Nullable String value) {
            previousSecret = value;
            return this;
        }

        /** One address of this machine. Default: one of the local network when there is a secret, else loopback. */
        public Builder bindAddress(@Nullable InetAddress value) {
            bindAddress = value;
            return this;
        }

        /** The first port to try, for UDP or TCP; 0 for any. Default 7810. */
        public Builder bindPort(int value) {
            bindPort = value;
            return this;
        }

        /** How many further ports are tried; with DNS none. Default 20: too small for more nodes than that on one machine. */
        public Builder portRange(int value) {
            portRange = value;
            return this;
        }

        /** Default {@link Discovery#MULTICAST}. */
        public Builder discovery(Discovery value) {
            discovery = value;
            return this;
        }

        /** {@code host:port} of some members for {@link Discovery#STATIC}, one host name for {@link Discovery#DNS}. */
        public Builder members(List<String> value) {
            members = value;
            return this;
        }

        /**
         * Says where members are, for {@link Discovery#REGISTRY}; called every few seconds, and may wait a moment. Default: what
         * {@code TicketMesh.Builder.mesh} puts in its place, the registries that the node finds.
         */
        public Builder registry(Supplier<List<InetSocketAddress>> value) {
            registry = value;
            return this;
        }
    }
}
