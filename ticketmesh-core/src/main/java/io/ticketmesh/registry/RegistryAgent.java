package io.ticketmesh.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Registers one server at all registries that can be found, and keeps it registered until it is closed. One daemon thread,
 * {@code ticketmesh-registry-agent}, and one UDP socket. Thread-safe; no call but {@link #close} waits.
 *
 * <pre>{@code
 * RegistryAgent agent = RegistryAgent.start(options, Instance.of(node, incarnation));
 * agent.update(instance -> instance.withHttp(URI.create("http://0.0.0.0:8080")));
 * ...
 * agent.drain();
 * ...
 * agent.close();
 * }</pre>
 */
public final class RegistryAgent implements AutoCloseable {
    /** How long a client may take to see that a server drains: it asks every three seconds, give or take a fifth, and this is twice. */
    public static final Duration DRAIN_TIME = Duration.ofMillis(2 * (Times.REFRESH + Times.REFRESH / 5));

    private static final long CONFIRM_MILLIS = 2_000;
    private static final long LEAVE_MILLIS = 300;
    private static final int MAX_WAITING = 64;

    private final Post post;
    private final Registrar registrar;
    private final Resolution resolution;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int registrations;
    /** Guarded by this. */
    private Instance instance;

    /** Owned by the thread. */
    private final List<Waiting> waiting = new ArrayList<>();

    private RegistryAgent(RegistryOptions options, Instance instance, int registryPort, Post post) {
        this.post = post;
        this.instance = instance;
        DatagramCodec codec = options.codec(new Tally());
        KnownRegistries known = new KnownRegistries(codec, options.link(), options::nearest, Post.random());
        this.registrar = new Registrar(codec, known, Post.random(), instance, registryPort);
        this.resolution =
                new Resolution(options.registries(), addresses -> post.hand(now -> known.configure(addresses, now)));
    }

    private record Waiting(CompletableFuture<Boolean> confirmed, long until) {}

    /**
     * Begins to register. Whether there is a registry shows later; one that comes later is found.
     *
     * @throws RegistryUnavailableException when no socket can be opened
     */
    public static RegistryAgent start(RegistryOptions options, Instance instance) {
        return start(options, instance, 0);
    }

    /** @param registryPort of the registry that runs inside of the server, for others to learn of it; 0 when there is none */
    public static RegistryAgent start(RegistryOptions options, Instance instance, int registryPort) {
        try {
            Post post = Post.open("ticketmesh-registry-agent", new InetSocketAddress(options.bindAddress(), 0), null);
            RegistryAgent agent = new RegistryAgent(options, instance, registryPort, post);
            post.start(agent.new Desk());
            agent.resolution.start();
            return agent;
        } catch (IOException e) {
            throw new RegistryUnavailableException("The agent of the " + options + " finds no socket to open", e);
        }
    }

    /** What registries are told. */
    public synchronized Instance instance() {
        return instance;
    }

    /**
     * Tells registries something else, such as the HTTP address when the web server is up. Does nothing after {@link #close}.
     *
     * @throws IllegalArgumentException when node or incarnation differ
     */
    public synchronized void update(UnaryOperator<Instance> change) {
        Instance changed = change.apply(instance);
        if (!changed.node().equals(instance.node()) || changed.incarnation() != instance.incarnation()) {
            throw new IllegalArgumentException("An agent registers one run of one server; " + changed + " is another");
        }
        instance = changed;
        post.hand(this::sayLatest);
    }

    /**
     * Tells registries that the server is about to stop, so that clients turn to others. They may take {@link #DRAIN_TIME} to see
     * it.
     *
     * @return completes with whether all registries that answer know, within two seconds, or four when the agent is closed meanwhile;
     *     never exceptionally
     */
    public CompletableFuture<Boolean> drain() {
        update(present -> present.withState(Instance.State.DRAINING));
        CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
        if (!post.hand(now -> await(confirmed, now))) {
            confirmed.complete(false);
        }
        // Also when the agent is closed meanwhile.
        return confirmed.completeOnTimeout(false, 2 * CONFIRM_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** At how many registries the server is registered now. */
    public int registrations() {
        return registrations;
    }

    /** Says to all registries that the server is gone, three times, and ends, within half a second or so. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        resolution.close();
        post.hand(registrar::leave);
        post.close(LEAVE_MILLIS, registrar::hasLeft);
    }

    private void await(CompletableFuture<Boolean> confirmed, long nowMillis) {
        if (waiting.size() == MAX_WAITING) {
            confirmed.complete(false);
        } else {
            waiting.add(new Waiting(confirmed, nowMillis + CONFIRM_MILLIS));
        }
    }

    private void sayLatest(long nowMillis) {
        registrar.say(instance(), nowMillis);
    }

    /** The registrar, and those who wait for it. */
    private final class Desk implements Party {
        @Override
        public void receive(InetSocketAddress source, byte[] bytes, int length, long nowMillis, Outbox outbox) {
            registrar.receive(source, bytes, length, nowMillis, outbox);
        }

        @Override
        public long tick(long nowMillis, Outbox outbox) {
            sayLatest(nowMillis); // also when there was no room for the errand
            long next = registrar.tick(nowMillis, outbox);
            registrations = registrar.registrations();
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                Waiting one = each.next();
                boolean isConfirmed = registrar.isConfirmed();
                if (isConfirmed || one.until() <= nowMillis) {
                    one.confirmed().completeAsync(() -> isConfirmed);
                    each.remove();
                }
            }
            return next;
        }
    }
}
