package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects what a saved view shall be like as a whole. Needed is the title; without any other word it is a list of all tickets that are not
 * deleted, of the one who saves it. Rules are checked by the server. Not thread-safe.
 */
public final class ViewDraft {
    private final Map<String, Object> members = new LinkedHashMap<>();

    ViewDraft() {}

    /** What people read; 1 to 128 characters on one line. */
    public ViewDraft title(String title) {
        return with("title", title);
    }

    /** Which tickets. {@code @me} is whoever looks at the view; a time stays that time. */
    public ViewDraft which(Consumer<Selection> which) {
        Selection selection = new Selection();
        which.accept(selection);
        return query(selection.query());
    }

    /** Which tickets, in the parameters of lists as they stand in an address, such as {@link RemoteView#query}; at most 2,048 characters. */
    public ViewDraft query(String query) {
        return with("query", query);
    }

    /** In which order; see {@link Paging#sort}. */
    public ViewDraft sort(String... keys) {
        return with("sort", String.join(",", keys));
    }

    /** Which members of tickets whoever shows the list is to show. */
    public ViewDraft columns(String... columns) {
        return with("columns", List.of(columns));
    }

    /** Shared by all, instead of one's own. */
    public ViewDraft shared() {
        return with("shared", true);
    }

    private ViewDraft with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
