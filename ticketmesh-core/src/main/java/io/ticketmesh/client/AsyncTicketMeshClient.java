package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketId;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private final Conversation talk;

    AsyncTicketMeshClient(Conversation talk) {
        this.talk = talk;
    }

    Conversation talk() {
        return talk;
    }

    /** Saved views: one's own, and those that all share. */
    public AsyncRemoteViews views() {
        return new AsyncRemoteViews(talk);
    }

    /** Canned replies: how they are set up, and saying them. */
    public AsyncRemoteReplies replies() {
        return new AsyncRemoteReplies(talk);
    }

    /** Other systems that are told what happens. */
    public AsyncRemoteWebhooks webhooks() {
        return new AsyncRemoteWebhooks(talk);
    }

    /** Reports of incidents. */
    public AsyncRemoteIncidents incidents() {
        return new AsyncRemoteIncidents(talk);
    }

    /** Erasures of people. */
    public AsyncRemoteErasures erasures() {
        return new AsyncRemoteErasures(talk);
    }

    /** All that the mesh holds, as one stream of bytes. */
    public AsyncRemoteBundle bundle() {
        return new AsyncRemoteBundle(talk);
    }

    /** Creates a ticket of that title. */
    public CompletableFuture<RemoteTicket> create(String title) {
        return create(title, draft -> {});
    }

    /** Creates a ticket; {@code details} says the rest of it. */
    public CompletableFuture<RemoteTicket> create(String title, Consumer<TicketDraft> details) {
        return talk.ask(
                () -> Request.post(talk.tickets(), Conversation.newKey(), draft(title, details)),
                AsyncTicketMeshClient::ticket);
    }

    /**
     * Creates a ticket under an id that the caller chose.
     *
     * <p>Throws {@link ChangedMeanwhileException} when there is one already.
     */
    public CompletableFuture<RemoteTicket> create(TicketId id, String title, Consumer<TicketDraft> details) {
        return talk.ask(
                () -> Request.create(talk.ticket(id.toString()), Conversation.newKey(), draft(title, details)),
                AsyncTicketMeshClient::ticket);
    }

    /** The ticket, deleted or not; null when there is none, or when it was purged. */
    public CompletableFuture<@Nullable RemoteTicket> find(String reference) {
        return talk.<@Nullable RemoteTicket>ask(
                () -> Request.get(talk.ticket(reference).and("deleted", "true")).accepting("unknown-ticket", "purged"),
                answer -> answer.status() >= 400 ? null : ticket(answer));
    }

    /** The ticket, deleted or not. */
    public CompletableFuture<RemoteTicket> get(String reference) {
        return talk.ask(
                () -> Request.get(talk.ticket(reference).and("deleted", "true")), AsyncTicketMeshClient::ticket);
    }

    /**
     * The ticket as it was then, deleted or not.
     *
     * @param point a timestamp (RFC 3339), an entity tag in quotes, the id of an entry of the history, or a version that a server told
     */
    public CompletableFuture<RemoteTicket> get(String reference, String point) {
        return talk.ask(
                () -> Request.get(talk.ticket(reference).and("deleted", "true").and("asOf", point)),
                AsyncTicketMeshClient::ticket);
    }

    /** Changes a ticket and returns it as it is then; unchanged when it was so already. */
    public CompletableFuture<RemoteTicket> change(String reference, Consumer<TicketDraft> edit) {
        return talk.change(
                () -> Request.patch(talk.ticket(reference), Conversation.newKey(), draft(edit)),
                AsyncTicketMeshClient::ticket);
    }

    /**
     * Changes a ticket if it is in the state that {@code etag} names, and throws {@link ChangedMeanwhileException} when it is not. An answer that was
     * lost is no such case: the repetition is recognized. Guards the server that takes it: what two sides of a partition both accept shows up as a conflict.
     */
    public CompletableFuture<RemoteTicket> changeIf(String reference, String etag, Consumer<TicketDraft> edit) {
        return talk.change(
                () -> Request.patch(talk.ticket(reference), Conversation.newKey(), draft(edit))
                        .with("If-Match", EntityTag.quoted(etag)),
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
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("transitions"), Conversation.newKey(), transition(to, details)),
                AsyncTicketMeshClient::ticket);
    }

    /** The states that the ticket can take next. */
    public CompletableFuture<List<RemoteTransition>> transitions(String reference) {
        return talk.ask(
                () -> Request.get(talk.shown(reference, "transitions")),
                answer -> answer.form().each("transitions", RemoteTransition::read));
    }

    /** Writes a comment that everybody sees. */
    public CompletableFuture<RemoteComment> comment(String reference, String body) {
        return comment(reference, body, CommentKind.PUBLIC);
    }

    /** Writes a comment: a public or an internal one. */
    public CompletableFuture<RemoteComment> comment(String reference, String body, CommentKind kind) {
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("comments"),
                        Conversation.newKey(),
                        json -> json.value(Map.of("body", body, "kind", kind.label()))),
                answer -> RemoteComment.read(answer.form()));
    }

    /** Gives a comment another text. */
    public CompletableFuture<RemoteComment> editComment(String reference, CommentId id, String body) {
        return talk.change(
                () -> Request.patch(
                        place(reference, id), Conversation.newKey(), json -> json.value(Map.of("body", body))),
                answer -> RemoteComment.read(answer.form()));
    }

    /** Takes the text of a comment away, for good and on every node. */
    public CompletableFuture<@Nullable Void> redactComment(String reference, CommentId id) {
        return talk.change(() -> Request.delete(place(reference, id)), Conversation.NOTHING);
    }

    /** One comment. */
    public CompletableFuture<RemoteComment> comment(String reference, CommentId id) {
        return talk.ask(
                () -> Request.get(place(reference, id).and("deleted", "true")),
                answer -> RemoteComment.read(answer.form()));
    }

    /** All comments of a ticket that the caller may see, by the time at which they were written; asked for page by page. */
    public CompletableFuture<List<RemoteComment>> comments(String reference) {
        return all(cursor -> comments(reference, page -> page.limit(PAGE).cursor(cursor)));
    }

    /** One page of the comments of a ticket. */
    public CompletableFuture<RemotePage<RemoteComment>> comments(String reference, Consumer<Paging> part) {
        return comments(() -> talk.shown(reference, "comments"), part);
    }

    private CompletableFuture<RemotePage<RemoteComment>> comments(Supplier<Target> target, Consumer<Paging> part) {
        return talk.ask(
                () -> Request.get(paging(part).on(target.get())),
                answer -> RemotePage.read(answer.form(), RemoteComment::read));
    }

    /** All comments of a ticket as they were then; see {@link TicketMeshClient#comments(String, String)}. */
    public CompletableFuture<List<RemoteComment>> comments(String reference, String point) {
        Supplier<Target> then = () -> talk.shown(reference, "comments").and("asOf", point);
        return all(cursor -> comments(then, page -> page.limit(PAGE).cursor(cursor)));
    }

    /** Attaches a file; see {@link TicketMeshClient#attach(String, String, Supplier)}. */
    public CompletableFuture<RemoteAttachment> attach(
            String reference, String name, Supplier<? extends InputStream> content) {
        return talk.change(
                () -> Request.file(
                        talk.ticket(reference).with("attachments").and("name", name), Conversation.newKey(), content),
                answer -> RemoteAttachment.read(answer.form()));
    }

    /** What is attached to a ticket, by the time at which it was added. */
    public CompletableFuture<List<RemoteAttachment>> attachments(String reference) {
        return talk.ask(
                () -> Request.get(talk.shown(reference, "attachments")),
                answer -> answer.form().each("items", RemoteAttachment::read));
    }

    /** Reads the bytes of an attachment; see {@link TicketMeshClient#openAttachment}. */
    public CompletableFuture<InputStream> openAttachment(String reference, AttachmentId id) {
        return talk.ask(() -> Request.download(place(reference, id).and("deleted", "true"), "*/*"), talk::watched);
    }

    /** Takes an attachment off a ticket; does nothing when it is not there. */
    public CompletableFuture<@Nullable Void> detach(String reference, AttachmentId id) {
        return talk.change(() -> Request.delete(place(reference, id)), Conversation.NOTHING);
    }

    /** What was changed in a ticket, by whom, when and on which node, from the beginning; asked for page by page. */
    public CompletableFuture<List<RemoteHistoryEntry>> history(String reference) {
        return all(cursor -> history(reference, page -> page.limit(PAGE).cursor(cursor)));
    }

    /** One page of the history of a ticket. */
    public CompletableFuture<RemotePage<RemoteHistoryEntry>> history(String reference, Consumer<Paging> part) {
        return talk.ask(
                () -> Request.get(paging(part).on(talk.shown(reference, "history"))),
                answer -> RemotePage.read(answer.form(), RemoteHistoryEntry::read));
    }

    /** Where the last change of a ticket was accepted, and which members of the mesh are known to hold it. */
    public CompletableFuture<RemoteCopies> copies(String reference) {
        return talk.ask(() -> Request.get(talk.shown(reference, "copies")), answer -> RemoteCopies.read(answer.form()));
    }

    /** Adds a tag, if it is not there. One with a slash cannot be named so: see {@link TicketDraft#tags}. */
    public CompletableFuture<@Nullable Void> tag(String reference, String tag) {
        return talk.change(() -> Request.put(talk.ticket(reference).with("tags").with(tag)), Conversation.NOTHING);
    }

    /** Takes a tag away, if it is there. */
    public CompletableFuture<@Nullable Void> untag(String reference, String tag) {
        return talk.change(
                () -> Request.delete(talk.ticket(reference).with("tags").with(tag)), Conversation.NOTHING);
    }

    /** Adds somebody who watches. */
    public CompletableFuture<@Nullable Void> watch(String reference, String watcher) {
        return talk.change(
                () -> Request.put(talk.ticket(reference).with("watchers").with(watcher)), Conversation.NOTHING);
    }

    /** Takes away somebody who watches. */
    public CompletableFuture<@Nullable Void> unwatch(String reference, String watcher) {
        return talk.change(
                () -> Request.delete(talk.ticket(reference).with("watchers").with(watcher)), Conversation.NOTHING);
    }

    /** Links a ticket to another. */
    public CompletableFuture<@Nullable Void> link(String reference, LinkType type, String target) {
        return talk.change(
                () -> Request.put(
                        talk.ticket(reference).with("links").with(type.name()).with(target)),
                Conversation.NOTHING);
    }

    /** Takes a link away. */
    public CompletableFuture<@Nullable Void> unlink(String reference, LinkType type, String target) {
        return talk.change(
                () -> Request.delete(
                        talk.ticket(reference).with("links").with(type.name()).with(target)),
                Conversation.NOTHING);
    }

    /** Says that a ticket is the same matter as {@code into}, which is worked on instead. */
    public CompletableFuture<RemoteTicket> merge(String reference, String into) {
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("merge"),
                        Conversation.newKey(),
                        json -> json.value(Map.of("into", into))),
                AsyncTicketMeshClient::ticket);
    }

    /** Takes a merge back. */
    public CompletableFuture<RemoteTicket> unmerge(String reference) {
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("merge"),
                        Conversation.newKey(),
                        json -> json.startObject().member("into", null).endObject()),
                AsyncTicketMeshClient::ticket);
    }

    /** Hides a ticket until it is restored; nothing happens when it is hidden already. */
    public CompletableFuture<@Nullable Void> delete(String reference) {
        return talk.change(() -> Request.delete(talk.ticket(reference)), Conversation.NOTHING);
    }

    /** Takes a deletion back. */
    public CompletableFuture<RemoteTicket> restore(String reference) {
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("restore"),
                        Conversation.newKey(),
                        json -> json.startObject().endObject()),
                AsyncTicketMeshClient::ticket);
    }

    /** Removes a ticket for good, on every node. */
    public CompletableFuture<@Nullable Void> purge(String reference) {
        return talk.change(
                () -> Request.delete(talk.ticket(reference).and("purge", "true"))
                        .doneWhen("unknown-ticket"),
                Conversation.NOTHING);
    }

    /** The fields into which several people wrote without knowing of each other. */
    public CompletableFuture<List<RemoteConflict>> conflicts(String reference) {
        return talk.ask(
                () -> Request.get(talk.shown(reference, "conflicts")),
                answer -> answer.form().each("items", RemoteConflict::read));
    }

    /**
     * Settles a conflict: {@code value} stands, and the losers go. Throws {@link ConflictingStateException} when there is none.
     *
     * @param value a text, null for nobody, or the value of a {@link RemoteConflict.Write}
     */
    public CompletableFuture<RemoteTicket> settle(String reference, String field, @Nullable Object value) {
        return talk.change(
                () -> Request.post(
                        talk.ticket(reference).with("conflicts").with(field),
                        Conversation.newKey(),
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
        return talk.ask(
                () -> Request.get(paging(part).on(selection(which).on(talk.tickets()))),
                answer -> RemotePage.read(answer.form(), RemoteTicket::read));
    }

    /** Tickets like one of that title that is being written; see {@link TicketMeshClient#similar(String, String, int)}. */
    public CompletableFuture<RemoteSimilarTickets> similar(String title) {
        return similar(() -> talk.tickets().with("similar").and("title", title));
    }

    /** Tickets like one that is being written; see {@link TicketMeshClient#similar(String, String, int)}. */
    public CompletableFuture<RemoteSimilarTickets> similar(String title, String description, int limit) {
        return similar(() -> talk.tickets()
                .with("similar")
                .and("title", title)
                .and("description", description)
                .and("limit", String.valueOf(limit)));
    }

    private CompletableFuture<RemoteSimilarTickets> similar(Supplier<Target> target) {
        return talk.ask(() -> Request.get(target.get()), answer -> RemoteSimilarTickets.read(answer.form()));
    }

    /** Carries out several operations with one request; each succeeds or fails for itself. */
    public CompletableFuture<RemoteBulk> bulk(Consumer<BulkDraft> operations) {
        return talk.ask(
                () -> Request.post(talk.tickets().with("bulk"), Conversation.newKey(), bulkDraft(operations)),
                answer -> RemoteBulk.read(answer.form()));
    }

    /**
     * Exports the tickets that are meant, as a stream that the caller closes. It fails when the server sends nothing for
     * {@link TicketMeshClient.Builder#streamSilence}, and is not taken up again elsewhere once it has begun.
     */
    public CompletableFuture<InputStream> export(ExportFormat format, Consumer<Selection> which) {
        return talk.ask(
                () -> Request.download(selection(which).on(talk.tickets().with("export")), format.mediaType()),
                talk::watched);
    }

    /** Listens to what happens to the tickets that are meant; see {@link TicketMeshClient#events}. */
    EventSubscription events(Consumer<Selection> which, String after, RemoteEventListener listener) {
        Target target = selection(which).on(talk.tickets().with("events"));
        return talk.line()
                .listen(new EventSubscription(
                        talk.line(), talk.manner(), Request.download(target, "text/event-stream"), after, listener));
    }

    /** What happened to the tickets that are meant since the last time; see {@link TicketMeshClient#changes(Consumer, String)}. */
    public CompletableFuture<RemoteChanges> changes(Consumer<Selection> which, String since) {
        return changes(since, () -> selection(which).on(talk.tickets().with("changes")));
    }

    /** The same with so many events at most. */
    public CompletableFuture<RemoteChanges> changes(Consumer<Selection> which, String since, int limit) {
        return changes(
                since, () -> selection(which).on(talk.tickets().with("changes")).and("limit", String.valueOf(limit)));
    }

    private CompletableFuture<RemoteChanges> changes(String since, Supplier<Target> target) {
        return talk.ask(
                () -> Request.get(since.isEmpty() ? target.get() : target.get().and("since", since))
                        .accepting("changes-gone"),
                answer -> RemoteChanges.read(since, answer));
    }

    /** Imports tickets. Asked of one server only, unless it is certain that nothing reached it: a row that names no ticket would make another. */
    public CompletableFuture<RemoteImport> importFrom(ImportSource source) {
        return talk.ask(
                () -> source.request(talk.tickets().with("import"), Conversation.newKey()),
                answer -> RemoteImport.read(answer.form()));
    }

    /** How many tickets there are, by status, priority, assignee, queue, type and age. */
    public CompletableFuture<RemoteCounts> counts() {
        return counts(which -> {});
    }

    /** The same of the tickets that are meant. Takes as long as it finds tickets. */
    public CompletableFuture<RemoteCounts> counts(Consumer<Selection> which) {
        return talk.ask(
                () -> Request.get(selection(which).on(talk.tickets().with("stats"))),
                answer -> RemoteCounts.read(answer.form()));
    }

    /** What came in and went out, day by day, and how long it took; see {@link TicketMeshClient#flow}. */
    public CompletableFuture<TicketFlow> flow(Consumer<Selection> which, LocalDate from, LocalDate to, ZoneId zone) {
        return talk.ask(
                () -> Request.get(selection(which)
                        .on(talk.tickets().with("stats"))
                        .and("from", from.toString())
                        .and("to", to.toString())
                        .and("zone", zone.getId())),
                answer -> RemoteFlow.read(answer.form().inner("flow"), zone));
    }

    /** Who the client is to a server, and what it may do there. */
    public CompletableFuture<RemoteCaller> caller() {
        return talk.ask(() -> Request.get(talk.system("session")), answer -> RemoteCaller.read(answer.form()));
    }

    /** What a server knows and takes: its version, workflow, names and limits. */
    public CompletableFuture<RemoteMeta> meta() {
        return talk.ask(() -> Request.get(talk.system("meta")), answer -> RemoteMeta.read(answer.form()));
    }

    /** The OpenAPI document of a server. */
    public CompletableFuture<JsonObject> openApi() {
        return talk.ask(
                () -> Request.get(talk.system("openapi.json")),
                answer -> answer.form().json());
    }

    /** How the mesh is, as one server sees it. */
    public CompletableFuture<RemoteMesh> mesh() {
        return talk.ask(() -> Request.get(talk.system("mesh")), answer -> RemoteMesh.read(answer.form()));
    }

    /** A digest of all that one server holds. */
    public CompletableFuture<RemoteDigest> digest() {
        return talk.ask(
                () -> Request.get(talk.system("mesh").with("digest")), answer -> RemoteDigest.read(answer.form()));
    }

    /** Takes a member out of the mesh until it is heard again. */
    public CompletableFuture<@Nullable Void> retire(NodeId member) {
        return talk.ask(
                () -> Request.delete(talk.system("mesh").with("members").with(member.toString()))
                        .alone(),
                Conversation.NOTHING);
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

    private Target place(String reference, CommentId id) {
        return talk.ticket(reference).with("comments").with(id.toString());
    }

    private Target place(String reference, AttachmentId id) {
        return talk.ticket(reference).with("attachments").with(id.toString());
    }

    private static RemoteTicket ticket(Answer answer) {
        return RemoteTicket.read(answer.form());
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
