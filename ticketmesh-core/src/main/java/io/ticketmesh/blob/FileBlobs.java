package io.ticketmesh.blob;

import io.ticketmesh.causality.WallClock;
import io.ticketmesh.disk.Directories;
import io.ticketmesh.disk.FileDisk;
import io.ticketmesh.ticket.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bytes as files of a directory, which it uses alone. A blob is a file named by its hash, in one of 256 directories named by the
 * first two digits. Bytes come into a file in {@code drafts}, are forced, and get their name by a rename, which is forced too; so a name
 * never stands for half of its bytes, whenever the power fails. Drafts that a crash left are deleted at the next open.
 *
 * <p>The time of modification of a file says when its bytes were kept last.
 *
 * <p>Thread-safe. An interrupt fails what its thread is doing, and nothing else.
 */
public final class FileBlobs implements BlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileBlobs.class);
    private static final String DRAFTS = "drafts";
    private static final int PREFIX = 2;
    private static final int LOCKS = 64;

    private static final int CHECK_BYTES = 64 << 10;

    /** After so many bytes of a draft it looks again how much room is left: 1 MiB. */
    private static final long LOOK_BYTES = 1 << 20;

    private final FileDisk disk;
    private final Path root;
    private final Path drafts;
    private final long minFreeBytes;
    private final WallClock clock;
    private final Room room;

    /** Keep what keeps a blob and what deletes it apart; by hash. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    /** How much room the disk has; a seam for tests. */
    @FunctionalInterface
    interface Room {
        long usableBytes(Path directory) throws IOException;
    }

    private FileBlobs(FileDisk disk, long minFreeBytes, WallClock clock, Room room) throws IOException {
        this.disk = disk;
        this.root = disk.directory();
        this.drafts = root.resolve(DRAFTS);
        this.minFreeBytes = minFreeBytes;
        this.clock = clock;
        this.room = room;
        Files.createDirectories(drafts);
        disk.forceDirectory();
        deleteDrafts();
    }

    /**
     * Opens a directory, and creates it when absent.
     *
     * @param minFreeBytes how much room on the disk is left to others: nothing is taken that would go into it
     * @throws io.ticketmesh.disk.DirectoryLockedException when another store uses the directory
     * @throws IOException when it cannot be used
     */
    public static FileBlobs open(Path directory, long minFreeBytes, WallClock clock) throws IOException {
        return open(
                directory, minFreeBytes, clock, path -> Files.getFileStore(path).getUsableSpace());
    }

    static FileBlobs open(Path directory, long minFreeBytes, WallClock clock, Room room) throws IOException {
        FileDisk disk = FileDisk.open(directory);
        try {
            return new FileBlobs(disk, minFreeBytes, clock, room);
        } catch (IOException | RuntimeException failed) {
            disk.close();
            throw failed;
        }
    }

    private void deleteDrafts() throws IOException {
        try (Stream<Path> left = Files.list(drafts)) {
            for (Path draft : left.toList()) {
                Files.delete(draft);
            }
        }
    }

    @Override
    public BlobDraft draft() {
        requireRoom();
        Path file = drafts.resolve(UUID.randomUUID().toString());
        try {
            return new Draft(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed("An attachment cannot be begun in " + drafts, e);
        }
    }

    @Override
    public OptionalLong size(ContentHash hash) {
        try {
            return OptionalLong.of(Files.size(file(hash)));
        } catch (NoSuchFileException absent) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new BlobFailedException("The attachment " + file(hash) + " cannot be looked at", e);
        }
    }

    @Override
    public InputStream open(ContentHash hash, long position) {
        try {
            FileChannel channel = FileChannel.open(file(hash), StandardOpenOption.READ);
            try {
                return Channels.newInputStream(channel.position(position));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BlobFailedException("The attachment " + file(hash) + " cannot be read", e);
        }
    }

    @Override
    public List<ContentHash> list(@Nullable ContentHash after, int max) {
        List<ContentHash> listed = new ArrayList<>();
        String bound = after == null ? "" : after.toString();
        try {
            for (Path directory : sorted(root)) {
                String prefix = directory.getFileName().toString();
                boolean wanted = prefix.length() == PREFIX
                        && (after == null || prefix.compareTo(bound.substring(0, PREFIX)) >= 0)
                        && Files.isDirectory(directory);
                if (wanted) {
                    sorted(directory).stream()
                            .map(file -> file.getFileName().toString())
                            .filter(name -> isHash(name) && name.compareTo(bound) > 0)
                            .limit(max - listed.size())
                            .map(ContentHash::parse)
                            .forEach(listed::add);
                }
                if (listed.size() == max) {
                    break;
                }
            }
            return listed;
        } catch (IOException e) {
            throw new BlobFailedException("The attachments in " + root + " cannot be listed", e);
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHash(String name) {
        return name.length() == 2 * ContentHash.BYTES
                && name.chars().allMatch(digit -> digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f');
    }

    @Override
    public boolean delete(ContentHash hash, long keptBeforeMillis) {
        Path file = file(hash);
        synchronized (lock(hash)) {
            try {
                boolean old = Files.getLastModifiedTime(file).toMillis() < keptBeforeMillis;
                return old && Files.deleteIfExists(file);
            } catch (NoSuchFileException absent) {
                return false;
            } catch (IOException e) {
                throw new BlobFailedException("The attachment " + file + " cannot be deleted", e);
            }
        }
    }

    /**
     * What is damaged is moved to the drafts, where it can be looked at until the next open. It is read a second time before, while nobody
     * can keep the same bytes again.
     */
    @Override
    public Finding check(ContentHash hash) {
        if (find(hash) == Finding.SOUND) {
            return Finding.SOUND;
        }
        synchronized (lock(hash)) {
            Finding finding = find(hash);
            if (finding == Finding.DAMAGED) {
                setAside(hash);
            }
            return finding;
        }
    }

    private Finding find(ContentHash hash) {
        Path file = file(hash);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return hashOf(channel).filter(hash::equals).isPresent() ? Finding.SOUND : Finding.DAMAGED;
        } catch (NoSuchFileException absent) {
            return Finding.ABSENT;
        } catch (IOException e) {
            throw new BlobFailedException("The attachment " + file + " cannot be read", e);
        }
    }

    /** Empty when the disk does not give all of it. */
    private static Optional<ContentHash> hashOf(FileChannel channel) throws ClosedByInterruptException {
        Hashing hashing = new Hashing();
        ByteBuffer buffer = ByteBuffer.allocate(CHECK_BYTES);
        try {
            while (channel.read(buffer) >= 0) {
                hashing.add(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return Optional.of(hashing.hash());
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted; // says nothing of the disk
        } catch (IOException unreadable) {
            LOG.warn("The disk does not give all bytes of an attachment", unreadable);
            return Optional.empty();
        }
    }

    private void setAside(ContentHash hash) {
        Path aside = drafts.resolve(hash + ".damaged");
        try {
            Files.move(file(hash), aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("The attachment {} is damaged; until the next start it is {}", hash, aside);
        } catch (IOException e) {
            throw new BlobFailedException("The damaged attachment " + file(hash) + " cannot be set aside", e);
        }
    }

    @Override
    public void close() {
        try {
            disk.close();
        } catch (IOException e) {
            LOG.warn("The directory {} could not be given back", root, e);
        }
    }

    private Path file(ContentHash hash) {
        String name = hash.toString();
        return root.resolve(name.substring(0, PREFIX)).resolve(name);
    }

    private Object lock(ContentHash hash) {
        return locks[(int) (hash.fourth() & (LOCKS - 1))];
    }

    /** Refuses to go into the room that is left to others, above all to the log of the tickets. */
    private void requireRoom() {
        long usable;
        try {
            usable = room.usableBytes(drafts);
        } catch (IOException e) {
            throw new BlobFailedException("It cannot be told how much room " + root + " has", e);
        }
        if (usable < minFreeBytes) {
            throw new NoRoomException(
                    "The disk of " + root + " has " + usable + " bytes left, and " + minFreeBytes
                            + " of them are kept for other things",
                    null);
        }
    }

    /** A full disk fails like any other, so it is asked whether it is full. */
    private RuntimeException failed(String what, IOException cause) {
        try {
            if (room.usableBytes(drafts) < Math.max(minFreeBytes, LOOK_BYTES)) {
                return new NoRoomException(what + ": the disk is full", cause);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new BlobFailedException(what, cause);
    }

    /** Gives a draft its name, durably, also where the name is taken: these bytes are known to be right. */
    private void name(Path draft, ContentHash hash) throws IOException {
        Path file = file(hash);
        Path directory = root.resolve(file.getParent());
        synchronized (lock(hash)) {
            create(directory);
            Files.setLastModifiedTime(draft, FileTime.fromMillis(clock.millis()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Directories.force(directory);
        }
    }

    private synchronized void create(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
            disk.forceDirectory();
        }
    }

    private final class Draft implements BlobDraft {
        private final Path file;
        private final FileChannel channel;
        private final Hashing hashing = new Hashing();
        private long size;
        private long sizeAtLook;

        Draft(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (size + length - sizeAtLook > LOOK_BYTES) {
                requireRoom();
                sizeAtLook = size;
            }
            hashing.add(bytes, offset, length);
            try {
                ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
                while (source.hasRemaining()) {
                    channel.write(source);
                }
            } catch (IOException e) {
                throw failed("An attachment cannot be written to " + file, e);
            }
            size += length;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public ContentHash hash() {
            return hashing.hash();
        }

        @Override
        public Blob keep() {
            try {
                channel.force(true);
                channel.close();
                name(file, hash());
            } catch (IOException e) {
                throw failed("An attachment cannot be kept in " + root, e);
            } finally {
                close();
            }
            return new Blob(hash(), size);
        }

        @Override
        public void close() {
            try (channel) {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The draft {} is left until the next start", file, e);
            }
        }
    }
}
