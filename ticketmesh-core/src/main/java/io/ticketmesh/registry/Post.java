package io.ticketmesh.registry;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread and the sockets of one party: gives it what comes and what time it is, and sends what it says. What comes faster than
 * it is read waits in the buffer of the socket, 1 MB, and beyond that is lost. What cannot be sent at once is lost too.
 *
 * <p>Others hand in errands, 64 at most. An exception of the party loses one datagram and is logged, at most once a minute.
 */
final class Post implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_ERRANDS = 64;
    /** So many datagrams are read before the time is told. */
    private static final int BATCH = 256;

    private static final long LONGEST_PAUSE = 250;
    private static final long COMPLAINT_PAUSE = 60_000;
    private static final long JOIN_MILLIS = 1_000;

    private final DatagramChannel channel;
    private final @Nullable DatagramChannel link;
    private final Selector selector;
    private final Thread thread;
    private final InetSocketAddress address;
    private final boolean isIpv6;
    private final ByteBuffer buffer = ByteBuffer.allocate(Datagram.MAX_BYTES + 1);
    private final Queue<LongConsumer> errands = new ArrayBlockingQueue<>(MAX_ERRANDS);
    private final LongAdder unsent = new LongAdder();
    private final long beganNanos = System.nanoTime();
    private @Nullable Party party;
    private volatile boolean closed;
    private volatile BooleanSupplier done = () -> true;
    private volatile long closeBy = Long.MAX_VALUE;
    private long complainedAt = -COMPLAINT_PAUSE;

    private Post(String name, DatagramChannel channel, @Nullable DatagramChannel link, Selector selector)
            throws IOException {
        this.channel = channel;
        this.link = link;
        this.selector = selector;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.isIpv6 = address.getAddress() instanceof Inet6Address;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Binds; does not start yet.
     *
     * @param group the multicast group to hear as well; null for none
     */
    static Post open(String name, InetSocketAddress address, @Nullable InetSocketAddress group) throws IOException {
        DatagramChannel channel = null;
        DatagramChannel link = null;
        Selector selector = null;
        try {
            channel = bound(address, false);
            preferInterface(channel, address.getAddress());
            link = group == null ? null : joined(group, address.getAddress());
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            if (link != null) {
                link.register(selector, SelectionKey.OP_READ);
            }
            return new Post(name, channel, link, selector);
        } catch (IOException | RuntimeException | Error e) {
            closeQuietly(channel);
            closeQuietly(link);
            closeQuietly(selector);
            throw e;
        }
    }

    /** Begins with a party, which from now on belongs to the thread. */
    void start(Party newParty) {
        party = newParty;
        thread.start();
    }

    /** Monotonic, from 0 at the opening. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }

    /** Where it is bound. */
    InetSocketAddress address() {
        return address;
    }

    /** How many datagrams could not be sent. */
    long unsent() {
        return unsent.sum();
    }

    /** Lets the thread do something with its party, given the time. False when too much waits, or it is closed. */
    boolean hand(LongConsumer errand) {
        if (closed || !errands.offer(errand)) {
            return false;
        }
        selector.wakeup();
        return true;
    }

    /** Ends at once, and within a second. */
    @Override
    public void close() {
        close(0, () -> true);
    }

    /** Goes on until the party is done, but no longer than {@code millis}; waits for it, a second longer at most. */
    void close(long millis, BooleanSupplier isDone) {
        done = isDone;
        closeBy = nowMillis() + millis;
        closed = true;
        selector.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            closeAll();
        } else if (thread != Thread.currentThread()) {
            join(millis + JOIN_MILLIS);
        }
    }

    private void run() {
        try {
            while (!closed || (!done.getAsBoolean() && nowMillis() < closeBy)) {
                round();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("{} ends", thread.getName(), e);
        } finally {
            closed = true;
            closeAll();
        }
    }

    private void round() throws IOException {
        long now = nowMillis();
        long next = now + LONGEST_PAUSE;
        try {
            for (LongConsumer errand = errands.poll(); errand != null; errand = errands.poll()) {
                errand.accept(now);
            }
            next = Math.min(next, party().tick(now, this::send));
        } catch (RuntimeException e) {
            complain(e);
        }
        selector.select(Math.max(1, next - nowMillis()));
        selector.selectedKeys().clear();
        read(channel);
        if (link != null) {
            read(link);
        }
    }

    private void read(DatagramChannel from) {
        for (int i = 0; i < BATCH; i++) {
            try {
                buffer.clear();
                InetSocketAddress source = (InetSocketAddress) from.receive(buffer);
                if (source == null) {
                    return;
                }
                party().receive(source, buffer.array(), buffer.position(), nowMillis(), this::send);
            } catch (IOException | RuntimeException e) {
                complain(e);
                return;
            }
        }
    }

    private void send(InetSocketAddress target, byte[] datagram) {
        if (target.getAddress() instanceof Inet6Address != isIpv6) {
            unsent.increment();
            return;
        }
        try {
            if (channel.send(ByteBuffer.wrap(datagram), target) == 0) {
                unsent.increment();
            }
        } catch (IOException e) {
            unsent.increment();
            LOG.trace("{} cannot reach {}", thread.getName(), target, e);
        }
    }

    private Party party() {
        Party present = party;
        if (present == null) {
            throw new IllegalStateException("The thread runs with a party only");
        }
        return present;
    }

    private void complain(Exception failure) {
        long now = nowMillis();
        if (now - complainedAt >= COMPLAINT_PAUSE) {
            complainedAt = now;
            LOG.warn("{} could not deal with a datagram", thread.getName(), failure);
        }
    }

    private void closeAll() {
        closeQuietly(channel);
        closeQuietly(link);
        closeQuietly(selector);
    }

    private void join(long millis) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static DatagramChannel bound(InetSocketAddress address, boolean shared) throws IOException {
        boolean isIpv6 = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(isIpv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            return channel.bind(address);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** Multicasts leave by the interface of the address; of all addresses by the one that the system chooses. */
    private static void preferInterface(DatagramChannel channel, InetAddress address) throws IOException {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
        NetworkInterface network = address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(address);
        if (network != null) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
        }
    }

    /** Null, and a warning, when the link does not carry multicasts, or its port is taken: registries can be listed. */
    private static @Nullable DatagramChannel joined(InetSocketAddress group, InetAddress bindAddress) {
        DatagramChannel channel = null;
        int joined = 0;
        try {
            InetAddress any =
                    InetAddress.getByAddress(new byte[group.getAddress().getAddress().length]);
            channel = bound(new InetSocketAddress(any, group.getPort()), true);
            for (NetworkInterface network : LinkGroup.interfaces(bindAddress)) {
                joined += join(channel, group.getAddress(), network) ? 1 : 0;
            }
        } catch (IOException e) {
            LOG.debug("The port of the group cannot be bound", e);
        }
        if (joined == 0) {
            LOG.warn("This registry cannot be found by multicast: list it for those who look for it");
            closeQuietly(channel);
            return null;
        }
        return channel;
    }

    private static boolean join(DatagramChannel channel, InetAddress group, NetworkInterface network) {
        try {
            channel.join(group, network);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} does not carry multicasts", network.getName(), e);
            return false;
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        if (resource == null) {
            return;
        }
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("A socket does not close", e);
        }
    }

    /** An unpredictable one. */
    static RandomGenerator random() {
        return new SecureRandom();
    }
}
