package io.ticketmesh.client;

import io.ticketmesh.definition.Views.Shelf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The saved views of whoever the client is, and those that all share. A name, a slug of at most 64 characters, can stand for one of each.
 * {@link Selection#view} makes a list of one. Writes do not wait for other members, whatever {@link TicketMeshClient#acknowledgedBy} says. Thread-safe.
 */
public final class RemoteViews {
    private final AsyncRemoteViews async;

    RemoteViews(AsyncRemoteViews async) {
        this.async = async;
    }

    /** One's own, then those that all share, each by their names. */
    public List<RemoteView> all() {
        return Outcome.of(async.all());
    }

    /** The view of that name: one's own, else the shared one; null when there is neither. */
    public @Nullable RemoteView find(String name) {
        return Outcome.of(async.find(name));
    }

    /** The view of that name on the shelf; null when there is none. */
    public @Nullable RemoteView find(Shelf shelf, String name) {
        return Outcome.of(async.find(shelf, name));
    }

    /** The view of that name: one's own, else the shared one. */
    public RemoteView get(String name) {
        return Outcome.of(async.get(name));
    }

    /** The view of that name on the shelf. */
    public RemoteView get(Shelf shelf, String name) {
        return Outcome.of(async.get(shelf, name));
    }

    /** Saves a view as a whole, new or in place of the one of that name on its shelf. */
    public RemoteView put(String name, Consumer<ViewDraft> view) {
        return Outcome.of(async.put(name, view));
    }

    /**
     * Saves a view if there is none of that name on its shelf, and throws {@link ChangedMeanwhileException} when there is. Asked of one
     * server only, unless it is certain that it was not carried out: a repetition would find what the first attempt saved.
     */
    public RemoteView create(String name, Consumer<ViewDraft> view) {
        return Outcome.of(async.create(name, view));
    }

    /**
     * Saves a view in place of the one that {@code etag} names, and throws {@link ChangedMeanwhileException} when there is another one on
     * its shelf, or none. Asked of one server only, like {@link #create}.
     */
    public RemoteView putIf(String name, String etag, Consumer<ViewDraft> view) {
        return Outcome.of(async.putIf(name, etag, view));
    }

    /** Removes a view from a shelf; does nothing when it is not there. */
    public void remove(Shelf shelf, String name) {
        Outcome.of(async.remove(shelf, name));
    }

    /**
     * Removes the view that {@code etag} names, and throws {@link ChangedMeanwhileException} when there is another one, or none. Asked of
     * one server only, like {@link #create}.
     */
    public void removeIf(Shelf shelf, String name, String etag) {
        Outcome.of(async.removeIf(shelf, name, etag));
    }
}
