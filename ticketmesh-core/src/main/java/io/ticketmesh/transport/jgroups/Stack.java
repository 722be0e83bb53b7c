package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.MulticastGroup;
import io.ticketmesh.seal.Seal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.LazyThreadFactory;

/**
 * The protocols, bottom to top. Both stacks have only sockets that are sealed: {@code FD_SOCK2} and {@code MPING} would open
 * sockets of their own and read from them what strangers send, so they are left out. Over TCP a closed connection makes its
 * member suspected at once; over UDP silence does.
 */
final class Stack {
    /** Within the time of a join, so that nodes that start together hear each other. */
    static final int DISCOVERY_RUNS = 3;

    private static final int FRAGMENT_BYTES = 48_000;
    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
    private static final int MAX_TCP_MESSAGE_BYTES = 1 << 20;
    /** The largest datagram that still is a datagram when it is sealed. */
    private static final int MAX_BUNDLE_BYTES = 60_000;

    private static final int UDP_QUEUE_MESSAGES = 4_096;
    private static final int TCP_QUEUE_MESSAGES = 256;
    private static final int CONNECT_MILLIS = 500;

    private Stack() {}

    static List<Protocol> udp(
            MeshOptions options, MulticastGroup group, Seal seal, UnicastCredits credits, Tuning tuning) {
        SealedUdp udp = new SealedUdp(seal, tuning.datagramSockets());
        udp.setMcastGroupAddr(group.address())
                .setIpTTL(1)
                .setMcastRecvBufSize(RECEIVE_BUFFER_BYTES)
                .setUcastRecvBufSize(RECEIVE_BUFFER_BYTES);
        udp.setMulticastPort(group.port());
        bind(udp, options, bundler(true));
        return above(udp, new PING().numDiscoveryRuns(DISCOVERY_RUNS), true, credits, tuning);
    }

    static List<Protocol> tcp(
            MeshOptions options,
            Supplier<List<InetSocketAddress>> hosts,
            SealedSockets sockets,
            UnicastCredits credits,
            Tuning tuning) {
        SealedTcp tcp = new SealedTcp(sockets);
        tcp.nonBlockingSends(true)
                .maxSendQueue(TCP_QUEUE_MESSAGES)
                .logAcceptError(false)
                .setMaxLength(MAX_TCP_MESSAGE_BYTES)
                .setPeerAddrReadTimeout(tuning.handshakeMillis())
                .setSockConnTimeout(CONNECT_MILLIS)
                .setClientBindAddr(options.bindAddress())
                .tcpNodelay(true)
                .logDetails(false)
                .enableSuspectEvents(true);
        bind(tcp, options, bundler(false));
        return above(tcp, new HostPing(hosts), false, credits, tuning);
    }

    /**
     * One thread for each destination over TCP, because connecting to a member that does not answer takes its time, and little
     * room in its queue, because what waits there for a member that does not read is not counted in its credits.
     */
    private static PerDestinationBundler bundler(boolean isUdp) {
        PerDestinationBundler bundler = new PerDestinationBundler();
        bundler.useSingleSenderThread(isUdp);
        bundler.setMaxSize(MAX_BUNDLE_BYTES);
        bundler.setCapacity(isUdp ? UDP_QUEUE_MESSAGES : TCP_QUEUE_MESSAGES);
        return bundler;
    }

    private static void bind(TP transport, MeshOptions options, PerDestinationBundler bundler) {
        transport.setBundler(bundler);
        transport.setBindAddr(options.bindAddress());
        transport.setBindPort(options.bindPort());
        transport.setPortRange(options.portRange());
        transport.setThreadFactory(new LazyThreadFactory("ticketmesh-jgroups", true, true));
    }

    private static List<Protocol> above(
            TP transport, Protocol discovery, boolean multicasts, UnicastCredits credits, Tuning tuning) {
        return List.of(
                transport,
                discovery,
                new MERGE3().setMinInterval(tuning.mergeMinMillis()).setMaxInterval(tuning.mergeMaxMillis()),
                new FD_ALL3().setTimeout(tuning.silenceMillis()).setInterval(tuning.silenceMillis() / 4),
                new VERIFY_SUSPECT2().setTimeout(Math.min(1_500, tuning.silenceMillis() / 2)),
                new NAKACK2().useMcastXmit(multicasts),
                new UNICAST3(),
                new STABLE(),
                new GMS()
                        .setJoinTimeout(tuning.joinMillis())
                        .setMaxJoinAttempts(3)
                        .setLeaveTimeout(500)
                        .printLocalAddress(false),
                credits,
                new FRAG4().setFragSize(FRAGMENT_BYTES));
    }
}
