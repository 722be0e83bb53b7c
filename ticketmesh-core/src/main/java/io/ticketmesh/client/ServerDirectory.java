package io.ticketmesh.client;

import io.ticketmesh.registry.RegistryOptions;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where a client learns of servers.
 *
 * <p>{@link #listing} is asked before every attempt of every call, by many threads at once: it answers from memory, never blocks and
 * never throws. It gives the same instance until something changed. What it says is a hint: a server that is listed and does not answer is left alone all
 * the same. The client that was given a directory closes it.
 */
public interface ServerDirectory extends AutoCloseable {
    /** The servers that are known now. */
    Listing listing();

    /**
     * For a call that finds the list empty: when it is worth to look again. Never blocks and never throws; a future that is not needed any more is
     * cancelled. By default such a call fails at once.
     *
     * @return completes with true when a server is known, on a thread that may carry on with the call; with false when none is to be expected
     */
    default CompletableFuture<Boolean> anyServer() {
        return CompletableFuture.completedFuture(false);
    }

    /** Stops looking for servers; may be called again. Blocks for at most a second. */
    @Override
    void close();

    /**
     * The servers of one moment.
     *
     * @param servers sorted, no run of a node twice; may be empty
     * @param stale whether nobody could be asked of late, so that the list may be out of date
     */
    record Listing(List<Server> servers, boolean stale) {
        public Listing {
            servers = servers.stream().sorted().distinct().toList();
        }
    }

    /**
     * The servers of a mesh as its registries list them, kept up to date: those with an HTTP address. One daemon thread and one UDP
     * socket, until it is closed. While no registry answers, the list stays as it was and is stale. While no server is listed, calls wait as
     * long as they may.
     *
     * @param options of the mesh: its name, its secret if it has one, and where registries are
     * @throws io.ticketmesh.registry.RegistryUnavailableException when no socket can be opened
     */
    static ServerDirectory of(RegistryOptions options) {
        return RegistryDirectory.follow(options);
    }

    /**
     * A directory that always tells the same servers.
     *
     * @throws IllegalArgumentException when there is none, or an address is not one of a {@link Server}
     */
    static ServerDirectory of(URI... addresses) {
        if (addresses.length == 0) {
            throw new IllegalArgumentException("A client needs the address of at least one server");
        }
        Listing listing = new Listing(Arrays.stream(addresses).map(Server::at).toList(), false);
        return new ServerDirectory() {
            @Override
            public Listing listing() {
                return listing;
            }

            @Override
            public void close() {
                // there is nothing to stop
            }
        };
    }
}
