package io.ticketmesh.definition;

import io.ticketmesh.node.Books;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Saved views as one person sees them: those of his own, which nobody else sees, and those that all share. A name can stand for one of
 * each; his own comes first. Replicated; of concurrent writes of one view the latest wins. Thread-safe; reads never wait.
 */
public final class Views {
    /** The most views of one person, and the most that are shared. */
    public static final int MAX = 100;

    private final String owner;
    private final Workflow workflow;
    private final Definitions<SavedView> own;
    private final Definitions<SavedView> shared;

    /** Whose views to look at. */
    public enum Shelf {
        /** One's own. */
        OWN,
        /** Those of all. */
        SHARED
    }

    /**
     * @param owner 1 to 128 characters
     * @param names what people are called
     */
    public Views(Books books, Workflow workflow, String owner, UnaryOperator<String> names) {
        this.owner = owner;
        this.workflow = workflow;
        own = new Definitions<>(books, Books.viewsOf(owner), MAX, ViewForm.INSTANCE, names);
        shared = new Definitions<>(books, "views", MAX, ViewForm.INSTANCE, names);
    }

    /** All of a shelf by their names. */
    public List<Definition<SavedView>> all(Shelf shelf) {
        return on(shelf).all();
    }

    /** The view of that name: his own, else the shared one. */
    public Optional<Definition<SavedView>> find(String name) {
        return own.find(name).or(() -> shared.find(name));
    }

    public Optional<Definition<SavedView>> find(Shelf shelf, String name) {
        return on(shelf).find(name);
    }

    /**
     * Writes a view, new or in place of the one of that name on the shelf.
     *
     * @return see {@link Definitions#put}
     * @throws io.ticketmesh.ticket.InvalidQueryException when the workflow does not know what its query says
     */
    public CompletableFuture<Definition<SavedView>> put(
            Shelf shelf, String name, SavedView view, Expectation expectation) {
        view.check(workflow);
        return on(shelf).put(owner, name, view, expectation);
    }

    /** Removes a view; see {@link Definitions#remove}. */
    public CompletableFuture<Void> remove(Shelf shelf, String name, Expectation expectation) {
        return on(shelf).remove(owner, name, expectation);
    }

    private Definitions<SavedView> on(Shelf shelf) {
        return shelf == Shelf.OWN ? own : shared;
    }
}
