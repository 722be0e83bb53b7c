package io.ticketmesh.client;

import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.json.JsonWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link RemoteViews} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteViews {
    private final Conversation talk;

    AsyncRemoteViews(Conversation talk) {
        this.talk = talk;
    }

    /** One's own, then those that all share, each by their names. */
    public CompletableFuture<List<RemoteView>> all() {
        return talk.ask(
                () -> Request.get(talk.system("views")), answer -> answer.form().each("items", RemoteView::read));
    }

    /** The view of that name: one's own, else the shared one; null when there is neither. */
    public CompletableFuture<@Nullable RemoteView> find(String name) {
        return found(() -> one(name));
    }

    /** The view of that name on the shelf; null when there is none. */
    public CompletableFuture<@Nullable RemoteView> find(Shelf shelf, String name) {
        return found(() -> one(shelf, name));
    }

    private CompletableFuture<@Nullable RemoteView> found(Supplier<Target> target) {
        return talk.<@Nullable RemoteView>ask(
                () -> Request.get(target.get()).accepting("not-found"),
                answer -> answer.status() >= 400 ? null : view(answer));
    }

    /** The view of that name: one's own, else the shared one. */
    public CompletableFuture<RemoteView> get(String name) {
        return talk.ask(() -> Request.get(one(name)), AsyncRemoteViews::view);
    }

    /** The view of that name on the shelf. */
    public CompletableFuture<RemoteView> get(Shelf shelf, String name) {
        return talk.ask(() -> Request.get(one(shelf, name)), AsyncRemoteViews::view);
    }

    /** Saves a view, new or in place of the one of that name on its shelf. */
    public CompletableFuture<RemoteView> put(String name, Consumer<ViewDraft> view) {
        return talk.ask(() -> Request.put(one(name), draft(view)).alone(), AsyncRemoteViews::view);
    }

    /** Saves a view if there is none of that name on its shelf; see {@link RemoteViews#create}. */
    public CompletableFuture<RemoteView> create(String name, Consumer<ViewDraft> view) {
        return talk.ask(
                () -> Request.put(one(name), draft(view)).alone().once().with("If-None-Match", "*"),
                AsyncRemoteViews::view);
    }

    /** Saves a view in place of the one that {@code etag} names; see {@link RemoteViews#putIf}. */
    public CompletableFuture<RemoteView> putIf(String name, String etag, Consumer<ViewDraft> view) {
        return talk.ask(
                () -> Request.put(one(name), draft(view)).alone().once().with("If-Match", EntityTag.quoted(etag)),
                AsyncRemoteViews::view);
    }

    /** Removes a view from a shelf; does nothing when it is not there. */
    public CompletableFuture<@Nullable Void> remove(Shelf shelf, String name) {
        return talk.ask(() -> Request.delete(one(shelf, name)).alone(), Conversation.NOTHING);
    }

    /** Removes the view that {@code etag} names; see {@link RemoteViews#removeIf}. */
    public CompletableFuture<@Nullable Void> removeIf(Shelf shelf, String name, String etag) {
        return talk.ask(
                () -> Request.delete(one(shelf, name)).alone().once().with("If-Match", EntityTag.quoted(etag)),
                Conversation.NOTHING);
    }

    private Target one(String name) {
        return talk.system("views").with(name);
    }

    private Target one(Shelf shelf, String name) {
        return one(name).and("shared", String.valueOf(shelf == Shelf.SHARED));
    }

    private static RemoteView view(Answer answer) {
        return RemoteView.read(answer.form());
    }

    private static Consumer<JsonWriter> draft(Consumer<ViewDraft> words) {
        ViewDraft draft = new ViewDraft();
        words.accept(draft);
        return draft::write;
    }
}
