package io.ticketmesh.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of servers, kept up to date: asks any two registries every three seconds, and when one tells of a change. One daemon
 * thread, {@code ticketmesh-registry-lookup}, and one UDP socket. Thread-safe; no call but {@link #close} waits.
 */
public final class RegistryLookup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLookup.class);

    private final Post post;
    private final Finder finder;
    private final Resolution resolution;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Listing> first = new CompletableFuture<>();
    private volatile Listing listing = Listing.UNKNOWN;

    private RegistryLookup(RegistryOptions options, Post post) {
        this.post = post;
        DatagramCodec codec = options.codec(new Tally());
        KnownRegistries known = new KnownRegistries(codec, options.link(), options::nearest, Post.random());
        this.finder = new Finder(codec, known, Post.random(), this::changed);
        this.resolution =
                new Resolution(options.registries(), addresses -> post.hand(now -> known.configure(addresses, now)));
    }

    /** Not equal to another one with the same listener. */
    private static final class Subscriber {
        private final Consumer<Listing> listener;

        Subscriber(Consumer<Listing> listener) {
            this.listener = listener;
        }
    }

    /**
     * Begins to ask. Whether there is a registry shows later; one that comes later is found.
     *
     * @throws RegistryUnavailableException when no socket can be opened
     */
    public static RegistryLookup start(RegistryOptions options) {
        try {
            Post post = Post.open("ticketmesh-registry-lookup", new InetSocketAddress(options.bindAddress(), 0), null);
            RegistryLookup lookup = new RegistryLookup(options, post);
            post.start(lookup.finder);
            lookup.resolution.start();
            return lookup;
        } catch (IOException e) {
            throw new RegistryUnavailableException("The lookup at the " + options + " finds no socket to open", e);
        }
    }

    /** The servers as they are known now; {@link Listing#UNKNOWN} until a registry has answered. After {@link #close} the last list. */
    public Listing listing() {
        return listing;
    }

    /** Completes when the first registry has answered; with a list that may well be empty. Cancelled by {@link #close}. */
    public CompletableFuture<Listing> first() {
        return first.copy();
    }

    /** Asks soon, rather than when it is time: for who finds that a server does not answer. Ten times a second at most. */
    public void refresh() {
        post.hand(finder::refresh);
    }

    /**
     * Tells {@code listener} of every list that differs from the one before, from the next on, in the thread of the lookup: it must
     * not wait for anything. What it throws is logged.
     *
     * @return ends it when it is closed
     */
    public AutoCloseable subscribe(Consumer<Listing> listener) {
        Subscriber subscriber = new Subscriber(listener);
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Lets go of socket and thread within a second. A second call does nothing. */
    @Override
    public void close() {
        resolution.close();
        post.close();
        first.cancel(false);
    }

    private void changed(Listing next) {
        listing = next;
        if (!next.stale()) {
            first.completeAsync(() -> next);
        }
        for (Subscriber subscriber : subscribers) {
            try {
                subscriber.listener.accept(next);
            } catch (RuntimeException e) {
                LOG.warn("A listener could not deal with a new list of servers", e);
            }
        }
    }
}
