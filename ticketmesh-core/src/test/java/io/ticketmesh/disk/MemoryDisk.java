package io.ticketmesh.disk;

import io.ticketmesh.disk.DiskOperation.Create;
import io.ticketmesh.disk.DiskOperation.Delete;
import io.ticketmesh.disk.DiskOperation.FailedForce;
import io.ticketmesh.disk.DiskOperation.FailedForceDirectory;
import io.ticketmesh.disk.DiskOperation.Force;
import io.ticketmesh.disk.DiskOperation.ForceDirectory;
import io.ticketmesh.disk.DiskOperation.Rename;
import io.ticketmesh.disk.DiskOperation.Resize;
import io.ticketmesh.disk.DiskOperation.Write;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that remembers every change in order, and can show what a restart would find had the world stopped
 * after any of them. Crash points are counted from 0 (before everything) to {@link #operations()} (after everything).
 *
 * <p>A disk made by {@code afterKill} remembers the operations before the kill: the kernel has survived, so what was
 * not forced can still be lost by a later power loss. New operations are counted on from there. A disk made by {@code
 * afterPowerLoss} starts from 0. Both are independent of this one. Thread-safe.
 */
public final class MemoryDisk implements Disk {
    /** An image is kept after so many operations, so that each crash point is near one. */
    private static final int IMAGE_EVERY = 64;

    private final List<DiskOperation> operations;
    private final List<DiskImage> images;
    private final DiskImage now;
    private final Map<Integer, Integer> open = new HashMap<>();
    private final Map<Integer, List<View>> views = new HashMap<>();

    private int writesUntilFailure = Integer.MAX_VALUE;
    private int tornBytesAtFailure;
    private int forcesUntilFailure = Integer.MAX_VALUE;
    private long freeBytes = Long.MAX_VALUE;

    /** An empty disk. */
    public MemoryDisk() {
        this(new ArrayList<>(), new ArrayList<>(List.of(new DiskImage())), new DiskImage());
    }

    private MemoryDisk(List<DiskOperation> operations, List<DiskImage> images, DiskImage now) {
        this.operations = operations;
        this.images = images;
        this.now = now;
    }

    private record View(long position, int length, WeakReference<byte[]> bytes) {}

    // Crashes

    /** How many changes were made so far, those before a kill included. */
    public synchronized int operations() {
        return operations.size();
    }

    /** The operation after crash point {@code k}, for the message of a failing test. */
    public synchronized String operation(int k) {
        return k < operations.size() ? operations.get(k).toString() : "nothing";
    }

    /** The length of the operation after crash point {@code k} when it is a write, else 0. */
    public synchronized int writtenBytes(int k) {
        return k < operations.size() && operations.get(k) instanceof Write write ? write.bytes().length : 0;
    }

    /** The disk after the process was killed behind the first {@code k} operations. */
    public synchronized MemoryDisk afterKill(int k) {
        List<DiskOperation> done = new ArrayList<>(operations.subList(0, k));
        List<DiskImage> kept = new ArrayList<>(images.subList(0, k / IMAGE_EVERY + 1));
        return new MemoryDisk(done, kept, imageAt(k));
    }

    /** The same, while the next operation, a write, was there with its first {@code tornBytes} bytes. */
    public synchronized MemoryDisk afterKill(int k, int tornBytes) {
        MemoryDisk disk = afterKill(k);
        Write write = (Write) operations.get(k);
        disk.perform(new Write(write.file(), write.position(), Arrays.copyOf(write.bytes(), tornBytes)));
        return disk;
    }

    /** The disk after a power loss behind the first {@code k} operations: everything that was not forced is lost. */
    public synchronized MemoryDisk afterPowerLoss(int k) {
        return durable(new PowerLoss(null).strike(images.get(0), operations.subList(0, k)));
    }

    /** The same, but what was not forced is there, absent, or torn, as {@code random} chooses for each operation. */
    public synchronized MemoryDisk afterPowerLoss(int k, Random random) {
        return durable(new PowerLoss(random).strike(images.get(0), operations.subList(0, k)));
    }

    /** An independent disk with the same files, all of them durable. */
    public synchronized MemoryDisk copy() {
        return durable(now.copy());
    }

    private static MemoryDisk durable(DiskImage image) {
        return new MemoryDisk(new ArrayList<>(), new ArrayList<>(List.of(image)), image.copy());
    }

    private DiskImage imageAt(int k) {
        DiskImage image = images.get(k / IMAGE_EVERY).copy();
        operations.subList(k / IMAGE_EVERY * IMAGE_EVERY, k).forEach(image::apply);
        return image;
    }

    // Failures

    /** Lets the {@code n}-th write from now (1: the next) fail, without any of its bytes. */
    public void failWrite(int n) {
        failWrite(n, 0);
    }

    /** The same, but its first {@code tornBytes} bytes are written. */
    public synchronized void failWrite(int n, int tornBytes) {
        writesUntilFailure = n;
        tornBytesAtFailure = tornBytes;
    }

    /**
     * Lets the {@code n}-th force of a file or of the directory from now fail. What it should have covered stays
     * readable, but no later force makes it durable.
     */
    public synchronized void failForce(int n) {
        forcesUntilFailure = n;
    }

    /** Lets files grow by {@code bytes} more in total; then there is no space left. */
    public synchronized void fullAfter(long bytes) {
        freeBytes = bytes;
    }

    // Disk

    @Override
    public synchronized List<String> list() {
        return List.copyOf(now.names.keySet());
    }

    @Override
    public synchronized boolean exists(String name) {
        return now.names.containsKey(FileName.checked(name));
    }

    @Override
    public synchronized DiskFile open(String name) {
        @Nullable Integer number = now.names.get(FileName.checked(name));
        if (number == null) {
            number =
                    now.files.keySet().stream().mapToInt(file -> file + 1).max().orElse(0);
            now.content(number);
            perform(new Create(name, number));
        }
        open.merge(number, 1, Integer::sum);
        return new OpenFile(name, number);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        if (exists(name)) {
            refuseOpen(name);
            freeBytes += freeBytes == Long.MAX_VALUE
                    ? 0
                    : now.content(now.names.get(name)).size();
            perform(new Delete(name));
        }
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        refuseOpen(to);
        if (!exists(from)) {
            throw new NoSuchFileException(from);
        }
        refuseOpen(from);
        perform(new Rename(from, to));
    }

    @Override
    public synchronized void forceDirectory() throws IOException {
        if (forceFails()) {
            perform(new FailedForceDirectory());
            throw new IOException("directory: force failed: injected");
        }
        perform(new ForceDirectory());
    }

    private void refuseOpen(String name) throws IOException {
        if (exists(name) && open.containsKey(now.names.get(name))) {
            throw new IOException(name + " is still open");
        }
    }

    private boolean forceFails() {
        return forcesUntilFailure != Integer.MAX_VALUE && --forcesUntilFailure == 0;
    }

    private void perform(DiskOperation operation) {
        now.apply(operation);
        operations.add(operation);
        if (operations.size() % IMAGE_EVERY == 0) {
            images.add(now.copy());
        }
    }

    private final class OpenFile implements DiskFile {
        private final String name;
        private final int number;
        private boolean closed;

        OpenFile(String name, int number) {
            this.name = name;
            this.number = number;
        }

        @Override
        public long size() throws IOException {
            synchronized (MemoryDisk.this) {
                return content().size();
            }
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            synchronized (MemoryDisk.this) {
                target.put(existing(position, target.remaining()));
            }
        }

        @Override
        public ByteBuffer map(long position, int length) throws IOException {
            synchronized (MemoryDisk.this) {
                byte[] bytes = existing(position, length);
                List<View> mapped = views.computeIfAbsent(number, key -> new ArrayList<>());
                mapped.removeIf(view -> view.bytes.get() == null);
                mapped.add(new View(position, length, new WeakReference<>(bytes)));
                return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            synchronized (MemoryDisk.this) {
                long size = content().size();
                byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                boolean fails = writesUntilFailure != Integer.MAX_VALUE && --writesUntilFailure == 0;
                int written = fails ? Math.min(tornBytesAtFailure, bytes.length) : bytes.length;
                int fitting = (int) Math.max(0, Math.min(written, clampedEnd(size) - position));
                if (fitting > 0) {
                    freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : Math.max(0, position + fitting - size);
                    perform(new Write(
                            number, position, fitting == bytes.length ? bytes : Arrays.copyOf(bytes, fitting)));
                    showThrough(position, fitting);
                }
                if (fails) {
                    throw new IOException(name + ": write at " + position + " failed: injected");
                }
                if (fitting < bytes.length) {
                    throw new IOException(name + ": write at " + position + " failed: no space left on device");
                }
            }
        }

        private long clampedEnd(long size) {
            return freeBytes > Long.MAX_VALUE - size ? Long.MAX_VALUE : size + freeBytes;
        }

        @Override
        public void force() throws IOException {
            synchronized (MemoryDisk.this) {
                content();
                if (forceFails()) {
                    perform(new FailedForce(number));
                    throw new IOException(name + ": force failed: injected");
                }
                perform(new Force(number));
            }
        }

        @Override
        public void resize(long size) throws IOException {
            synchronized (MemoryDisk.this) {
                long before = content().size();
                if (size > clampedEnd(before)) {
                    throw new IOException(name + ": resize to " + size + " failed: no space left on device");
                }
                freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : size - before;
                perform(new Resize(number, size));
                showThrough(Math.min(before, size), (int) Math.min(Integer.MAX_VALUE, Math.abs(size - before)));
            }
        }

        /** Updates the mapped bytes that a write has changed. */
        private void showThrough(long position, int length) {
            for (View view : views.getOrDefault(number, List.of())) {
                byte @Nullable [] bytes = view.bytes.get();
                long from = Math.max(position, view.position);
                long to = Math.min(position + length, view.position + view.length);
                if (bytes != null && from < to) {
                    byte[] fresh = now.content(number).read(from, (int) (to - from));
                    System.arraycopy(fresh, 0, bytes, (int) (from - view.position), fresh.length);
                }
            }
        }

        private byte[] existing(long position, int length) throws IOException {
            if (position < 0 || position + length > content().size()) {
                throw new EOFException(name + " ends at " + content().size() + ", before " + (position + length));
            }
            return content().read(position, length);
        }

        private Content content() throws IOException {
            if (closed) {
                throw new IOException(name + ": the file was closed", new ClosedChannelException());
            }
            return now.content(number);
        }

        @Override
        public void close() {
            synchronized (MemoryDisk.this) {
                if (!closed) {
                    closed = true;
                    open.computeIfPresent(number, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }
}
