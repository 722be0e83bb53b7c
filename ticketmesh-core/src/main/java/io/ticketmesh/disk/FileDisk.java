package io.ticketmesh.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A directory of the operating system, used by one owner at a time: opening takes an exclusive lock, which the
 * operating system gives back even when the process is killed.
 *
 * <p>Thread-safe. See {@link ChannelFile} for what an interrupt does. Errors name the file.
 */
public final class FileDisk implements Disk, AutoCloseable {
    private final Path directory;
    private final DirectoryLock lock;

    /** How often each file is open. Changed inside {@code compute}, together with the change of the directory. */
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    private FileDisk(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens a directory, and creates it when absent.
     *
     * @throws DirectoryLockedException when another process, or another disk of this process, has it open
     */
    public static FileDisk open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        create(absolute);
        return new FileDisk(absolute, DirectoryLock.acquire(absolute));
    }

    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            Directories.force(parent);
        }
    }

    /** The directory, absolute. */
    public Path directory() {
        return directory;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FileName.LOCK))
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(path(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        Path path = path(name);
        open.merge(name, 1, Integer::sum);
        try {
            return new ChannelFile(path, () -> released(name));
        } catch (IOException | RuntimeException e) {
            released(name);
            throw e;
        }
    }

    private void released(String name) {
        open.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void delete(String name) throws IOException {
        Path path = path(name);
        refuseOpen(name);
        Files.deleteIfExists(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Path source = path(from);
        Path target = path(to);
        refuseOpen(from);
        refuseOpen(to);
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseOpen(String name) throws IOException {
        if (open.containsKey(name)) {
            throw new IOException(path(name) + " is still open");
        }
    }

    @Override
    public void forceDirectory() throws IOException {
        Directories.force(directory);
    }

    /** Gives the directory back. Open files stay usable until they are closed, so close them before. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Path path(String name) {
        return directory.resolve(FileName.checked(name));
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
