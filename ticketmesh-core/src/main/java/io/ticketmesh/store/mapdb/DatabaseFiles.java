package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.store.mapdb.CheckpointSlot.State;
import io.ticketmesh.store.mapdb.RedoJournal.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of a volume, and the order in which a checkpoint changes them:
 *
 * <ol>
 *   <li>the changed pages into the journal of the checkpoint's parity; force;
 *   <li>an {@link State#ANNOUNCED announcement} into the base file; force. From here on the checkpoint has happened, and a
 *       journal that is not whole is damage;
 *   <li>the pages into base file and checksum file; force both;
 *   <li>{@link State#APPLIED} into the base file, not forced: it only spares the next open the redo.
 * </ol>
 *
 * The other journal and its announcement are untouched meanwhile, so a crash before the second force leaves the state before.
 *
 * <p>{@link #write} belongs to the checkpoint thread; reading pages is for any thread.
 */
final class DatabaseFiles implements AutoCloseable {
    static final String BASE = "database";
    static final String SUMS = "database.sums";
    static final String[] JOURNALS = {"database.journal-0", "database.journal-1"};

    /** A base file in the making; whatever it holds, the database does not exist yet. */
    static final String UNBORN = "database.new";

    static final int BUFFER_BYTES = BaseFile.RUN_PAGES * Page.BYTES;

    private static final CheckpointHeader NONE = new CheckpointHeader(0, 0, new byte[0]);

    final BaseFile base;
    final ChecksumTable sums;
    private final UUID identity;
    private final RedoJournal[] journals;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** Held while base and checksum file change, and while a backup reads them. */
    private final ReentrantLock copying = new ReentrantLock();

    /** The newest checkpoint that the base file holds. Written under {@link #copying}. */
    private volatile CheckpointHeader applied = NONE;

    /** Whether the base file is between two checkpoints; stays so after an error. Guarded by {@link #copying}. */
    private boolean changing;

    private DatabaseFiles(UUID identity, BaseFile base, ChecksumTable sums, RedoJournal[] journals) {
        this.identity = identity;
        this.base = base;
        this.sums = sums;
        this.journals = journals;
    }

    // Opening

    static DatabaseFiles open(Disk disk, UUID identity, int chunkShift) throws IOException {
        if (!disk.exists(BASE)) {
            create(disk, identity);
        }
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            BaseFile base = add(opened, BaseFile.open(disk, BASE, identity, chunkShift));
            ChecksumTable sums = add(opened, new ChecksumTable(disk.open(SUMS), SUMS, identity));
            RedoJournal[] journals = new RedoJournal[2];
            for (int i = 0; i < 2; i++) {
                journals[i] = add(opened, new RedoJournal(disk.open(JOURNALS[i]), JOURNALS[i], identity));
            }
            disk.forceDirectory();
            DatabaseFiles files = new DatabaseFiles(identity, base, sums, journals);
            files.recover();
            return files;
        } catch (IOException | RuntimeException e) {
            Collections.reverse(opened);
            closeAll(opened, e);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T add(List<AutoCloseable> opened, T file) {
        opened.add(file);
        return file;
    }

    private static void closeAll(List<AutoCloseable> files, Exception cause) {
        for (AutoCloseable file : files) {
            try {
                file.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** The base file comes first and complete; the others hold something only after its name is durable. */
    private static void create(Disk disk, UUID identity) throws IOException {
        for (String other : List.of(SUMS, JOURNALS[0], JOURNALS[1])) {
            if (disk.exists(other)) {
                try (DiskFile file = disk.open(other)) {
                    if (file.size() > 0) {
                        throw new DamagedDatabaseException(
                                BASE, DamagedDatabaseException.NO_PAGE, "is missing, although there is " + other);
                    }
                }
            }
        }
        BaseFile.create(disk, UNBORN, identity);
        disk.rename(UNBORN, BASE);
        disk.forceDirectory();
    }

    static Optional<UUID> identity(Disk disk) throws IOException {
        if (!disk.exists(BASE)) {
            return Optional.empty();
        }
        try (DiskFile file = disk.open(BASE)) {
            return Optional.of(BaseFile.identity(file, BASE));
        }
    }

    private void recover() throws IOException {
        CheckpointSlot[] slots = {base.slot(0), base.slot(1)};
        long announced = Math.max(announced(slots[0], 0), announced(slots[1], 1));
        Optional<Content> newest = newest(slots);
        long number = newest.map(content -> content.checkpoint().number()).orElse(0L);
        if (number < announced) {
            throw new DamagedDatabaseException(
                    JOURNALS[(int) announced & 1],
                    DamagedDatabaseException.NO_PAGE,
                    "does not hold checkpoint " + announced + " any more");
        }
        if (number > announced + 1) {
            throw new DamagedDatabaseException(
                    BASE, DamagedDatabaseException.NO_PAGE, "is older than checkpoint " + number + " in its journal");
        }
        if (newest.isEmpty()) {
            return;
        }
        if (!isApplied(slots, number)) {
            redo(newest.get());
        }
        applied = newest.get().checkpoint();
        sums.load(applied.length());
        base.ensure(sums.end());
    }

    /** The checkpoint that a slot speaks of. One that is torn spoke of its journal, which was durable before. */
    private long announced(CheckpointSlot slot, int parity) throws IOException {
        boolean invalid = slot.state() == State.INVALID;
        long number = invalid
                ? whole(parity).map(content -> content.checkpoint().number()).orElse(-1L)
                : slot.number();
        if (number < 0 || number > 0 && (number & 1) != parity) {
            throw new DamagedDatabaseException(
                    BASE, DamagedDatabaseException.NO_PAGE, "the word on the checkpoints is damaged");
        }
        return number;
    }

    private static boolean isApplied(CheckpointSlot[] slots, long number) {
        return slots[(int) number & 1].equals(new CheckpointSlot(State.APPLIED, number));
    }

    /** The journal with the highest number among the whole ones. Of one that is applied only head and mark are needed. */
    private Optional<Content> newest(CheckpointSlot[] slots) throws IOException {
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            content(i).ifPresent(contents::add);
        }
        contents.sort(Comparator.comparingLong(
                        (Content content) -> content.checkpoint().number())
                .reversed());
        for (Content content : contents) {
            long number = content.checkpoint().number();
            if (isApplied(slots, number) || journal(number).whole(content, buffer)) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    private Optional<Content> content(int parity) throws IOException {
        return journals[parity]
                .content()
                .filter(content -> content.checkpoint().number() > 0
                        && (content.checkpoint().number() & 1) == parity);
    }

    private Optional<Content> whole(int parity) throws IOException {
        Optional<Content> content = content(parity);
        return content.isPresent() && journals[parity].whole(content.get(), buffer) ? content : Optional.empty();
    }

    private RedoJournal journal(long number) {
        return journals[(int) number & 1];
    }

    private void redo(Content content) throws IOException {
        long number = content.checkpoint().number();
        journal(number).harden(content, buffer);
        announce(number);
        journal(number).replay(content, buffer, new RedoJournal.Redo() {
            @Override
            public void page(long page, ByteBuffer bytes) throws IOException {
                base.ensure(page + 1);
                base.write(page, bytes);
            }

            @Override
            public void sums(int page, byte[] bytes) throws IOException {
                sums.write(page, bytes);
            }
        });
        forceAndSettle(number);
    }

    private void announce(long number) throws IOException {
        base.putSlot(new CheckpointSlot(State.ANNOUNCED, number));
        base.force();
    }

    private void forceAndSettle(long number) throws IOException {
        base.force();
        sums.force();
        base.putSlot(new CheckpointSlot(State.APPLIED, number));
    }

    // Checkpoints

    /** The newest checkpoint in the base file; number 0 when there was none yet. */
    CheckpointHeader applied() {
        return applied;
    }

    /** Performs a checkpoint. After an error these files must not be written again. */
    void write(CheckpointHeader checkpoint, Page[] pages) throws IOException {
        SortedMap<Integer, byte[]> changedSums = sums.after(pages, checkpoint.length());
        journal(checkpoint.number()).write(checkpoint, pages, changedSums, buffer);
        copying.lock();
        try {
            changing = true;
            announce(checkpoint.number());
            if (pages.length > 0) {
                base.ensure(pages[pages.length - 1].number + 1);
            }
            for (int from = 0, to; from < pages.length; from = to) {
                to = runEnd(pages, from);
                copyToBase(pages, from, to);
            }
            for (Map.Entry<Integer, byte[]> page : changedSums.entrySet()) {
                sums.write(page.getKey(), page.getValue());
            }
            forceAndSettle(checkpoint.number());
            applied = checkpoint;
            changing = false;
        } finally {
            copying.unlock();
        }
    }

    private static int runEnd(Page[] pages, int from) {
        int to = from + 1;
        while (to < pages.length && to - from < BaseFile.RUN_PAGES && pages[to].number == pages[to - 1].number + 1) {
            to++;
        }
        return to;
    }

    private void copyToBase(Page[] pages, int from, int to) throws IOException {
        buffer.clear();
        for (int i = from; i < to; i++) {
            buffer.put(pages[i].bytes);
        }
        synchronized (sums) {
            base.write(pages[from].number, buffer.flip());
            sums.put(pages, from, to);
        }
    }

    // Verification

    /** @throws DamagedDatabaseException when the page in the base file is not what was written */
    void verify(long page) {
        if (!fits(page)) {
            synchronized (sums) {
                if (!fits(page)) {
                    throw new DamagedDatabaseException(BASE, page, "the checksum is wrong");
                }
            }
        }
    }

    private boolean fits(long page) {
        return ChecksumTable.checksum(base.page(page)) == sums.sum(page);
    }

    /** Compares the page of the checksum file that covers {@code page}, unless a checkpoint is changing it. */
    void scrubSums(long page) throws IOException {
        if (copying.tryLock()) {
            try {
                sums.scrub((int) (page / ChecksumTable.SUMS_PER_PAGE));
            } finally {
                copying.unlock();
            }
        }
    }

    // Backup

    /** Copies the newest applied checkpoint, and verifies every page. The base file comes last under its name. */
    CheckpointHeader copyTo(Disk target) throws IOException {
        copying.lock();
        try {
            if (changing) {
                throw new IllegalStateException("the base file was left in the middle of a checkpoint");
            }
            CheckpointHeader checkpoint = applied;
            if (checkpoint.number() == 0) {
                throw new IllegalStateException("there is no checkpoint yet that could be copied");
            }
            for (String name : List.of(BASE, SUMS, JOURNALS[0], JOURNALS[1])) {
                if (target.exists(name)) {
                    throw new FileAlreadyExistsException(name);
                }
            }
            try (DiskFile file = target.open(SUMS)) {
                sums.copyTo(file, checkpoint.length());
            }
            ByteBuffer run = ByteBuffer.allocateDirect(BUFFER_BYTES);
            String journalName = JOURNALS[(int) checkpoint.number() & 1];
            try (RedoJournal journal = new RedoJournal(target.open(journalName), journalName, identity)) {
                journal.write(checkpoint, new Page[0], Collections.emptySortedMap(), run);
            }
            BaseFile.create(target, UNBORN, identity);
            try (BaseFile copy = BaseFile.open(target, UNBORN, identity, Page.SHIFT)) {
                copyPages(copy, run);
                copy.putSlot(new CheckpointSlot(State.APPLIED, checkpoint.number()));
                copy.force();
            }
            target.rename(UNBORN, BASE);
            target.forceDirectory();
            return checkpoint;
        } finally {
            copying.unlock();
        }
    }

    private void copyPages(BaseFile copy, ByteBuffer run) throws IOException {
        long end = sums.end();
        long first = 0;
        run.clear();
        for (long page = 0; page <= end; page++) {
            boolean written = page < end && sums.sum(page) != 0;
            if (run.position() > 0 && (!written || !run.hasRemaining())) {
                copy.write(first, run.flip());
                run.clear();
            }
            if (written) {
                verify(page);
                first = run.position() == 0 ? page : first;
                run.put(base.page(page));
            }
        }
    }

    /** Closes all files, also when one of them fails. Waits for a backup. */
    @Override
    public void close() throws IOException {
        copying.lock();
        try (base;
                sums;
                RedoJournal first = journals[0];
                RedoJournal second = journals[1]) {
            // closed in reverse order
        } finally {
            copying.unlock();
        }
    }
}
