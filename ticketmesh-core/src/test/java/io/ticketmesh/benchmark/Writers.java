package io.ticketmesh.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each write one record after the other, and wait for the answer to each. */
final class Writers {
    private Writers() {}

    /** One durable write. */
    @FunctionalInterface
    interface Write {
        void perform() throws Exception;
    }

    /** Writes for a while with so many threads; returns the writes a second. */
    static double perSecond(int threads, Duration duration, Write write) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> counts = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> {
                    start.await();
                    long end = System.nanoTime() + duration.toNanos();
                    long count = 0;
                    while (System.nanoTime() < end) {
                        write.perform();
                        count++;
                    }
                    return count;
                }));
            }
            long begin = System.nanoTime();
            start.countDown();
            long total = sum(counts);
            return total * 1e9 / (System.nanoTime() - begin);
        } finally {
            pool.shutdown();
        }
    }

    private static long sum(List<Future<Long>> counts) throws ExecutionException, InterruptedException {
        long total = 0;
        for (Future<Long> count : counts) {
            total += count.get();
        }
        return total;
    }
}
