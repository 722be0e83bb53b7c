package io.ticketmesh.client;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

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
