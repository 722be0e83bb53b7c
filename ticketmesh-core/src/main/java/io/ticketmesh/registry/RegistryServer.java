package io.ticketmesh.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry on the network: one thread, {@code ticketmesh-registry}, and one UDP socket, two with multicast. Thread-safe.
 *
 * <p>It holds 10,000 servers at most, 64 of one address, in memory only. It may be stopped, killed and started anew at any time.
 */
public final class RegistryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final Set<Fault> REJECTED = EnumSet.complementOf(EnumSet.of(Fault.REPLAYED, Fault.LIMITED));

    private final Post post;
    private final Registry registry;
    private final Tally tally;

    private RegistryServer(RegistryOptions options, Post post) {
        this.post = post;
        this.tally = new Tally();
        RandomGenerator random = Post.random();
        Limits limits = Limits.STANDARD.withPacketsPerSecond(options.packetsPerSecond());
        this.registry = new Registry(options.codec(tally), limits, random, post.nowMillis());
    }

    /**
     * Binds the first free port of the range and begins to answer. Does not wait for anything else.
     *
     * @throws RegistryUnavailableException when no port of the range can be bound
     */
    public static RegistryServer start(RegistryOptions options) {
        IOException failure = null;
        for (int port = options.port(); port <= options.port() + options.portRange(); port++) {
            try {
                InetSocketAddress address = new InetSocketAddress(options.bindAddress(), port);
                Post post = Post.open("ticketmesh-registry", address, options.link());
                RegistryServer server = new RegistryServer(options, post);
                post.start(server.registry);
                LOG.info(
                        "Registry of {} on udp {}:{}{}",
                        options.cluster(),
                        server.address().getAddress().getHostAddress(),
                        server.port(),
                        options.hasSecret() ? "" : ", for this machine only");
                return server;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new RegistryUnavailableException(
                "The " + options + " finds no port to bind; another program may have it, or the address is not of this"
                        + " machine",
                failure == null ? new IOException("The range has no port") : failure);
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return post.address();
    }

    /** The port that it is bound to. */
    public int port() {
        return post.address().getPort();
    }

    /** How it does; any thread may ask, also after {@link #close}. */
    public RegistryStatus status() {
        return new RegistryStatus(
                address().getAddress().getHostAddress(),
                port(),
                registry.size(),
                registry.listed(),
                tally.of(REJECTED),
                tally.of(Fault.REPLAYED),
                tally.of(Fault.LIMITED),
                post.unsent());
    }

    /** Lets go of sockets and thread within a second. A second call does nothing. */
    @Override
    public void close() {
        post.close();
    }
}
