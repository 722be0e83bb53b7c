package io.ticketmesh.sample.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that create tickets, each on one node and one after the other, until they are told to end. */
final class Load implements AutoCloseable {
    private final AtomicInteger written = new AtomicInteger();
    private final List<Long> micros = new ArrayList<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService pool;
    private volatile boolean goesOn = true;

    private Load(int clients) {
        pool = Executors.newFixedThreadPool(clients);
    }

    /** @param pause from the beginning of a client's write to that of its next one, at least */
    static Load on(List<SampleNode> nodes, int clients, Duration pause) {
        Load load = new Load(clients);
        for (int client = 0; client < clients; client++) {
            SampleNode node = nodes.get(client % nodes.size());
            load.clients.add(load.pool.submit(() -> {
                load.write(node, pause);
                return null;
            }));
        }
        return load;
    }

    private void write(SampleNode node, Duration pause) throws Exception {
        while (goesOn) {
            long begin = System.nanoTime();
            node.create("Under load");
            note((System.nanoTime() - begin) / 1_000);
            Waiting.passUntil(begin + pause.toNanos());
        }
    }

    private synchronized void note(long tookMicros) {
        micros.add(tookMicros);
        written.incrementAndGet();
    }

    /** How many tickets were created so far. */
    int written() {
        return written.get();
    }

    /** How long each write took that was answered since the last call, in microseconds, the quickest first. */
    synchronized List<Long> takeMicros() {
        List<Long> taken = new ArrayList<>(micros);
        micros.clear();
        Collections.sort(taken);
        return taken;
    }

    /** Lets the clients finish their writes. @throws java.util.concurrent.ExecutionException when one was not answered with 201 */
    void end() throws Exception {
        goesOn = false;
        for (Future<?> client : clients) {
            client.get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        goesOn = false;
        pool.shutdownNow();
    }
}
