package io.ticketmesh.client;

import io.ticketmesh.ticket.CommentKind;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The canned replies that all share, each under a name, a slug of at most 64 characters. To set them up does not wait for other members,
 * whatever {@link TicketMeshClient#acknowledgedBy} says; to send one does. Thread-safe.
 */
public final class RemoteReplies {
    private final AsyncRemoteReplies async;

    RemoteReplies(AsyncRemoteReplies async) {
        this.async = async;
    }

    /** All by their names. */
    public List<RemoteCannedReply> all() {
        return Outcome.of(async.all());
    }

    /** The reply of that name; null when there is none. */
    public @Nullable RemoteCannedReply find(String name) {
        return Outcome.of(async.find(name));
    }

    /** The reply of that name. */
    public RemoteCannedReply get(String name) {
        return Outcome.of(async.get(name));
    }

    /** Sets up a reply as a whole, new or in place of the one of that name. */
    public RemoteCannedReply put(String name, Consumer<ReplyDraft> reply) {
        return Outcome.of(async.put(name, reply));
    }

    /**
     * Sets up a reply if there is none of that name, and throws {@link ChangedMeanwhileException} when there is. Asked of one server only,
     * unless it is certain that it was not carried out: a repetition would find what the first attempt set up.
     */
    public RemoteCannedReply create(String name, Consumer<ReplyDraft> reply) {
        return Outcome.of(async.create(name, reply));
    }

    /**
     * Sets up a reply in place of the one that {@code etag} names, and throws {@link ChangedMeanwhileException} when there is another one,
     * or none. Asked of one server only, like {@link #create}.
     */
    public RemoteCannedReply putIf(String name, String etag, Consumer<ReplyDraft> reply) {
        return Outcome.of(async.putIf(name, etag, reply));
    }

    /** Removes a reply; does nothing when it is not there. */
    public void remove(String name) {
        Outcome.of(async.remove(name));
    }

    /**
     * Removes the reply that {@code etag} names, and throws {@link ChangedMeanwhileException} when there is another one, or none. Asked of
     * one server only, like {@link #create}.
     */
    public void removeIf(String name, String etag) {
        Outcome.of(async.removeIf(name, etag));
    }

    /** What a reply says on a ticket, deleted or not, and would do along with it. */
    public RemoteRenderedReply render(String reference, String name) {
        return Outcome.of(async.render(reference, name));
    }

    /** Says a reply on a ticket for all to see, and does what goes along with it: all or nothing. Returns the comment. */
    public RemoteComment send(String reference, String name) {
        return Outcome.of(async.send(reference, name));
    }

    /**
     * The same with a text of one's own.
     *
     * @param body what was made of {@link RemoteRenderedReply#body}
     * @param kind public or internal
     */
    public RemoteComment send(String reference, String name, String body, CommentKind kind) {
        return Outcome.of(async.send(reference, name, body, kind));
    }
}
