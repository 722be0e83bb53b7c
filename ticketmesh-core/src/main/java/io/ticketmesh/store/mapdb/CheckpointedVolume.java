package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.DataInput2;
import org.mapdb.volume.Volume;

/**
 * MapDB's storage with checkpoints: changed 4 KiB pages stay in memory until a checkpoint has made them durable all at once.
 * After a crash the volume is what it was at the newest completed checkpoint; the caller replays its log from that
 * checkpoint's mark.
 *
 * <pre>{@code
 * CheckpointedVolume volume = CheckpointedVolume.open(disk, identity);
 * DB db = DBMaker.volumeDB(volume, volume.existed()).make(); // and no other option
 * replayFrom(volume.openedMark());
 * ...
 * db.commit();                                  // writer thread
 * Checkpoint checkpoint = volume.freeze(mark);  // writer thread
 * checkpoint.write();                           // any one thread
 * }</pre>
 *
 * <p><b>Before {@link #freeze} the writer must call {@code db.commit()}</b>, between two changes. MapDB keeps nothing of the
 * store in memory that is not also on the volume, except the checksum of its header, which only {@code commit()} brings up to
 * date; without it the store does not open again. {@code commit()} calls {@link #sync()}, which does nothing here.
 *
 * <p><b>Threads.</b> One writer changes the store and freezes it; any number of threads read at any time; one thread at a time
 * writes checkpoints. Reading takes no lock: what a reader finds is ordered by MapDB's locks on records, and a page is never
 * changed in place once it is frozen.
 *
 * <p><b>Memory.</b> Changed pages are held until a checkpoint that contains them is complete: {@link #dirtyBytes()} wait for
 * the next one, {@link #frozenBytes()} are being written. The volume does not bound them, since it cannot stop in the middle of
 * a change of MapDB. The caller begins a checkpoint when enough are dirty, and waits for the running one before it changes more
 * when too many are held; see {@link MapDbOptions}. Besides, the volume takes 8 bytes a page of the store and a buffer of 1 MiB
 * outside the heap. Each of the two journals becomes as large as the largest checkpoint and stays so.
 *
 * <p><b>Errors.</b> A page whose checksum is wrong is never served: {@link DamagedDatabaseException}. After that, or when
 * writing a checkpoint fails, the volume has {@link #failed()}: it can still be read and even changed, in memory, but never
 * frozen again; what the disk holds is found out by opening it anew. When a change of MapDB ends in any exception, the caller
 * must not freeze what it left behind either.
 */
public final class CheckpointedVolume extends Volume {
    /** The longest mark of a checkpoint: 64 KiB. */
    public static final int MAX_MARK_BYTES = CheckpointHeader.MAX_MARK_BYTES;

    /** The base file is mapped in pieces of 64 MiB. */
    private static final int CHUNK_SHIFT = 26;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final UUID identity;
    private final DatabaseFiles files;
    private final PageTable pages = new PageTable();
    private final Optional<CheckpointHeader> opened;

    /** Held while a checkpoint is written. */
    private final ReentrantLock writing = new ReentrantLock();

    /** The checkpoint that was frozen and is not complete. Changed under this. */
    private volatile @Nullable Checkpoint running;

    /** Only pages of this generation may be changed in place. Changed under this. */
    private volatile long generation;

    /** The pages of the current generation. Changed under this. */
    private volatile PageSet dirty = new PageSet();

    private volatile long frozenBytes;

    private volatile @Nullable Throwable failure;

    private CheckpointedVolume(UUID identity, DatabaseFiles files) {
        this.identity = identity;
        this.files = files;
        this.opened = Optional.of(files.applied()).filter(checkpoint -> checkpoint.number() > 0);
        pages.resize(files.applied().length());
    }

    /**
     * Opens the volume in a directory, or creates it. Repairs what a crash has left; a first start that was killed at any moment
     * before its first checkpoint is a first start again.
     *
     * @param identity identifies the directory; files that carry another are refused
     * @throws DamagedDatabaseException when a file is not what was written
     * @throws ForeignFileException when a file is not ours, or belongs to another directory
     * @throws NewerFormatException when a newer version of this library wrote it
     */
    public static CheckpointedVolume open(Disk disk, UUID identity) throws IOException {
        return open(disk, identity, CHUNK_SHIFT);
    }

    static CheckpointedVolume open(Disk disk, UUID identity, int chunkShift) throws IOException {
        return new CheckpointedVolume(identity, DatabaseFiles.open(disk, identity, chunkShift));
    }

    /** The identity of the volume in a directory, empty when there is none. Throws what {@link #open} throws. */
    public static Optional<UUID> identity(Disk disk) throws IOException {
        return DatabaseFiles.identity(disk);
    }

    // Checkpoints

    public UUID identity() {
        return identity;
    }

    /** Whether there was a checkpoint to open: the second argument of {@code DBMaker.volumeDB}. */
    public boolean existed() {
        return opened.isPresent();
    }

    /** The mark of the checkpoint that was found at open, a copy; empty at a first start. */
    public Optional<byte[]> openedMark() {
        return opened.map(checkpoint -> checkpoint.mark().clone());
    }

    /** The mark of the newest completed checkpoint, a copy; the log before it is no longer needed. Empty when there is none. */
    public Optional<byte[]> completedMark() {
        return Optional.of(files.applied())
                .filter(checkpoint -> checkpoint.number() > 0)
                .map(checkpoint -> checkpoint.mark().clone());
    }

    /**
     * Freezes the present state; takes microseconds, whatever its size. Only on the writer thread, after {@code db.commit()} and
     * before the next change.
     *
     * @param mark what the caller wants to find again after a crash, such as the position in the log; at most
     *     {@value #MAX_MARK_BYTES} bytes; copied
     * @throws IllegalStateException when the checkpoint before is not complete, or the volume is closed or has failed
     */
    public synchronized Checkpoint freeze(byte[] mark) {
        if (mark.length > MAX_MARK_BYTES) {
            throw new IllegalArgumentException("mark has " + mark.length + " bytes, at most " + MAX_MARK_BYTES);
        }
        refuseWhenUnusable();
        if (running != null) {
            throw new IllegalStateException("the checkpoint before is not complete");
        }
        CheckpointHeader header = new CheckpointHeader(files.applied().number() + 1, pages.length(), mark.clone());
        Checkpoint checkpoint = new Checkpoint(this, header, dirty);
        frozenBytes = dirty.bytes();
        dirty = new PageSet();
        generation++;
        running = checkpoint;
        return checkpoint;
    }

    /** Whether a checkpoint was frozen and is not complete; another can be frozen when this is false. */
    public boolean checkpointing() {
        return running != null;
    }

    void write(Checkpoint checkpoint) throws IOException {
        writing.lock();
        try {
            refuseWhenUnusable();
            if (running != checkpoint) {
                throw new IllegalStateException("checkpoint " + checkpoint.number() + " was written before");
            }
            Page[] frozen = checkpoint.takePages().sorted();
            try {
                files.write(checkpoint.header(), frozen);
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
                throw e;
            }
            for (Page page : frozen) {
                pages.retire(page);
            }
            frozenBytes = 0;
            running = null;
        } finally {
            writing.unlock();
        }
    }

    private void refuseWhenUnusable() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the volume has failed: " + cause.getMessage(), cause);
        }
        refuseWhenClosed();
    }

    private void refuseWhenClosed() {
        if (isClosed()) {
            throw new IllegalStateException("the volume is closed");
        }
    }

    /** Whether writing a checkpoint has failed, or damage was found. Then the owner must stop changing the store. */
    public boolean failed() {
        return failure != null;
    }

    /** Why the volume has failed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Bytes changed since the last freeze, in whole pages. */
    public long dirtyBytes() {
        return dirty.bytes();
    }

    /** Bytes of the checkpoint that is not complete. */
    public long frozenBytes() {
        return frozenBytes;
    }

    /** Bytes of all pages that memory must hold: dirty and frozen. */
    public long heldBytes() {
        return dirtyBytes() + frozenBytes();
    }

    /**
     * Verifies the next pages of the base file, also those that were verified before. Pages that memory holds are skipped. Any
     * thread; meant to be called now and then with a few hundred pages.
     *
     * @param firstPage where to begin: 0, or what the call before has returned
     * @return where to go on, 0 when the end is reached
     * @throws DamagedDatabaseException at the first page that is not what was written; reading it fails from now on, and the
     *     volume has {@link #failed()}
     */
    public long scrub(long firstPage, int count) throws IOException {
        refuseWhenClosed();
        long end = pages.length() >>> Page.SHIFT;
        long last = Math.min(end, firstPage + count);
        for (long page = firstPage; page < last; page++) {
            if (page % ChecksumTable.SUMS_PER_PAGE == 0) {
                files.scrubSums(page);
            }
            Page held = pages.at(page);
            if ((held == null || held == Page.CLEAN) && files.sums.sum(page) != 0) {
                verify(page);
            }
        }
        return last >= end ? 0 : last;
    }

    /**
     * Copies the newest completed checkpoint into another directory, which must hold none, and verifies every page. Writing and
     * reading go on meanwhile; a checkpoint that is being written waits with its second half, so use a fast target and watch
     * {@link #heldBytes()}. A copy that was cut off is refused at open. Any thread but the one that writes checkpoints.
     *
     * @return the mark of the copied checkpoint
     * @throws IllegalStateException when there is no completed checkpoint yet, or the volume is closed or has failed
     * @throws java.nio.file.FileAlreadyExistsException when the target holds a volume
     * @throws DamagedDatabaseException when a page is not what was written
     */
    public byte[] backup(Disk target) throws IOException {
        refuseWhenUnusable();
        return files.copyTo(target).mark().clone();
    }

    // Pages

    private Page readable(long page) {
        Page held = pages.at(page);
        return held != null ? held : settle(page);
    }

    /** The first look at a page since open. */
    private Page settle(long page) {
        while (true) {
            Page found = Page.ZERO;
            if (files.sums.sum(page) != 0) {
                verify(page);
                found = Page.CLEAN;
            }
            if (pages.replace(page, null, found)) {
                return found;
            }
            Page held = pages.at(page);
            if (held != null) {
                return held;
            }
        }
    }

    /** Damage may come to light in the middle of a change, so what memory holds from then on must never be frozen. */
    private void verify(long page) {
        try {
            files.verify(page);
        } catch (DamagedDatabaseException e) {
            pages.replace(page, Page.CLEAN, null);
            failure = e;
            throw e;
        }
    }

    private byte[] writable(long page) {
        Page held = pages.at(page);
        return held != null && held.generation == generation ? held.bytes : own(page);
    }

    /** The first change of a page in this generation: of a copy, since readers and a checkpoint may hold the version before. */
    private synchronized byte[] own(long page) {
        Page held = readable(page);
        if (held.generation == generation) {
            return held.bytes;
        }
        byte[] bytes;
        if (held == Page.CLEAN) {
            bytes = new byte[Page.BYTES];
            files.base.get(page << Page.SHIFT, bytes, 0, Page.BYTES);
        } else {
            bytes = held.bytes.clone();
        }
        Page own = new Page(page, generation, bytes);
        pages.put(page, own);
        dirty.add(own);
        return bytes;
    }

    // Volume: reading

    @Override
    public byte getByte(long offset) {
        Page page = readable(offset >>> Page.SHIFT);
        return page == Page.CLEAN ? files.base.getByte(offset) : page.bytes[(int) offset & Page.MASK];
    }

    @Override
    public int getInt(long offset) {
        int at = (int) offset & Page.MASK;
        if (at > Page.BYTES - Integer.BYTES) {
            return (int) INT.get(copy(offset, Integer.BYTES), 0);
        }
        Page page = readable(offset >>> Page.SHIFT);
        return page == Page.CLEAN ? files.base.getInt(offset) : (int) INT.get(page.bytes, at);
    }

    @Override
    public long getLong(long offset) {
        int at = (int) offset & Page.MASK;
        if (at > Page.BYTES - Long.BYTES) {
            return (long) LONG.get(copy(offset, Long.BYTES), 0);
        }
        Page page = readable(offset >>> Page.SHIFT);
        return page == Page.CLEAN ? files.base.getLong(offset) : (long) LONG.get(page.bytes, at);
    }

    private byte[] copy(long offset, int size) {
        byte[] bytes = new byte[size];
        getData(offset, bytes, 0, size);
        return bytes;
    }

    @Override
    public void getData(long offset, byte[] bytes, int bytesPos, int size) {
        long from = offset;
        int to = bytesPos;
        int end = bytesPos + size;
        while (to < end) {
            int at = (int) from & Page.MASK;
            int part = Math.min(end - to, Page.BYTES - at);
            Page page = readable(from >>> Page.SHIFT);
            if (page == Page.CLEAN) {
                files.base.get(from, bytes, to, part);
            } else {
                System.arraycopy(page.bytes, at, bytes, to, part);
            }
            from += part;
            to += part;
        }
    }

    /** Bytes in memory are read where they are, under the lock of MapDB's record; all others are copied. */
    @Override
    public DataInput2 getDataInput(long offset, int size) {
        int at = (int) offset & Page.MASK;
        if (at + size <= Page.BYTES) {
            Page page = readable(offset >>> Page.SHIFT);
            if (page != Page.CLEAN) {
                return new DataInput2.ByteArray(page.bytes, at);
            }
        }
        return new DataInput2.ByteArray(copy(offset, size));
    }

    // Volume: writing

    @Override
    public void putByte(long offset, byte value) {
        writable(offset >>> Page.SHIFT)[(int) offset & Page.MASK] = value;
    }

    @Override
    public void putInt(long offset, int value) {
        int at = (int) offset & Page.MASK;
        if (at > Page.BYTES - Integer.BYTES) {
            byte[] bytes = new byte[Integer.BYTES];
            INT.set(bytes, 0, value);
            putData(offset, bytes, 0, bytes.length);
        } else {
            INT.set(writable(offset >>> Page.SHIFT), at, value);
        }
    }

    @Override
    public void putLong(long offset, long value) {
        int at = (int) offset & Page.MASK;
        if (at > Page.BYTES - Long.BYTES) {
            byte[] bytes = new byte[Long.BYTES];
            LONG.set(bytes, 0, value);
            putData(offset, bytes, 0, bytes.length);
        } else {
            LONG.set(writable(offset >>> Page.SHIFT), at, value);
        }
    }

    @Override
    public void putData(long offset, byte[] src, int srcPos, int srcSize) {
        putData(offset, ByteBuffer.wrap(src, srcPos, srcSize));
    }

    @Override
    public void putData(long offset, ByteBuffer buf) {
        long to = offset;
        while (buf.hasRemaining()) {
            int at = (int) to & Page.MASK;
            int part = Math.min(buf.remaining(), Page.BYTES - at);
            buf.get(writable(to >>> Page.SHIFT), at, part);
            to += part;
        }
    }

    @Override
    public void clear(long startOffset, long endOffset) {
        for (long from = startOffset, to; from < endOffset; from = to) {
            to = Math.min(endOffset, (from | Page.MASK) + 1);
            long page = from >>> Page.SHIFT;
            if (readable(page) != Page.ZERO) {
                Arrays.fill(writable(page), (int) from & Page.MASK, (int) (to - 1 & Page.MASK) + 1, (byte) 0);
            }
        }
    }

    @Override
    public void clearOverlap(long startOffset, long endOffset) {
        clear(startOffset, endOffset);
    }

    @Override
    public void ensureAvailable(long offset) {
        if (offset > pages.length()) {
            synchronized (this) {
                if (offset > pages.length()) {
                    pages.resize(offset);
                }
            }
        }
    }

    /** Cuts or grows to {@code size}, rounded up to whole MiB; what is cut off is zero when it comes back. The files stay. */
    @Override
    public synchronized void truncate(long size) {
        long length = pages.length();
        if (size < length) {
            clear(size, length);
        }
        pages.resize(size);
    }

    /** Does nothing: only a checkpoint makes changes durable. */
    @Override
    public void sync() {}

    /**
     * Closes the files, after a checkpoint that is being written. What was changed after the last freeze is dropped, so make a
     * final checkpoint before, unless the log still holds it.
     */
    @Override
    public void close() {
        writing.lock();
        try {
            if (closed.compareAndSet(false, true)) {
                files.close();
            }
        } catch (IOException e) {
            throw new DBException.VolumeIOError(e);
        } finally {
            writing.unlock();
        }
    }

    // Volume: what it is

    @Override
    public long length() {
        return pages.length();
    }

    /** -1: accesses may cross all borders. */
    @Override
    public int sliceSize() {
        return -1;
    }

    @Override
    public boolean isSliced() {
        return false;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    /** Always null: there is more than one. */
    @Override
    public @Nullable File getFile() {
        return null;
    }

    /** Always false: the {@link Disk} locks its directory. */
    @Override
    public boolean getFileLocked() {
        return false;
    }
}
