package io.ticketmesh.registry;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MeshKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How registries, and those who use them, find and trust each other. Immutable; made by {@link #of}, which refuses what cannot
 * work with an {@link IllegalArgumentException} that names the culprit. The same options serve a {@link RegistryServer}, a
 * {@link RegistryAgent} and a {@link RegistryLookup}.
 *
 * <p>Without a secret all stays on this machine: it can be bound to a loopback address only.
 */
public final class RegistryOptions {
    /** The port that is tried first. */
    public static final int DEFAULT_PORT = 7840;
    /** How many further ports belong to the range. */
    public static final int DEFAULT_PORT_RANGE = 9;
    /** How many packets a second a registry takes from one address, besides renewals. */
    public static final int DEFAULT_PACKETS_PER_SECOND = 200;

    private static final int HIGHEST_PORT = 65_535;
    private static final int MAX_PORT_RANGE = 100;
    private static final int MAX_REGISTRIES = 64;

    private final ClusterName cluster;
    private final @Nullable MeshKeys keys;
    private final @Nullable MeshKeys previousKeys;
    private final InetAddress bindAddress;
    private final int port;
    private final int portRange;
    private final List<HostPorts> registries;
    private final boolean multicast;
    private final int packetsPerSecond;

    private RegistryOptions(Builder builder) {
        cluster = builder.cluster;
        keys = builder.keys;
        previousKeys = builder.previousKeys;
        require(
                previousKeys == null || keys != null,
                "A previous secret is accepted beside a secret, which is not set");
        bindAddress = builder.bindAddress != null ? builder.bindAddress : whenNoneIsSet(keys != null);
        require(
                keys != null || bindAddress.isLoopbackAddress(),
                "The registry's address is " + bindAddress.getHostAddress()
                        + ", which others can reach: set a secret (at" + " least " + MeshKeys.MIN_SECRET_CHARS
                        + " characters, the same for all), or bind it to loopback");
        port = builder.port;
        require(
                port >= 0 && port <= HIGHEST_PORT,
                "The registry's port must be 0 to " + HIGHEST_PORT + ", not " + port);
        require(
                builder.portRange >= 0 && builder.portRange <= MAX_PORT_RANGE,
                "The registry's port range must be 0 to " + MAX_PORT_RANGE + ", not " + builder.portRange);
        portRange = port == 0 ? 0 : Math.min(builder.portRange, HIGHEST_PORT - port);
        require(
                builder.registries.size() <= MAX_REGISTRIES,
                "At most " + MAX_REGISTRIES + " registries can be listed, not " + builder.registries.size());
        registries = parsed(builder.registries);
        multicast = builder.multicast != null ? builder.multicast : !bindAddress.isLoopbackAddress();
        packetsPerSecond = builder.packetsPerSecond;
        require(packetsPerSecond > 0, "The registry's packets per second must be positive, not " + packetsPerSecond);
    }

    private RegistryOptions(RegistryOptions same, List<HostPorts> registries) {
        this.cluster = same.cluster;
        this.keys = same.keys;
        this.previousKeys = same.previousKeys;
        this.bindAddress = same.bindAddress;
        this.port = same.port;
        this.portRange = same.portRange;
        this.registries = List.copyOf(registries);
        this.multicast = same.multicast;
        this.packetsPerSecond = same.packetsPerSecond;
    }

    /** @param cluster the name that all have in common: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -} */
    public static RegistryOptions of(String cluster, UnaryOperator<Builder> settings) {
        return new RegistryOptions(settings.apply(new Builder(new ClusterName(cluster))));
    }

    public ClusterName cluster() {
        return cluster;
    }

    public boolean hasSecret() {
        return keys != null;
    }

    /** The address that is bound: the one given, else all addresses if there is a secret, else a loopback one. */
    public InetAddress bindAddress() {
        return bindAddress;
    }

    /** The first port of the range; 0 for any. */
    public int port() {
        return port;
    }

    /** How many further ports the range has. */
    public int portRange() {
        return portRange;
    }

    /** Whether the link is asked for registries, and registries answer. */
    public boolean multicast() {
        return multicast;
    }

    int packetsPerSecond() {
        return packetsPerSecond;
    }

    DatagramCodec codec(Tally tally) {
        return new DatagramCodec(
                cluster,
                keys == null ? null : keys.registry(),
                previousKeys == null ? null : previousKeys.registry(),
                tally);
    }

    /** Where registries may be. */
    List<HostPorts> registries() {
        return registries;
    }

    /**
     * The same, where that registry is asked too. One that takes any port is found by nobody who is not told of it, not even by who runs it.
     */
    public RegistryOptions reaching(RegistryServer registry) {
        if (port != 0) {
            return this; // it is in the range
        }
        List<HostPorts> more = new ArrayList<>(registries);
        more.add(new HostPorts(here().getHostAddress(), registry.port(), registry.port()));
        return new RegistryOptions(this, more);
    }

    /**
     * By which address a registry may be nearer: who is bound to all addresses reaches those of this machine by loopback. The same address when
     * there is no such.
     */
    InetSocketAddress nearest(InetSocketAddress registry) {
        boolean isHere = bindAddress.isAnyLocalAddress()
                && here().getClass() == registry.getAddress().getClass()
                && isOfThisMachine(registry.getAddress());
        return isHere ? new InetSocketAddress(here(), registry.getPort()) : registry;
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException noneCanBeAsked) {
            return false;
        }
    }

    /** The address of registries of this machine. */
    private InetAddress here() {
        return bindAddress.isAnyLocalAddress() ? loopback() : bindAddress;
    }

    /** The multicast group of registries; null when the link is not asked. */
    @Nullable
    InetSocketAddress link() {
        return multicast ? LinkGroup.of(cluster, bindAddress) : null;
    }

    @Override
    public String toString() {
        return "registry of " + cluster + " on " + bindAddress.getHostAddress() + ":" + port
                + (portRange == 0 ? "" : "-" + (port + portRange))
                + (keys == null ? " without secret" : " with a secret");
    }

    /** What is listed, and this machine: several nodes of it may have a registry each, on ports of the range. */
    private List<HostPorts> parsed(List<String> listed) {
        List<HostPorts> all = new ArrayList<>();
        int first = port == 0 ? DEFAULT_PORT : port;
        int last = port == 0 ? DEFAULT_PORT + DEFAULT_PORT_RANGE : port + portRange;
        listed.forEach(text -> all.add(HostPorts.parse(text, first, last)));
        if (port != 0) {
            all.add(new HostPorts(here().getHostAddress(), first, last));
        }
        return List.copyOf(all);
    }

    private static InetAddress whenNoneIsSet(boolean hasSecret) {
        try {
            return hasSecret ? InetAddress.getByAddress(new byte[4]) : loopback();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException(complaint);
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final ClusterName cluster;
        private @Nullable MeshKeys keys;
        private @Nullable MeshKeys previousKeys;
        private @Nullable InetAddress bindAddress;
        private int port = DEFAULT_PORT;
        private int portRange = DEFAULT_PORT_RANGE;
        private List<String> registries = List.of();
        private @Nullable Boolean multicast;
        private int packetsPerSecond = DEFAULT_PACKETS_PER_SECOND;

        private Builder(ClusterName cluster) {
            this.cluster = cluster;
        }

        /**
         * What all have in common, at least 16 characters; the one of the mesh. Default none: all stays on this machine.
         *
         * @throws IllegalArgumentException when it is shorter
         */
        public Builder secret(@Nullable String value) {
            keys = value == null ? null : MeshKeys.ofSecret(cluster, value);
            return this;
        }

        /** A second secret whose packets are accepted too, while the secret is exchanged. Default none. */
        public Builder previousSecret(@Nullable String value) {
            previousKeys = value == null ? null : MeshKeys.ofSecret(cluster, value);
            return this;
        }

        /** The keys of secrets, in place of the secrets; null where there is none. */
        public Builder keys(@Nullable MeshKeys value, @Nullable MeshKeys previous) {
            keys = value;
            previousKeys = previous;
            return this;
        }

        /** The address to bind. Default: all addresses when there is a secret, else loopback. */
        public Builder bindAddress(@Nullable InetAddress value) {
            bindAddress = value;
            return this;
        }

        /**
         * The first port that registries of this cluster use; 0 lets a registry take any, which only those find who are told of it.
         * Default {@value #DEFAULT_PORT}.
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * How many further ports a registry tries when the first is taken, and those who look for registries ask. Default
         * {@value #DEFAULT_PORT_RANGE}. Too small: the last nodes of a machine have no registry of their own, and use those of the others.
         * Too large: everybody asks many ports of this machine every two seconds.
         */
        public Builder portRange(int value) {
            portRange = value;
            return this;
        }

        /**
         * Where registries are: {@code host:port}, or {@code host} for all ports of the range; names are looked up again every 30 seconds.
         * Besides, this machine is asked, and the link. Default none. Registries tell of others, so not all have to be listed; the first
         * 256 addresses and ports are asked.
         */
        public Builder registries(List<String> value) {
            registries = List.copyOf(value);
            return this;
        }

        /** Whether registries are looked for, and answer, by multicast on the link. Default: unless bound to loopback. */
        public Builder multicast(boolean value) {
            multicast = value;
            return this;
        }

        /**
         * How many packets a second a registry takes from one address, besides renewals. Default {@value #DEFAULT_PACKETS_PER_SECOND}.
         * Too small: clients behind one address are told that the registry is busy. Too large: one address can keep it busy.
         */
        public Builder packetsPerSecond(int value) {
            packetsPerSecond = value;
            return this;
        }
    }
}
