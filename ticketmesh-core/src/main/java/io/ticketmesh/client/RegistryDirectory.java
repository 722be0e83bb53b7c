package io.ticketmesh.client;

import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryLookup;
import io.ticketmesh.registry.RegistryOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The servers that registries list with an HTTP address. Thread-safe; the thread and the socket are those of its lookup. */
final class RegistryDirectory implements ServerDirectory {
    private final RegistryOptions options;
    private final RegistryLookup lookup;
    /** Calls that wait for a server. */
    private final Map<Long, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

    private final AtomicLong numbers = new AtomicLong();

    private volatile Translation latest = new Translation(null, new Listing(List.of(), true));
    private volatile boolean closed;

    /** A list of registries in the words of the client. */
    private record Translation(io.ticketmesh.registry.@Nullable Listing of, Listing listing) {}

    private RegistryDirectory(RegistryOptions options, RegistryLookup lookup) {
        this.options = options;
        this.lookup = lookup;
    }

    /** @throws io.ticketmesh.registry.RegistryUnavailableException when no socket can be opened */
    static RegistryDirectory follow(RegistryOptions options) {
        RegistryLookup lookup = RegistryLookup.start(options);
        RegistryDirectory directory = new RegistryDirectory(options, lookup);
        AutoCloseable unusedEndsWithTheLookup = lookup.subscribe(listing -> directory.changed());
        return directory;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the lookup gives the same instance until something changed
    public Listing listing() {
        io.ticketmesh.registry.Listing now = lookup.listing();
        Translation known = latest;
        if (known.of() != now) {
            known = translated(now);
        }
        return known.listing();
    }

    /** What changes nothing for clients, such as that a renewal is late, gives no new instance. */
    private synchronized Translation translated(io.ticketmesh.registry.Listing now) {
        Translation before = latest;
        List<Server> servers =
                now.servers().stream().map(RegistryDirectory::server).toList();
        Listing next = new Listing(servers, now.stale());
        latest = new Translation(now, next.equals(before.listing()) ? before.listing() : next);
        return latest;
    }

    private static Server server(Instance instance) {
        boolean draining = instance.state() == Instance.State.DRAINING;
        return new Server(
                instance.node(),
                instance.incarnation(),
                Objects.requireNonNull(instance.http(), "those without address were left out"),
                draining);
    }

    @Override
    public CompletableFuture<Boolean> anyServer() {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        long number = numbers.incrementAndGet();
        waiting.put(number, found);
        CompletableFuture<Boolean> unused = found.whenComplete((known, failure) -> waiting.remove(number));
        if (closed) {
            found.complete(false);
        } else if (!listing().servers().isEmpty()) {
            found.complete(true); // it came meanwhile
        }
        return found;
    }

    /** Called by the thread of the lookup, which must not carry on with the calls. */
    private void changed() {
        if (!listing().servers().isEmpty()) {
            waiting.values().forEach(found -> found.completeAsync(() -> true));
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(found -> found.complete(false));
        lookup.close();
    }

    /** For people. */
    @Override
    public String toString() {
        return "the " + options;
    }
}
