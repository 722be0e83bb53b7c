package io.ticketmesh.node;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.store.StoreFailedException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store in memory whose commits can be counted, held up, and made to fail. */
final class FragileStore {
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    volatile int failsAtCommit = Integer.MAX_VALUE;

    /** Commits wait for it; null lets them through. */
    volatile @Nullable CountDownLatch gate;

    /** Counted down when a commit waits at the gate. */
    final CountDownLatch waits = new CountDownLatch(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final MemoryStore memory;

    FragileStore() {
        this(new NodeId(0xF, 0xA));
    }

    FragileStore(NodeId node) {
        memory = new MemoryStore(node);
    }

    /** Counted down when the store is closed. */
    CountDownLatch closed() {
        return closed;
    }

    ReplicaStore store() {
        return (ReplicaStore) Proxy.newProxyInstance(
                FragileStore.class.getClassLoader(),
                new Class<?>[] {ReplicaStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        commit((Commit) arguments[0]);
                        return null;
                    }
                    if (method.getName().equals("close")) {
                        closes.incrementAndGet();
                        closed.countDown();
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void commit(Commit commit) throws InterruptedException {
        CountDownLatch shut = gate;
        if (shut != null) {
            waits.countDown();
            shut.await();
        }
        if (commits.incrementAndGet() >= failsAtCommit) {
            throw new StoreFailedException("The disk is full", new IOException("No space left on device"));
        }
        memory.commit(commit);
    }
}
