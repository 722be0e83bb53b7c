package io.ticketmesh.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive right to a directory, held until closed or until the process ends, however it ends.
 *
 * <p>POSIX gives up <em>all</em> locks of a process on a file when <em>any</em> descriptor of that file is closed. A
 * second attempt in one process must therefore never open and close the lock file: it is refused by {@link #HELD}
 * before.
 */
final class DirectoryLock implements AutoCloseable {
    /** The directories locked by this process, by file key (or by real path where the file system has no keys). */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    /**
     * Channels of lock files that turned out to be locked by this class in another class loader. Closing them would
     * release that lock, so they stay open for the life of the process.
     */
    private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    /** The locked byte lies far behind the text, because Windows lets nobody else read locked bytes. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MAX_PID_BYTES = 32;

    private final Object key;
    private final FileChannel channel;

    private DirectoryLock(Object key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws IOException {
        Object fileKey =
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        Object key = fileKey != null ? fileKey : directory.toRealPath();
        if (!HELD.add(key)) {
            throw new DirectoryLockedException(directory, ownPid());
        }
        try {
            return new DirectoryLock(key, lock(directory));
        } catch (IOException | RuntimeException e) {
            HELD.remove(key);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FileName.LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw new DirectoryLockedException(directory, readPid(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (OverlappingFileLockException e) {
            NEVER_CLOSED.add(channel);
            throw new DirectoryLockedException(directory, ownPid());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static OptionalLong ownPid() {
        return OptionalLong.of(ProcessHandle.current().pid());
    }

    private static OptionalLong readPid(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
        channel.read(text, 0);
        String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return digits.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** Empties the lock file, so that it names no process that is gone, and releases it. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } finally {
            HELD.remove(key);
        }
    }
}
