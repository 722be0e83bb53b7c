package io.ticketmesh.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The physical limit: a file to which records are appended, and one force for all that waits. It does nothing else. A single writer
 * writes and forces by itself; several hand their records to one thread, which is quicker than letting them take turns.
 */
final class PlainLog implements AutoCloseable {
    /** Written before the start, so that a force need not write the file's size. */
    private static final int FILE_BYTES = 64 << 20;

    private static final int MAX_BATCH = 1_024;

    private final FileChannel channel;
    private final byte[] record;
    private final ByteBuffer buffer;
    private final BlockingQueue<CompletableFuture<Boolean>> waiting = new ArrayBlockingQueue<>(8_192);
    private final Thread thread = new Thread(this::run, "plain-log");
    private volatile boolean closed;
    private long position;

    PlainLog(Path file, int recordBytes) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        record = new byte[recordBytes];
        buffer = ByteBuffer.allocateDirect(MAX_BATCH * recordBytes);
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (int at = 0; at < FILE_BYTES; at += zeros.capacity()) {
            channel.write(zeros.clear(), at);
        }
        channel.force(true);
        thread.setDaemon(true);
        thread.start();
    }

    /** Appends by itself; for one thread, and no other at that time. */
    void appendAlone() throws IOException {
        write(1);
    }

    /** Appends together with whoever appends at the same time. */
    void append() throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        waiting.put(done);
        done.get();
    }

    private void run() {
        List<CompletableFuture<Boolean>> batch = new ArrayList<>();
        while (!closed) {
            try {
                CompletableFuture<Boolean> first = waiting.poll(20, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MAX_BATCH - 1);
                    write(batch.size());
                    batch.forEach(done -> done.complete(true));
                    batch.clear();
                }
            } catch (IOException | InterruptedException failure) {
                batch.forEach(done -> done.completeExceptionally(failure));
                return;
            }
        }
    }

    private void write(int records) throws IOException {
        buffer.clear();
        for (int i = 0; i < records; i++) {
            buffer.put(record);
        }
        buffer.flip();
        if (position + buffer.remaining() > FILE_BYTES) {
            position = 0;
        }
        position += channel.write(buffer, position);
        channel.force(false);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        thread.join();
        channel.close();
    }
}
