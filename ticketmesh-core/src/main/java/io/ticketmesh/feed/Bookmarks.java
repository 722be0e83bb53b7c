package io.ticketmesh.feed;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.store.ReplicaReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where readers of a feed stopped, a few of them: those who go on from there, and at once, are the many. Thread-safe. */
final class Bookmarks {
    static final int MOST = 4;

    private final ReplicaReader reader;

    /** The one that was put last stands at the end. */
    private final Map<VersionVector, Bookmark> bookmarks = new LinkedHashMap<>();

    Bookmarks(ReplicaReader reader) {
        this.reader = reader;
    }

    /** The one at that place, for the caller alone; an empty one when there is none. */
    synchronized Bookmark take(VersionVector seen) {
        Bookmark bookmark = bookmarks.remove(seen);
        return bookmark == null ? new Bookmark(reader) : bookmark;
    }

    synchronized void put(VersionVector seen, Bookmark bookmark) {
        bookmark.trim();
        bookmarks.remove(seen);
        bookmarks.put(seen, bookmark);
        if (bookmarks.size() > MOST) {
            Iterator<Bookmark> oldest = bookmarks.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
