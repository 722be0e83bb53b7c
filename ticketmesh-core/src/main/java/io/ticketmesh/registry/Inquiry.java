package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client asks one registry for the whole list, page by page. Owned by its {@link Finder}. */
final class Inquiry {
    /** Changes during the inquiry make it begin anew, so often at most. */
    private static final int MAX_RESTARTS = 3;
    /** More pages than the largest list has. */
    private static final int MAX_PAGES = 8_192;

    final InetSocketAddress registry;
    final long request;

    private final Map<NodeId, Entry> entries = new HashMap<>();
    private @Nullable Cookie cookie;
    private @Nullable Place after;
    private @Nullable Long generation;
    private boolean whole = true;
    private boolean warming;
    private int restarts;
    private int pages;
    private int attempt = -1;
    private long dueAt;

    /** @param cookie of an earlier inquiry at that registry; null when there is none */
    Inquiry(InetSocketAddress registry, long request, @Nullable Cookie cookie, long nowMillis) {
        this.registry = registry;
        this.request = request;
        this.cookie = cookie;
        this.dueAt = nowMillis;
    }

    long dueAt() {
        return dueAt;
    }

    @Nullable
    Cookie cookie() {
        return cookie;
    }

    /** What to ask now; null when it is not answered any more. */
    @Nullable
    Packet ask(long nowMillis) {
        attempt++;
        if (attempt == Times.attempts()) {
            return null;
        }
        dueAt = nowMillis + Times.patience(attempt);
        return new Packet.Lookup(cookie, after);
    }

    /** Takes a page; returns the answer when it was the last, null when there is more to ask, at once. */
    @Nullable
    Answer take(Packet.Page page, long nowMillis) {
        cookie = page.cookie();
        if (generation != null && generation != page.generation()) {
            if (restarts < MAX_RESTARTS) {
                restarts++;
                restart(nowMillis);
                return null;
            }
            whole = false;
        }
        generation = page.generation();
        warming |= page.warming();
        for (Entry entry : page.entries()) {
            Entry seen = entry.seenFrom(registry.getAddress());
            if (seen != null) {
                entries.merge(seen.node(), seen, Entry::newest);
            }
        }
        pages++;
        if (page.more() && !page.entries().isEmpty() && pages < MAX_PAGES) {
            Entry last = page.entries().get(page.entries().size() - 1);
            after = new Place(last.late(), last.node());
            askAgain(nowMillis);
            return null;
        }
        return new Answer(Map.copyOf(entries), page.generation(), warming, whole && !page.more(), nowMillis);
    }

    /** The cookie is not good any more; the page is to be asked for without. Returns whether that is worth a try. */
    boolean dropCookie(long nowMillis) {
        if (cookie == null) {
            return false;
        }
        cookie = null;
        askAgain(nowMillis);
        return true;
    }

    private void restart(long nowMillis) {
        entries.clear();
        after = null;
        generation = null;
        pages = 0;
        askAgain(nowMillis);
    }

    private void askAgain(long nowMillis) {
        attempt = -1;
        dueAt = nowMillis;
    }

    /**
     * What a registry said.
     *
     * @param warming whether servers may be missing because it was only just started, or paused
     * @param whole whether all pages were of one list
     */
    record Answer(Map<NodeId, Entry> entries, long generation, boolean warming, boolean whole, long atMillis) {
        /** What the registry has said after it has said {@code next} too: an answer that is not complete takes nothing back. */
        Answer then(Answer next) {
            if (next.isComplete()) {
                return next;
            }
            Map<NodeId, Entry> both = new HashMap<>(entries);
            both.putAll(next.entries);
            return new Answer(Map.copyOf(both), next.generation, next.warming, next.whole, next.atMillis);
        }

        /** Whether a server that is not in it is not registered. */
        boolean isComplete() {
            return whole && !warming;
        }
    }
}
