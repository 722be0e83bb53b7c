package io.ticketmesh.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects which part of a list is wanted, and in which order. Not thread-safe. */
public final class Paging {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    Paging() {}

    /**
     * Up to three of {@code relevance}, {@code createdAt}, {@code updatedAt}, {@code priority}, {@code dueAt}, a minus before one turns it
     * round; default {@code -createdAt}, and where words are looked for {@code relevance} before it. Relevance can only be the first. For
     * tickets only.
     */
    public Paging sort(String... keys) {
        parameters.put("sort", String.join(",", keys));
        return this;
    }

    /** 1 to 100; default 50. The server cuts down larger ones. */
    public Paging limit(int limit) {
        parameters.put("limit", String.valueOf(limit));
        return this;
    }

    /** The page that begins at {@link RemotePage#next} or {@link RemotePage#previous} of another; null for the first one. */
    public Paging cursor(@Nullable String cursor) {
        if (cursor == null) {
            parameters.remove("cursor");
        } else {
            parameters.put("cursor", cursor);
        }
        return this;
    }

    /** Asks for {@link RemotePage#total} too, which may cost more than the page. For tickets only. */
    public Paging count() {
        parameters.put("count", "true");
        return this;
    }

    /** Asks for {@link RemoteTicket#highlights} too: where the words that are looked for stand. For tickets only. */
    public Paging highlight() {
        parameters.put("highlight", "true");
        return this;
    }

    Target on(Target target) {
        Target more = target;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            more = more.and(parameter.getKey(), parameter.getValue());
        }
        return more;
    }
}
