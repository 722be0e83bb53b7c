package io.ticketmesh.spring.registry;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.spring.TicketMeshProperties;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Tells registries where this server answers when all of the application is up, and that it drains before anything of it stops. A stop waits until no
 * call has come for a second and, if there were callers of late, until every client has asked again, at most the drain time. So a stop without
 * clients takes no time, and one under load about four seconds. The node itself leaves the registries when it is closed.
 */
final class Announcement implements SmartLifecycle {
    /** How long nobody may have called before it is believed that nobody will. */
    static final Duration QUIET = Duration.ofSeconds(1);

    /** In this time every client has asked a registry again, so that a pause between two of its calls does not look as if it knew. */
    private static final Duration ASKED_AGAIN = RegistryAgent.DRAIN_TIME.dividedBy(2);

    private final Supplier<TicketMesh> node;
    private final TicketMeshProperties.Registry settings;
    private final Supplier<@Nullable URI> http;
    private final LongSupplier quietNanos;
    private boolean listed;
    private volatile boolean running;

    /**
     * @param node opened already when this begins
     * @param http where the server answers; null when it does not
     * @param quietNanos for how long nobody has called
     */
    Announcement(
            Supplier<TicketMesh> node,
            TicketMeshProperties.Registry settings,
            Supplier<@Nullable URI> http,
            LongSupplier quietNanos) {
        this.node = node;
        this.settings = settings;
        this.http = http;
        this.quietNanos = quietNanos;
    }

    @Override
    public void start() {
        URI set = settings.httpAddress();
        URI address = set == null ? http.get() : set;
        TicketMesh opened = node.get();
        opened.announce(
                instance -> instance.withHttp(address).withZone(settings.zone()).withState(Instance.State.UP));
        listed = address != null && opened.registryOptions().isPresent();
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        if (!listed) {
            callback.run();
            return;
        }
        CompletableFuture<Boolean> unusedBecauseHintsMayBeLate = node.get().drain();
        long begin = System.nanoTime();
        boolean called = quietNanos.getAsLong() < RegistryAgent.DRAIN_TIME.toNanos();
        long earliest = called ? begin + ASKED_AGAIN.toNanos() : begin;
        leaveWhenQuiet(earliest, begin + settings.drainTime().toNanos(), callback);
    }

    private void leaveWhenQuiet(long earliest, long end, Runnable callback) {
        long now = System.nanoTime();
        long untilQuiet = QUIET.toNanos() - quietNanos.getAsLong();
        long wait = Math.min(Math.max(untilQuiet, earliest - now), end - now);
        if (wait <= 0) {
            callback.run();
        } else {
            CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS)
                    .execute(() -> leaveWhenQuiet(earliest, end, callback));
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts after the web server, and stops before it and before all that serves its requests. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
