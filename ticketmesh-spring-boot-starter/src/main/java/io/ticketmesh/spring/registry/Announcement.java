package io.ticketmesh.spring.registry;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.registry.Instance;
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
 * Tells registries where this server answers when all of the application is up, and that it drains before anything of it stops. Then it waits for
 * its {@link Farewell} to end, at most the drain time: a second without clients, about four under load. The node itself leaves the registries when
 * it is closed.
 */
final class Announcement implements SmartLifecycle {
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
        long begin = System.nanoTime();
        CompletableFuture<Boolean> told = node.get().drain();
        Duration longest = settings.drainTime();
        CompletableFuture<Void> unusedEndsWithTheCallback = told.completeOnTimeout(
                        false, longest.toNanos(), TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> leave(new Farewell(begin, System.nanoTime(), longest), callback));
    }

    private void leave(Farewell farewell, Runnable callback) {
        long wait = farewell.waitNanos(System.nanoTime(), quietNanos.getAsLong());
        if (wait <= 0) {
            callback.run();
        } else {
            CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS).execute(() -> leave(farewell, callback));
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
