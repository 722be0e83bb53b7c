package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.CommentKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link RemoteReplies} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteReplies {
    private final Conversation talk;

    AsyncRemoteReplies(Conversation talk) {
        this.talk = talk;
    }

    /** All by their names. */
    public CompletableFuture<List<RemoteCannedReply>> all() {
        return talk.ask(
                () -> Request.get(talk.system("replies")),
                answer -> answer.form().each("items", RemoteCannedReply::read));
    }

    /** The reply of that name; null when there is none. */
    public CompletableFuture<@Nullable RemoteCannedReply> find(String name) {
        return talk.<@Nullable RemoteCannedReply>ask(
                () -> Request.get(one(name)).accepting("not-found"),
                answer -> answer.status() >= 400 ? null : reply(answer));
    }

    /** The reply of that name. */
    public CompletableFuture<RemoteCannedReply> get(String name) {
        return talk.ask(() -> Request.get(one(name)), AsyncRemoteReplies::reply);
    }

    /** Sets up a reply, new or in place of the one of that name. */
    public CompletableFuture<RemoteCannedReply> put(String name, Consumer<ReplyDraft> reply) {
        return talk.ask(() -> Request.put(one(name), draft(reply)).alone(), AsyncRemoteReplies::reply);
    }

    /** Sets up a reply if there is none of that name; see {@link RemoteReplies#create}. */
    public CompletableFuture<RemoteCannedReply> create(String name, Consumer<ReplyDraft> reply) {
        return talk.ask(
                () -> Request.put(one(name), draft(reply)).alone().once().with("If-None-Match", "*"),
                AsyncRemoteReplies::reply);
    }

    /** Sets up a reply in place of the one that {@code etag} names; see {@link RemoteReplies#putIf}. */
    public CompletableFuture<RemoteCannedReply> putIf(String name, String etag, Consumer<ReplyDraft> reply) {
        return talk.ask(
                () -> Request.put(one(name), draft(reply)).alone().once().with("If-Match", EntityTag.quoted(etag)),
                AsyncRemoteReplies::reply);
    }

    /** Removes a reply; does nothing when it is not there. */
    public CompletableFuture<@Nullable Void> remove(String name) {
        return talk.ask(() -> Request.delete(one(name)).alone(), Conversation.NOTHING);
    }

    /** Removes the reply that {@code etag} names; see {@link RemoteReplies#removeIf}. */
    public CompletableFuture<@Nullable Void> removeIf(String name, String etag) {
        return talk.ask(
                () -> Request.delete(one(name)).alone().once().with("If-Match", EntityTag.quoted(etag)),
                Conversation.NOTHING);
    }

    /** What a reply says on a ticket, deleted or not, and would do along with it. */
    public CompletableFuture<RemoteRenderedReply> render(String reference, String name) {
        return talk.ask(
                () -> Request.get(said(reference, name).and("deleted", "true")),
                answer -> RemoteRenderedReply.read(answer.form()));
    }

    /** Says a reply on a ticket for all to see, and does what goes along with it. */
    public CompletableFuture<RemoteComment> send(String reference, String name) {
        return send(reference, name, Map.of());
    }

    /** The same with what was made of its text, as a public or an internal comment. */
    public CompletableFuture<RemoteComment> send(String reference, String name, String body, CommentKind kind) {
        return send(reference, name, Map.of("body", body, "kind", kind.label()));
    }

    private CompletableFuture<RemoteComment> send(String reference, String name, Map<String, String> how) {
        return talk.change(
                () -> Request.post(said(reference, name), Conversation.newKey(), json -> json.value(how)),
                answer -> RemoteComment.read(answer.form()));
    }

    private Target one(String name) {
        return talk.system("replies").with(name);
    }

    private Target said(String reference, String name) {
        return talk.ticket(reference).with("replies").with(name);
    }

    private static RemoteCannedReply reply(Answer answer) {
        return RemoteCannedReply.read(answer.form());
    }

    private static Consumer<JsonWriter> draft(Consumer<ReplyDraft> words) {
        ReplyDraft draft = new ReplyDraft();
        words.accept(draft);
        return draft::write;
    }
}
