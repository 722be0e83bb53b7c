package io.ticketmesh.store.mapdb;

/**
 * Bytes on the disk are not those that were written. The database must be rebuilt from a snapshot and the log; nothing that was
 * read from the damaged place has been served. Not for a write that was cut off by a crash: those are repaired silently.
 */
public final class DamagedDatabaseException extends RuntimeException {
    /** The page of damage that is not confined to one page. */
    public static final long NO_PAGE = -1;

    private static final long serialVersionUID = 1;

    private final String file;
    private final long page;

    DamagedDatabaseException(String file, long page, String reason) {
        super(file + (page == NO_PAGE ? "" : ", page " + page) + ": " + reason + "; rebuild the database");
        this.file = file;
        this.page = page;
    }

    /** The name of the damaged file in its directory. */
    public String file() {
        return file;
    }

    /** The number of the damaged 4 KiB page, counted from 0 behind the file's header, or {@link #NO_PAGE}. */
    public long page() {
        return page;
    }
}
