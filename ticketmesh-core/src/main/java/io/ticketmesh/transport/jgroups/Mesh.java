package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.MulticastGroup;
import io.ticketmesh.seal.Seal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jgroups.JChannel;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An unconnected channel with what belongs to it.
 *
 * @param sockets its connections; null over UDP
 * @param note what to say about it when it is connected
 */
record Mesh(
        JChannel channel,
        ChannelGroup group,
        Seal seal,
        @Nullable SealedSockets sockets,
        String kind,
        String note) {
    private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);

    /** Over UDP when members are found by multicast and that works, else over TCP. */
    static Mesh of(MeshOptions options, Tuning tuning) throws Exception {
        QuietLog.install();
        return switch (options.discovery()) {
            case MULTICAST -> byMulticast(options, tuning);
            case STATIC, DNS -> tcp(options, () -> resolved(options), "", tuning);
            case REGISTRY -> tcp(options, registry(options), "", tuning);
        };
    }

    /** Where the channel is bound; null when it is not. */
    @Nullable
    InetSocketAddress boundTo() {
        TP transport = channel.getProtocolStack().getTransport();
        return transport.localPhysicalAddress() instanceof IpAddress address
                ? new InetSocketAddress(address.getIpAddress(), address.getPort())
                : null;
    }

    private static Mesh byMulticast(MeshOptions options, Tuning tuning) throws Exception {
        InetAddress bindAddress = options.bindAddress();
        MulticastGroup group = MeshGroup.of(options.cluster(), bindAddress);
        boolean works = tuning.probe().works(group, bindAddress);
        if (!works && bindAddress.isLoopbackAddress()) {
            List<InetSocketAddress> ports = localPorts(options);
            return tcp(options, () -> ports, ", because multicasts do not come back on this interface", tuning);
        }
        if (!works) {
            LOG.warn(
                    "Multicasts to {} do not come back on {}: unless others hear them, set ticketmesh.mesh.discovery to"
                            + " static or dns",
                    group.address().getHostAddress(),
                    bindAddress.getHostAddress());
        }
        Seal seal = options.seal();
        UnicastCredits credits = new UnicastCredits(tuning.creditBytes());
        JChannel channel = channel(Stack.udp(options, group, seal, credits, tuning));
        String note = ", multicasts to " + group.address().getHostAddress() + ":" + group.port();
        return new Mesh(channel, new ChannelGroup(channel, credits, true), seal, null, "udp", note);
    }

    private static Mesh tcp(MeshOptions options, Supplier<List<InetSocketAddress>> hosts, String note, Tuning tuning)
            throws Exception {
        Seal seal = options.seal();
        SealedSockets sockets = new SealedSockets(seal, tuning.handshakeMillis());
        UnicastCredits credits = new UnicastCredits(tuning.creditBytes());
        JChannel channel = channel(Stack.tcp(options, hosts, sockets, credits, tuning));
        return new Mesh(channel, new ChannelGroup(channel, credits, false), seal, sockets, "tcp", note);
    }

    private static JChannel channel(List<Protocol> protocols) throws Exception {
        return new JChannel(protocols).setDiscardOwnMessages(true);
    }

    private static List<InetSocketAddress> resolved(MeshOptions options) {
        boolean isIpv6 = options.bindAddress() instanceof Inet6Address;
        return options.members().stream()
                .map(member -> HostPort.parse(member, options.bindPort()))
                .flatMap(HostPort::resolve)
                .filter(host -> host.getAddress() instanceof Inet6Address == isIpv6)
                .toList();
    }

    private static Supplier<List<InetSocketAddress>> registry(MeshOptions options) {
        Supplier<List<InetSocketAddress>> registry = options.registry();
        if (registry == null) {
            throw new IllegalStateException("ticketmesh.mesh.discovery=registry needs a registry");
        }
        return registry;
    }

    private static List<InetSocketAddress> localPorts(MeshOptions options) {
        int first = options.bindPort();
        return IntStream.rangeClosed(first, first + options.portRange())
                .mapToObj(port -> new InetSocketAddress(options.bindAddress(), port))
                .filter(address -> address.getPort() != 0)
                .toList();
    }
}
