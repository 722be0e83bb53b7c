package io.ticketmesh.definition;

import io.ticketmesh.node.Books;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** The canned replies that all share. Replicated; of concurrent writes of one reply the latest wins. Thread-safe; reads never wait. */
public final class Replies {
    /** The most replies. */
    public static final int MAX = 100;

    private final String actor;
    private final Workflow workflow;
    private final Definitions<CannedReply> all;

    /**
     * @param actor who writes them; 1 to 128 characters
     * @param names what people are called
     */
    public Replies(Books books, Workflow workflow, String actor, UnaryOperator<String> names) {
        this.actor = actor;
        this.workflow = workflow;
        all = new Definitions<>(books, "replies", MAX, ReplyForm.INSTANCE, names);
    }

    /** All by their names. */
    public List<Definition<CannedReply>> all() {
        return all.all();
    }

    public Optional<Definition<CannedReply>> find(String name) {
        return all.find(name);
    }

    /**
     * Writes a reply, new or in place of the one of that name.
     *
     * @return see {@link Definitions#put}
     * @throws io.ticketmesh.ticket.InvalidQueryException when the workflow does not know its status or resolution
     */
    public CompletableFuture<Definition<CannedReply>> put(String name, CannedReply reply, Expectation expectation) {
        reply.check(workflow);
        return all.put(actor, name, reply, expectation);
    }

    /** Removes a reply; see {@link Definitions#remove}. */
    public CompletableFuture<Void> remove(String name, Expectation expectation) {
        return all.remove(actor, name, expectation);
    }
}
