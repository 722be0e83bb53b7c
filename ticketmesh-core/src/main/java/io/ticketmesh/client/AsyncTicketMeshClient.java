package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.client.Call.Manner;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link TicketMeshClient} without waiting: the same words, and futures of what they give. Thread-safe.
 *
 * <p>Methods throw nothing: what is wrong, with the arguments too, completes the future, with the exceptions of
 * {@link TicketMeshClient}. Every future completes in time, also when the client is closed. What depends on one runs on threads
 * of the client, which has as many as are needed, unless it is given an executor. Cancelling one ends the call as far as it can be ended: a write may have been carried out.
 */
public final class AsyncTicketMeshClient {
    private static final int PAGE = 100;
    private static final Answer.Reader<@Nullable Void> NOTHING = answer -> null;

    private final Line line;
    private final Manner manner;
    private final String ticketsPath;
    private final String systemPath;
    private final boolean aside;

    /** @param aside whether what depends on the futures may block */
    AsyncTicketMeshClient(Line line, Manner manner, String ticketsPath, String systemPath, boolean aside) {
        this.line = line;
        this.manner = manner;
        this.ticketsPath = ticketsPath;
        this.systemPath = systemPath;
        this.aside = aside;
    }

    AsyncTicketMeshClient with(Manner other) {
        return new AsyncTicketMeshClient(line, other, ticketsPath, systemPath, aside);
    }

    /** The same for callers who do what they like with the futures. */
    AsyncTicketMeshClient aside() {
        return new AsyncTicketMeshClient(line, manner, ticketsPath, systemPath, true);
    }

    Manner manner() {
        return manner;
    }

    /** Creates a ticket of that title. */
    public CompletableFuture<RemoteTicket> create(String title) {
        return create(title, draft -> {});
    }

    /** Creates a ticket; {@code details} says the rest of it. */
    public CompletableFuture<RemoteTicket> create(String title, Consumer<TicketDraft> details) {
        return ask(() -> Request.post(tickets(), newKey(), draft(title, details)), AsyncTicketMeshClient::ticket);
    }

    /**
     * Creates a ticket under an id that the caller chose.
     *
     * <p>Throws {@link ChangedMeanwhileException} when there is one already.
     */
    public CompletableFuture<RemoteTicket> create(TicketId id, String title, Consumer<TicketDraft> details) {
        return ask(
                () -> Request.create(one(id.toString()), newKey(), draft(title, details)),
                AsyncTicketMeshClient::ticket);
    }

    /** The ticket, deleted or not; null when there is none, or when it was purged. */
    public CompletableFuture<@Nullable RemoteTicket> find(String reference) {
        return this.<@Nullable RemoteTicket>ask(
                () -> Request.get(one(reference).and("deleted", "true")).accepting("unknown-ticket", "purged"),
                answer -> answer.status() >= 400 ? null : ticket(answer));
    }

    /** The ticket, deleted or not. */
    public CompletableFuture<RemoteTicket> get(String reference) {
        return ask(() -> Request.get(one(reference).and("deleted", "true")), AsyncTicketMeshClient::ticket);
    }

    /**
     * The ticket as it was then, deleted or not.
     *
     * @param point a timestamp (RFC 3339), an entity tag in quotes, the id of an entry of the history, or a version that a server told
     */
    public CompletableFuture<RemoteTicket> get(String reference, String point) {
        return ask(
                () -> Request.get(one(reference).and("deleted", "true").and("asOf", point)),
                AsyncTicketMeshClient::ticket);
    }

    /** Changes a ticket and returns it as it is then; unchanged when it was so already. */
    public CompletableFuture<RemoteTicket> change(String reference, Consumer<TicketDraft> edit) {
        return ask(() -> Request.patch(one(reference), newKey(), draft(edit)), AsyncTicketMeshClient::ticket);
    }

    /**
     * Changes a ticket if it is in the state that {@code etag} names, and throws {@link ChangedMeanwhileException} when it is not. An answer that was
     * lost is no such case: the repetition is recognized. Guards the server that takes it: what two sides of a partition both accept shows up as a conflict.
     */
    public CompletableFuture<RemoteTicket> changeIf(String reference, String etag, Consumer<TicketDraft> edit) {
        return ask(
                () -> Request.patch(one(reference), newKey(), draft(edit)).with("If-Match", EntityTag.quoted(etag)),
                AsyncTicketMeshClient::ticket);
    }

    /** Moves a ticket through its workflow. */
    public CompletableFuture<RemoteTicket> transition(String reference, Status to) {
        return transition(reference, to, draft -> {});
    }

    /** Moves a ticket to a done state for the given reason. */
    public CompletableFuture<RemoteTicket> transition(String reference, Status to, String resolution) {
        return transition(reference, to, draft -> draft.resolution(resolution));
    }

    /** Moves a ticket through its workflow, with a reason, an end of waiting or a comment. */
    public CompletableFuture<RemoteTicket> transition(String reference, Status to, Consumer<TransitionDraft> details) {
        return ask(
                () -> Request.post(one(reference).with("transitions"), newKey(), transition(to, details)),
                AsyncTicketMeshClient::ticket);
    }

    /** The states that the ticket can take next. */
    public CompletableFuture<List<RemoteTransition>> transitions(String reference) {
        return ask(
                () -> Request.get(shown(reference, "transitions")),
                answer -> answer.form().each("transitions", RemoteTransition::read));
    }

    /** Writes a comment that everybody sees. */
    public CompletableFuture<RemoteComment> comment(String reference, String body) {
        return comment(reference, body, CommentKind.PUBLIC);
    }

    /** Writes a comment: a public or an internal one. */
    public CompletableFuture<RemoteComment> comment(String reference, String body, CommentKind kind) {
        return ask(
                () -> Request.post(
                        one(reference).with("comments"),
                        newKey(),
                        json -> json.value(Map.of("body", body, "kind", kind.label()))),
                answer -> RemoteComment.read(answer.form()));
    }

    /** Gives a comment another text. */
    public CompletableFuture<RemoteComment> editComment(String reference, CommentId id, String body) {
        return ask(
                () -> Request.patch(place(reference, id), newKey(), json -> json.value(Map.of("body", body))),
                answer -> RemoteComment.read(answer.form()));
    }

    /** Takes the text of a comment away, for good and on every node. */
    public CompletableFuture<@Nullable Void> redactComment(String reference, CommentId id) {
        return ask(() -> Request.delete(place(reference, id)), NOTHING);
    }

    /** One comment. */
    public CompletableFuture<RemoteComment> comment(String reference, CommentId id) {
        return ask(
                () -> Request.get(place(reference, id).and("deleted", "true")),
                answer -> RemoteComment.read(answer.form()));
    }

    /** All comments of a ticket that the caller may see, by the time at which they were written; asked for page by page. */
    public CompletableFuture<List<RemoteComment>> comments(String reference) {
        return all(cursor -> comments(reference, page -> page.limit(PAGE).cursor(cursor)));
    }

    /** One page of the comments of a ticket. */
    public CompletableFuture<RemotePage<RemoteComment>> comments(String reference, Consumer<Paging> part) {
        return ask(
                () -> Request.get(paging(part).on(shown(reference, "comments"))),
                answer -> RemotePage.read(answer.form(), RemoteComment::read));
    }

    /** Attaches a file; see {@link TicketMeshClient#attach(String, String, Supplier)}. */
    public CompletableFuture<RemoteAttachment> attach(
            String reference, String name, Supplier<? extends InputStream> content) {
        return ask(
                () -> Request.file(one(reference).with("attachments").and("name", name), newKey(), content),
                answer -> RemoteAttachment.read(answer.form()));
    }

    /** What is attached to a ticket, by the time at which it was added. */
    public CompletableFuture<List<RemoteAttachment>> attachments(String reference) {
        return ask(
                () -> Request.get(shown(reference, "attachments")),
                answer -> answer.form().each("items", RemoteAttachment::read));
    }

    /** Reads the bytes of an attachment; see {@link TicketMeshClient#openAttachment}. */
    public CompletableFuture<InputStream> openAttachment(String reference, AttachmentId id) {
        return ask(() -> Request.download(place(reference, id).and("deleted", "true"), "*/*"), this::watched);
    }

    /** Takes an attachment off a ticket; does nothing when it is not there. */
    public CompletableFuture<@Nullable Void> detach(String reference, AttachmentId id) {
        return ask(() -> Request.delete(place(reference, id)), NOTHING);
    }

    /** What was changed in a ticket, by whom, when and on which node, from the beginning; asked for page by page. */
    public CompletableFuture<List<RemoteHistoryEntry>> history(String reference) {
        return all(cursor -> history(reference, page -> page.limit(PAGE).cursor(cursor)));
    }

    /** One page of the history of a ticket. */
    public CompletableFuture<RemotePage<RemoteHistoryEntry>> history(String reference, Consumer<Paging> part) {
        return ask(
                () -> Request.get(paging(part).on(shown(reference, "history"))),
                answer -> RemotePage.read(answer.form(), RemoteHistoryEntry::read));
    }

    /** Adds a tag, if it is not there. One with a slash cannot be named so: see {@link TicketDraft#tags}. */
    public CompletableFuture<@Nullable Void> tag(String reference, String tag) {
        return ask(() -> Request.put(one(reference).with("tags").with(tag)), NOTHING);
    }

    /** Takes a tag away, if it is there. */
    public CompletableFuture<@Nullable Void> untag(String reference, String tag) {
        return ask(() -> Request.delete(one(reference).with("tags").with(tag)), NOTHING);
    }

    /** Adds somebody who watches. */
    public CompletableFuture<@Nullable Void> watch(String reference, String watcher) {
        return ask(() -> Request.put(one(reference).with("watchers").with(watcher)), NOTHING);
    }

    /** Takes away somebody who watches. */
    public CompletableFuture<@Nullable Void> unwatch(String reference, String watcher) {
        return ask(() -> Request.delete(one(reference).with("watchers").with(watcher)), NOTHING);
    }

    /** Links a ticket to another. */
    public CompletableFuture<@Nullable Void> link(String reference, LinkType type, String target) {
        return ask(
                () -> Request.put(one(reference).with("links").with(type.name()).with(target)), NOTHING);
    }

    /** Takes a link away. */
    public CompletableFuture<@Nullable Void> unlink(String reference, LinkType type, String target) {
        return ask(
                () -> Request.delete(
                        one(reference).with("links").with(type.name()).with(target)),
                NOTHING);
    }

    /** Says that a ticket is the same matter as {@code into}, which is worked on instead. */
    public CompletableFuture<RemoteTicket> merge(String reference, String into) {
        return ask(
                () -> Request.post(one(reference).with("merge"), newKey(), json -> json.value(Map.of("into", into))),
                AsyncTicketMeshClient::ticket);
    }

    /** Takes a merge back. */
    public CompletableFuture<RemoteTicket> unmerge(String reference) {
        return ask(
                () -> Request.post(
                        one(reference).with("merge"),
                        newKey(),
                        json -> json.startObject().member("into", null).endObject()),
                AsyncTicketMeshClient::ticket);
    }

    /** Hides a ticket until it is restored; nothing happens when it is hidden already. */
    public CompletableFuture<@Nullable Void> delete(String reference) {
        return ask(() -> Request.delete(one(reference)), NOTHING);
    }

    /** Takes a deletion back. */
    public CompletableFuture<RemoteTicket> restore(String reference) {
        return ask(
                () -> Request.post(
                        one(reference).with("restore"),
                        newKey(),
                        json -> json.startObject().endObject()),
                AsyncTicketMeshClient::ticket);
    }

    /** Removes a ticket for good, on every node. */
    public CompletableFuture<@Nullable Void> purge(String reference) {
        return ask(() -> Request.delete(one(reference).and("purge", "true")).doneWhen("unknown-ticket"), NOTHING);
    }

    /** The fields into which several people wrote without knowing of each other. */
    public CompletableFuture<List<RemoteConflict>> conflicts(String reference) {
        return ask(
                () -> Request.get(shown(reference, "conflicts")),
                answer -> answer.form().each("items", RemoteConflict::read));
    }

    /**
     * Settles a conflict: {@code value} stands, and the losers go. Throws {@link ConflictingStateException} when there is none.
     *
     * @param value a text, null for nobody, or the value of a {@link RemoteConflict.Write}
     */
    public CompletableFuture<RemoteTicket> settle(String reference, String field, @Nullable Object value) {
        return ask(
                () -> Request.post(
                        one(reference).with("conflicts").with(field),
                        newKey(),
                        json -> json.startObject().member("value", value).endObject()),
                AsyncTicketMeshClient::ticket);
    }

    /** The newest fifty tickets that are not deleted. */
    public CompletableFuture<RemotePage<RemoteTicket>> list() {
        return list(which -> {}, part -> {});
    }

    /** The first page of the tickets that are meant, newest first. */
    public CompletableFuture<RemotePage<RemoteTicket>> list(Consumer<Selection> which) {
        return list(which, part -> {});
    }

    /** A page of the tickets that are meant. */
    public CompletableFuture<RemotePage<RemoteTicket>> list(Consumer<Selection> which, Consumer<Paging> part) {
        return ask(
                () -> Request.get(paging(part).on(selection(which).on(tickets()))),
                answer -> RemotePage.read(answer.form(), RemoteTicket::read));
    }

    /** Carries out several operations with one request; each succeeds or fails for itself. */
    public CompletableFuture<RemoteBulk> bulk(Consumer<BulkDraft> operations) {
        return ask(
                () -> Request.post(tickets().with("bulk"), newKey(), bulkDraft(operations)),
                answer -> RemoteBulk.read(answer.form()));
    }

    /**
     * Exports the tickets that are meant, as a stream that the caller closes. It fails when the server sends nothing for
     * {@link TicketMeshClient.Builder#streamSilence}, and is not taken up again elsewhere once it has begun.
     */
    public CompletableFuture<InputStream> export(ExportFormat format, Consumer<Selection> which) {
        return ask(
                () -> Request.download(selection(which).on(tickets().with("export")), format.mediaType()),
                this::watched);
    }

    /** Listens to what happens to the tickets that are meant; see {@link TicketMeshClient#events}. */
    EventSubscription events(Consumer<Selection> which, String after, RemoteEventListener listener) {
        Target target = selection(which).on(tickets().with("events"));
        return line.listen(
                new EventSubscription(line, manner, Request.download(target, "text/event-stream"), after, listener));
    }

    /** Imports tickets. Asked of one server only, unless it is certain that nothing reached it: a row that names no ticket would make another. */
    public CompletableFuture<RemoteImport> importFrom(ImportSource source) {
        return ask(
                () -> source.request(tickets().with("import"), newKey()), answer -> RemoteImport.read(answer.form()));
    }

    /** How many tickets there are, by status, priority, assignee, queue, type and age. */
    public CompletableFuture<RemoteCounts> counts() {
        return ask(() -> Request.get(tickets().with("stats")), answer -> RemoteCounts.read(answer.form()));
    }

    /** What a server knows and takes: its version, workflow, names and limits. */
    public CompletableFuture<RemoteMeta> meta() {
        return ask(() -> Request.get(system("meta")), answer -> RemoteMeta.read(answer.form()));
    }

    /** How the mesh is, as one server sees it. */
    public CompletableFuture<RemoteMesh> mesh() {
        return ask(() -> Request.get(system("mesh")), answer -> RemoteMesh.read(answer.form()));
    }

    /** A digest of all that one server holds. */
    public CompletableFuture<RemoteDigest> digest() {
        return ask(() -> Request.get(system("mesh").with("digest")), answer -> RemoteDigest.read(answer.form()));
    }

    /** Takes a member out of the mesh until it is heard again. */
    public CompletableFuture<@Nullable Void> retire(NodeId member) {
        return ask(() -> Request.delete(system("mesh").with("members").with(member.toString())), NOTHING);
    }

    private <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<Request> request, Answer.Reader<T> reader) {
        try {
            CompletableFuture<T> result = line.call(request.get(), manner, reader);
            return aside ? line.aside(result) : result;
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** All items of a list, page after page. */
    private static <T> CompletableFuture<List<T>> all(
            Function<@Nullable String, CompletableFuture<RemotePage<T>>> pageAt) {
        return rest(pageAt, null, new ArrayList<>());
    }

    private static <T> CompletableFuture<List<T>> rest(
            Function<@Nullable String, CompletableFuture<RemotePage<T>>> pageAt,
            @Nullable String cursor,
            List<T> found) {
        return pageAt.apply(cursor).thenCompose(page -> {
            found.addAll(page.items());
            String next = page.next();
            return next == null || next.equals(cursor)
                    ? CompletableFuture.completedFuture(Collections.unmodifiableList(found))
                    : rest(pageAt, next, found);
        });
    }

    /** A key under which a write is carried out once, however often and wherever it is sent. */
    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private Target tickets() {
        return Target.at(ticketsPath);
    }

    private Target one(String reference) {
        return tickets().with(reference);
    }

    /** What belongs to a ticket, deleted or not. */
    private Target shown(String reference, String part) {
        return one(reference).with(part).and("deleted", "true");
    }

    private Target place(String reference, CommentId id) {
        return one(reference).with("comments").with(id.toString());
    }

    private Target place(String reference, AttachmentId id) {
        return one(reference).with("attachments").with(id.toString());
    }

    private Target system(String part) {
        return Target.at(systemPath).with(part);
    }

    private static RemoteTicket ticket(Answer answer) {
        return RemoteTicket.read(answer.form());
    }

    private InputStream watched(Answer answer) {
        InputStream stream = answer.stream();
        if (stream == null) {
            throw new IllegalStateException("A download is a stream");
        }
        return line.watched(new WatchedStream(stream, manner.limits().silenceNanos()));
    }

    private static Consumer<JsonWriter> draft(Consumer<TicketDraft> words) {
        TicketDraft draft = new TicketDraft();
        words.accept(draft);
        return draft::write;
    }

    private static Consumer<JsonWriter> draft(String title, Consumer<TicketDraft> details) {
        return draft(draft -> {
            draft.title(title);
            details.accept(draft);
        });
    }

    private static Consumer<JsonWriter> transition(Status to, Consumer<TransitionDraft> details) {
        TransitionDraft draft = new TransitionDraft(to);
        details.accept(draft);
        return draft::write;
    }

    private static Consumer<JsonWriter> bulkDraft(Consumer<BulkDraft> operations) {
        BulkDraft draft = new BulkDraft();
        operations.accept(draft);
        return draft::write;
    }

    private static Selection selection(Consumer<Selection> words) {
        Selection selection = new Selection();
        words.accept(selection);
        return selection;
    }

    private static Paging paging(Consumer<Paging> words) {
        Paging paging = new Paging();
        words.accept(paging);
        return paging;
    }
}
