package io.ticketmesh.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the operating system, read through one channel and written through another.
 *
 * <p>Java closes a {@link FileChannel} when a thread that uses it is interrupted, for all threads. Readers are any
 * threads, so a read hides the interrupt (and restores it afterwards), and when it comes in the middle the read channel
 * is opened anew and the read repeated; nobody else notices. Writing is for one owner thread that nobody interrupts: an
 * earlier interrupt is hidden here too, but one that arrives during a write or force fails it like any other error,
 * because an interrupt can mask the failure of a force, and a force must not be repeated.
 */
final class ChannelFile implements DiskFile {
    private final Path path;
    private final Runnable whenClosed;
    private final FileChannel writing;

    /** Guarded by this; replaced when an interrupt has closed it. */
    private FileChannel reading;

    /** Guarded by this. */
    private boolean closed;

    ChannelFile(Path path, Runnable whenClosed) throws IOException {
        this.path = path;
        this.whenClosed = whenClosed;
        this.writing = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            this.reading = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            writing.close();
            throw e;
        }
    }

    @Override
    public long size() throws IOException {
        return read(FileChannel::size);
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        int start = target.position();
        read(channel -> {
            target.position(start);
            while (target.hasRemaining()) {
                if (channel.read(target, position + target.position() - start) < 0) {
                    throw new EOFException(
                            path + " ends at " + channel.size() + ", before " + (position + target.limit() - start));
                }
            }
            return target;
        });
    }

    @Override
    public ByteBuffer map(long position, int length) throws IOException {
        return read(channel -> {
            if (position < 0 || length < 0 || position + length > channel.size()) {
                throw new EOFException(
                        path + " ends at " + channel.size() + ", before " + (position + length) + "; cannot map");
            }
            return channel.map(MapMode.READ_ONLY, position, length);
        });
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        change("write of " + source.remaining() + " bytes at " + position, () -> writeFully(position, source));
    }

    private void writeFully(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += writing.write(source, at);
        }
    }

    @Override
    public void force() throws IOException {
        change("force", () -> writing.force(false)); // sizes too; only times of the file may be missing
    }

    @Override
    public void resize(long size) throws IOException {
        change("resize to " + size, () -> {
            if (size > writing.size()) {
                writeFully(size - 1, ByteBuffer.allocate(1));
            } else {
                writing.truncate(size);
            }
        });
    }

    private interface Reading<T> {
        T from(FileChannel channel) throws IOException;
    }

    private interface Changing {
        void perform() throws IOException;
    }

    private <T> T read(Reading<T> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel channel = reading();
                try {
                    return action.from(channel);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } catch (EOFException e) {
            throw e;
        } catch (IOException e) {
            throw failed("read", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized FileChannel reading() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!reading.isOpen()) {
            reading = FileChannel.open(path, StandardOpenOption.READ);
        }
        return reading;
    }

    private void change(String what, Changing action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            action.perform();
        } catch (IOException e) {
            throw failed(what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IOException failed(String what, IOException cause) {
        String reason = cause instanceof ClosedChannelException ? "the file was closed" : cause.getMessage();
        return new IOException(path + ": " + what + " failed: " + reason, cause);
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (writing) {
            reading.close();
        } finally {
            whenClosed.run();
        }
    }
}
