package io.ticketmesh.registry;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks up the hosts of registries every 30 seconds, in a thread of its own, because a name service may take its time. When all
 * are addresses they are looked up once, and there is no thread.
 */
final class Resolution implements AutoCloseable {
    private static final long PAUSE_SECONDS = 30;

    private final List<HostPorts> places;
    private final Consumer<Set<InetSocketAddress>> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ticketmesh-registry-names");

    /** @param listener is told of all addresses at the start, and whenever they were looked up */
    Resolution(List<HostPorts> places, Consumer<Set<InetSocketAddress>> listener) {
        this.places = places;
        this.listener = listener;
        thread.setDaemon(true);
    }

    void start() {
        if (places.stream().allMatch(HostPorts::isAddress)) {
            listener.accept(all());
            return;
        }
        thread.start();
    }

    /** Does not wait for the name service; what it says then is not told any more. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                Set<InetSocketAddress> addresses = all();
                if (closed.getCount() > 0) {
                    listener.accept(addresses);
                }
            } while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was closed
        }
    }

    private Set<InetSocketAddress> all() {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        places.forEach(place -> addresses.addAll(place.resolve()));
        return addresses;
    }
}
