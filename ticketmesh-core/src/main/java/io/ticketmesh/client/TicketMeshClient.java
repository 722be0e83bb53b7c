package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.client.Call.Manner;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketId;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of a mesh, reached over HTTP through any of its servers, in the words of {@code Tickets}. Thread-safe; make one and keep it.
 *
 * <pre>{@code
 * try (TicketMeshClient client = TicketMeshClient.open(URI.create("http://one:8080"), URI.create("http://two:8080"))) {
 *     RemoteTicket ticket = client.create("Printer on fire", draft -> draft.priority(Priority.URGENT).tags("printer"));
 *     client.comment(ticket.key().toString(), "On my way");
 * }
 * }</pre>
 *
 * <p><b>In turn.</b> Calls go to the servers one after the other. One that fails is left alone for a second, twice as long each time
 * that it fails again, up to thirty; the call goes on with the next server at once. Reads, and writes too, are repeated so: every write that
 * is not idempotent by itself carries an {@code Idempotency-Key}, under which the servers carry it out once. Imports are an exception, and some
 * words of the groups, such as {@link RemoteIncidents#report}, which say so.
 *
 * <p><b>What was written is read.</b> The client tells each server what the servers before have shown it, and the server waits a moment until
 * it holds as much. When it does not in time the answer is stale; {@link AttemptListener} and {@link #statistics} tell so. All callers share
 * what was seen, unless they have a {@link #session()} each.
 *
 * <p>A {@code reference} is an id, a key with or without {@code TM-}, or an unambiguous beginning of a key. Methods throw the
 * exceptions that {@link TicketMeshClientException} lists, and {@link IllegalArgumentException} when an argument cannot be sent. No call takes longer
 * than {@link Builder#callTimeout}; lists that are asked for page by page take that for each page.
 */
public final class TicketMeshClient implements AutoCloseable {
    private final Line line;
    private final AsyncTicketMeshClient async;

    private TicketMeshClient(Line line, AsyncTicketMeshClient async) {
        this.line = line;
        this.async = async;
    }

    /** A client of these servers, with all defaults. */
    public static TicketMeshClient open(URI... servers) {
        return builder().servers(servers).open();
    }

    /** A client as {@code configuration} says. */
    public static TicketMeshClient open(Consumer<Builder> configuration) {
        Builder builder = builder();
        configuration.accept(builder);
        return builder.open();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same words without waiting. */
    public AsyncTicketMeshClient async() {
        return new AsyncTicketMeshClient(async.talk().forCallers());
    }

    /**
     * The same client, whose writes return only when other members hold them on disk too; they throw {@link TooFewCopiesException} when
     * that is not so in time. Imports do not wait, nor what is not written into tickets.
     *
     * @param wanted how many must hold it
     * @param longest by how much longer an attempt and a call may take; more than the servers' {@code ticketmesh.rest.ack-timeout}
     */
    public TicketMeshClient acknowledgedBy(Acknowledgement wanted, Duration longest) {
        Builder.requirePositive("longest", longest);
        Manner manner = manner();
        String acks = wanted == Acknowledgement.LOCAL ? "" : wanted.text();
        return with(manner.with(manner.limits().longer(longest)).acknowledged(acks));
    }

    /**
     * The same client, whose changes of a ticket are carried out only if it is in the state that {@code etag} names, and throw
     * {@link ChangedMeanwhileException} when it is not: whatever is done to one ticket that is there, its comments and attachments included.
     * What has no idempotency key, such as {@link #delete}, is asked of one server only then, unless it is certain that it was not carried
     * out. Creating, bulk and everything else are as ever.
     *
     * @param etag see {@link RemoteTicket#etag}
     * @throws IllegalArgumentException when it is none
     */
    public TicketMeshClient onlyIf(String etag) {
        return with(manner().onlyIf(EntityTag.quoted(etag)));
    }

    /** The same client for somebody who has seen nothing yet, and whose reads need not wait for what others of this client have seen. */
    public TicketMeshClient session() {
        return session("");
    }

    /**
     * The same client for somebody who has seen as much as {@code token} says, such as in another process.
     *
     * @param token a {@link #token}; empty for nothing
     * @throws IllegalArgumentException when it is none
     */
    public TicketMeshClient session(String token) {
        return with(manner().with(new Seen(token)));
    }

    private Manner manner() {
        return async.talk().manner();
    }

    private TicketMeshClient with(Manner manner) {
        return new TicketMeshClient(line, new AsyncTicketMeshClient(async.talk().with(manner)));
    }

    /** What was seen so far, as a text that can be carried elsewhere; at most 4,096 characters, empty for nothing. */
    public String token() {
        return manner().seen().token();
    }

    /** Saved views: one's own, and those that all share. */
    public RemoteViews views() {
        return new RemoteViews(async.views());
    }

    /** Canned replies: how they are set up, and saying them. */
    public RemoteReplies replies() {
        return new RemoteReplies(async.replies());
    }

    /** Other systems that are told what happens. */
    public RemoteWebhooks webhooks() {
        return new RemoteWebhooks(async.webhooks());
    }

    /** Reports of incidents. */
    public RemoteIncidents incidents() {
        return new RemoteIncidents(async.incidents());
    }

    /** Erasures of people. */
    public RemoteErasures erasures() {
        return new RemoteErasures(async.erasures());
    }

    /** All that the mesh holds, as one stream of bytes. */
    public RemoteBundle bundle() {
        return new RemoteBundle(async.bundle());
    }

    /** Creates a ticket of that title. */
    public RemoteTicket create(String title) {
        return Outcome.of(async.create(title));
    }

    /** Creates a ticket; {@code details} says the rest of it. */
    public RemoteTicket create(String title, Consumer<TicketDraft> details) {
        return Outcome.of(async.create(title, details));
    }

    /**
     * Creates a ticket under an id that the caller chose.
     *
     * <p>Throws {@link ChangedMeanwhileException} when there is one already.
     */
    public RemoteTicket create(TicketId id, String title, Consumer<TicketDraft> details) {
        return Outcome.of(async.create(id, title, details));
    }

    /** The ticket, deleted or not; null when there is none, or when it was purged. */
    public @Nullable RemoteTicket find(String reference) {
        return Outcome.of(async.find(reference));
    }

    /** The ticket, deleted or not. */
    public RemoteTicket get(String reference) {
        return Outcome.of(async.get(reference));
    }

    /**
     * The ticket as it was then, deleted or not.
     *
     * @param point a timestamp (RFC 3339), an entity tag in quotes, the id of an entry of the history, or a version that a server told
     * @throws NotFoundException when it was not there then, or the server does not know that point
     */
    public RemoteTicket get(String reference, String point) {
        return Outcome.of(async.get(reference, point));
    }

    /** Changes a ticket and returns it as it is then; unchanged when it was so already. */
    public RemoteTicket change(String reference, Consumer<TicketDraft> edit) {
        return Outcome.of(async.change(reference, edit));
    }

    /**
     * Changes a ticket if it is in the state that {@code etag} names, and throws {@link ChangedMeanwhileException} when it is not. An answer that was
     * lost is no such case: the repetition is recognized. Guards the server that takes it: what two sides of a partition both accept shows up as a conflict.
     */
    public RemoteTicket changeIf(String reference, String etag, Consumer<TicketDraft> edit) {
        return Outcome.of(async.changeIf(reference, etag, edit));
    }

    /** Moves a ticket through its workflow. */
    public RemoteTicket transition(String reference, Status to) {
        return Outcome.of(async.transition(reference, to));
    }

    /** Moves a ticket to a done state for the given reason. */
    public RemoteTicket transition(String reference, Status to, String resolution) {
        return Outcome.of(async.transition(reference, to, resolution));
    }

    /** Moves a ticket through its workflow, with a reason, an end of waiting or a comment. */
    public RemoteTicket transition(String reference, Status to, Consumer<TransitionDraft> details) {
        return Outcome.of(async.transition(reference, to, details));
    }

    /** The states that the ticket can take next. */
    public List<RemoteTransition> transitions(String reference) {
        return Outcome.of(async.transitions(reference));
    }

    /** Writes a comment that everybody sees. */
    public RemoteComment comment(String reference, String body) {
        return Outcome.of(async.comment(reference, body));
    }

    /** Writes a comment: a public or an internal one. */
    public RemoteComment comment(String reference, String body, CommentKind kind) {
        return Outcome.of(async.comment(reference, body, kind));
    }

    /** Gives a comment another text. */
    public RemoteComment editComment(String reference, CommentId id, String body) {
        return Outcome.of(async.editComment(reference, id, body));
    }

    /** Takes the text of a comment away, for good and on every node. */
    public void redactComment(String reference, CommentId id) {
        Outcome.of(async.redactComment(reference, id));
    }

    /** One comment. */
    public RemoteComment comment(String reference, CommentId id) {
        return Outcome.of(async.comment(reference, id));
    }

    /** All comments of a ticket that the caller may see, by the time at which they were written; asked for page by page. */
    public List<RemoteComment> comments(String reference) {
        return Outcome.of(async.comments(reference));
    }

    /** One page of the comments of a ticket. */
    public RemotePage<RemoteComment> comments(String reference, Consumer<Paging> part) {
        return Outcome.of(async.comments(reference, part));
    }

    /**
     * All comments of a ticket as they were then, that the caller may see.
     *
     * @param point as in {@link #get(String, String)}
     */
    public List<RemoteComment> comments(String reference, String point) {
        return Outcome.of(async.comments(reference, point));
    }

    /** Attaches a file under its own name. */
    public RemoteAttachment attach(String reference, Path file) {
        Path name = file.getFileName();
        return attach(reference, name == null ? "" : name.toString(), Source.of(file));
    }

    /**
     * Attaches bytes. They are sent as a stream, once more when it is not known what became of them, and attached once.
     *
     * @param name of a file; a path before it is cut off
     * @param content gives a new stream each time; the client closes it
     * @throws java.io.UncheckedIOException when it cannot be read; nothing is attached
     */
    public RemoteAttachment attach(String reference, String name, Supplier<? extends InputStream> content) {
        return Outcome.of(async.attach(reference, name, content));
    }

    /** What is attached to a ticket, by the time at which it was added. */
    public List<RemoteAttachment> attachments(String reference) {
        return Outcome.of(async.attachments(reference));
    }

    /**
     * Reads the bytes of an attachment, as a stream that the caller closes. It fails when the server sends nothing for
     * {@link Builder#streamSilence}, and is not taken up again elsewhere once it has begun.
     */
    public InputStream openAttachment(String reference, AttachmentId id) {
        return Outcome.of(async.openAttachment(reference, id));
    }

    /** Takes an attachment off a ticket; does nothing when it is not there. */
    public void detach(String reference, AttachmentId id) {
        Outcome.of(async.detach(reference, id));
    }

    /** What was changed in a ticket, by whom, when and on which node, from the beginning; asked for page by page. */
    public List<RemoteHistoryEntry> history(String reference) {
        return Outcome.of(async.history(reference));
    }

    /** One page of the history of a ticket. */
    public RemotePage<RemoteHistoryEntry> history(String reference, Consumer<Paging> part) {
        return Outcome.of(async.history(reference, part));
    }

    /** Where the last change of a ticket was accepted, and which members of the mesh are known to hold it. */
    public RemoteCopies copies(String reference) {
        return Outcome.of(async.copies(reference));
    }

    /** Adds a tag, if it is not there. One with a slash cannot be named so: see {@link TicketDraft#tags}. */
    public void tag(String reference, String tag) {
        Outcome.of(async.tag(reference, tag));
    }

    /** Takes a tag away, if it is there. */
    public void untag(String reference, String tag) {
        Outcome.of(async.untag(reference, tag));
    }

    /** Adds somebody who watches. */
    public void watch(String reference, String watcher) {
        Outcome.of(async.watch(reference, watcher));
    }

    /** Takes away somebody who watches. */
    public void unwatch(String reference, String watcher) {
        Outcome.of(async.unwatch(reference, watcher));
    }

    /** Links a ticket to another. */
    public void link(String reference, LinkType type, String target) {
        Outcome.of(async.link(reference, type, target));
    }

    /** Takes a link away. */
    public void unlink(String reference, LinkType type, String target) {
        Outcome.of(async.unlink(reference, type, target));
    }

    /** Says that a ticket is the same matter as {@code into}, which is worked on instead. */
    public RemoteTicket merge(String reference, String into) {
        return Outcome.of(async.merge(reference, into));
    }

    /** Takes a merge back. */
    public RemoteTicket unmerge(String reference) {
        return Outcome.of(async.unmerge(reference));
    }

    /** Hides a ticket until it is restored; nothing happens when it is hidden already. */
    public void delete(String reference) {
        Outcome.of(async.delete(reference));
    }

    /** Takes a deletion back. */
    public RemoteTicket restore(String reference) {
        return Outcome.of(async.restore(reference));
    }

    /** Removes a ticket for good, on every node. */
    public void purge(String reference) {
        Outcome.of(async.purge(reference));
    }

    /** The fields into which several people wrote without knowing of each other. */
    public List<RemoteConflict> conflicts(String reference) {
        return Outcome.of(async.conflicts(reference));
    }

    /**
     * Settles a conflict: {@code value} stands, and the losers go. Throws {@link ConflictingStateException} when there is none.
     *
     * @param value a text, null for nobody, or the value of a {@link RemoteConflict.Write}
     */
    public RemoteTicket settle(String reference, String field, @Nullable Object value) {
        return Outcome.of(async.settle(reference, field, value));
    }

    /** The newest fifty tickets that are not deleted. */
    public RemotePage<RemoteTicket> list() {
        return Outcome.of(async.list());
    }

    /** The first page of the tickets that are meant, newest first. */
    public RemotePage<RemoteTicket> list(Consumer<Selection> which) {
        return Outcome.of(async.list(which));
    }

    /** A page of the tickets that are meant. */
    public RemotePage<RemoteTicket> list(Consumer<Selection> which, Consumer<Paging> part) {
        return Outcome.of(async.list(which, part));
    }

    /** Tickets like one of that title that is being written, of those in which something is left to do; at most five. */
    public RemoteSimilarTickets similar(String title) {
        return Outcome.of(async.similar(title));
    }

    /**
     * Tickets like one that is being written, of those in which something is left to do.
     *
     * @param title what is there of the title; may be empty when there is a description
     * @param description the beginning of what is there of the description; may be empty
     * @param limit the most of them; the server cuts down larger ones
     */
    public RemoteSimilarTickets similar(String title, String description, int limit) {
        return Outcome.of(async.similar(title, description, limit));
    }

    /** Carries out several operations with one request; each succeeds or fails for itself. */
    public RemoteBulk bulk(Consumer<BulkDraft> operations) {
        return Outcome.of(async.bulk(operations));
    }

    /**
     * Exports the tickets that are meant, as a stream that the caller closes. It fails when the server sends nothing for
     * {@link Builder#streamSilence}, and is not taken up again elsewhere once it has begun.
     */
    public InputStream export(ExportFormat format, Consumer<Selection> which) {
        return Outcome.of(async.export(format, which));
    }

    /** Listens to what happens to all tickets from now on, until the subscription or the client is closed. */
    public EventSubscription events(RemoteEventListener listener) {
        return events(which -> {}, "", listener);
    }

    /**
     * Listens to what happens to the tickets that are meant. An event is heard when its ticket is meant after it; deleted tickets are, unless
     * it is said otherwise, and every purge is heard. Other servers are asked to go on where one stopped, without a gap: what was missed
     * is heard late, and what no server can tell any more is a {@link RemoteEventListener#reset}. Memory is bounded: nothing is read while
     * the listener is busy.
     *
     * @param after the id of the last event that was heard, such as before a restart; empty for what happens from now on
     */
    public EventSubscription events(Consumer<Selection> which, String after, RemoteEventListener listener) {
        return async.events(which, after, listener);
    }

    /**
     * What happened to the tickets that are meant since the last time, for those who ask from time to time; see {@link #events} for who is
     * meant. Good at every server, without a gap.
     *
     * @param since {@link RemoteChanges#next} of the last time, or the id of an event; empty to learn from where to ask the next time
     */
    public RemoteChanges changes(Consumer<Selection> which, String since) {
        return Outcome.of(async.changes(which, since));
    }

    /**
     * The same with so many events at most.
     *
     * @param limit 1 to 1,000, otherwise 100; the server cuts down larger ones
     */
    public RemoteChanges changes(Consumer<Selection> which, String since, int limit) {
        return Outcome.of(async.changes(which, since, limit));
    }

    /** Imports tickets. Asked of one server only, unless it is certain that nothing reached it: a row that names no ticket would make another. */
    public RemoteImport importFrom(ImportSource source) {
        return Outcome.of(async.importFrom(source));
    }

    /** How many tickets there are, by status, priority, assignee, queue, type and age. */
    public RemoteCounts counts() {
        return Outcome.of(async.counts());
    }

    /** The same of the tickets that are meant. Takes as long as it finds tickets. */
    public RemoteCounts counts(Consumer<Selection> which) {
        return Outcome.of(async.counts(which));
    }

    /**
     * What came in and went out, day by day, and how long it took.
     *
     * @param which the tickets that are counted, as they are now
     * @param from the first day; at most 366 days before the last
     * @param to the last day, included
     * @param zone whose days these are
     */
    public TicketFlow flow(Consumer<Selection> which, LocalDate from, LocalDate to, ZoneId zone) {
        return Outcome.of(async.flow(which, from, to, zone));
    }

    /** Who the client is to a server, and what it may do there. */
    public RemoteCaller caller() {
        return Outcome.of(async.caller());
    }

    /** What a server knows and takes: its version, workflow, names and limits. */
    public RemoteMeta meta() {
        return Outcome.of(async.meta());
    }

    /** The OpenAPI document of a server. */
    public JsonObject openApi() {
        return Outcome.of(async.openApi());
    }

    /** How the mesh is, as one server sees it. */
    public RemoteMesh mesh() {
        return Outcome.of(async.mesh());
    }

    /** A digest of all that one server holds. */
    public RemoteDigest digest() {
        return Outcome.of(async.digest());
    }

    /** Takes a member out of the mesh until it is heard again. */
    public void retire(NodeId member) {
        Outcome.of(async.retire(member));
    }

    /** The servers that are known now, by node; of a client of registries empty until the first has answered. */
    public List<Server> servers() {
        return line.servers();
    }

    /** What this client did so far; the same for all its sessions. */
    public ClientStatistics statistics() {
        return line.statistics();
    }

    /**
     * Ends the client with all its sessions, at once: calls that are under way throw {@link ClosedException}, streams fail. Closes its directory. May be
     * called again.
     */
    @Override
    public void close() {
        line.close();
    }

    /** Collects what a client needs; not thread-safe. */
    public static final class Builder {
        private @Nullable Supplier<ServerDirectory> directory;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String ticketsPath = "/tickets";
        private String systemPath = "/ticketmesh";
        private Duration callTimeout = Duration.ofSeconds(15);
        private Duration attemptTimeout = Duration.ofSeconds(5);
        private Duration transferTimeout = Duration.ofMinutes(5);
        private Duration streamSilence = Duration.ofSeconds(30);
        private int maxAttempts = 10;
        private int maxCalls = 256;
        private long maxAnswer = 32L << 20;
        private final List<AttemptListener> listeners = new ArrayList<>();
        private final List<CallListener> companions = new ArrayList<>();
        private Consumer<HttpClient.Builder> http = configured -> {};
        private @Nullable Integer firstTurn;

        private Builder() {}

        /**
         * The servers, which stay the same. A server's address may have a path, such as the context path of its application.
         *
         * @throws IllegalArgumentException when there is none, or an address is not http or https
         */
        public Builder servers(URI... addresses) {
            return directory(ServerDirectory.of(addresses));
        }

        /**
         * The servers that the registries of a mesh list; see {@link ServerDirectory#of(RegistryOptions)}. As long as none is listed, calls wait for one.
         *
         * <pre>{@code
         * TicketMeshClient.open(builder -> builder.registry(RegistryOptions.of("helpdesk", settings -> settings.secret(secret))));
         * }</pre>
         */
        public Builder registry(RegistryOptions options) {
            this.directory = () -> ServerDirectory.of(options);
            return this;
        }

        /** Where the servers are learned from. The client closes it. */
        public Builder directory(ServerDirectory directory) {
            this.directory = () -> directory;
            return this;
        }

        /** Sent as {@code Authorization: Bearer} with every request. Default: none. */
        public Builder bearerToken(String token) {
            return header("Authorization", "Bearer " + token);
        }

        /** Sent with every request. Default: none. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Where the servers have the tickets. Default: {@code /tickets}. */
        public Builder ticketsPath(String path) {
            ticketsPath = requirePath(path);
            return this;
        }

        /** Where the servers tell of themselves. Default: {@code /ticketmesh}. */
        public Builder systemPath(String path) {
            systemPath = requirePath(path);
            return this;
        }

        /**
         * How long a call may take with all its attempts. Default: 15 seconds. Too short: a call fails although the next server would have answered.
         * Too long: callers wait for servers that do not come back.
         */
        public Builder callTimeout(Duration timeout) {
            callTimeout = requirePositive("callTimeout", timeout);
            return this;
        }

        /**
         * How long one server may take before the next one is asked. Default: 5 seconds. Too short: servers that are only slow are left alone, and
         * work is done twice. Too long: a server that hangs holds up the calls that it gets.
         */
        public Builder attemptTimeout(Duration timeout) {
            attemptTimeout = requirePositive("attemptTimeout", timeout);
            return this;
        }

        /** How long it may take to import or to read a bundle, and to begin an export. Default: 5 minutes. */
        public Builder transferTimeout(Duration timeout) {
            transferTimeout = requirePositive("transferTimeout", timeout);
            return this;
        }

        /** How long an export may bring nothing, once it has begun, before it fails. Default: 30 seconds. */
        public Builder streamSilence(Duration longest) {
            streamSilence = requirePositive("streamSilence", longest);
            return this;
        }

        /**
         * The most attempts of a call, the first one included. Default: 10. When all servers have been tried there is a pause before the
         * next round: 25 to 50 ms, and twice as long after each round, up to 2 s; or as long as the servers ask.
         */
        public Builder maxAttempts(int attempts) {
            maxAttempts = requirePositive("maxAttempts", attempts);
            return this;
        }

        /** The most calls under way at once; further ones throw {@link BusyException}. Default: 256. */
        public Builder maxCalls(int calls) {
            maxCalls = requirePositive("maxCalls", calls);
            return this;
        }

        /** The largest answer in bytes, streams excepted; larger ones are {@link AnswerTooLargeException}. Default: 32 MiB. */
        public Builder maxAnswer(int bytes) {
            maxAnswer = requirePositive("maxAnswer", bytes);
            return this;
        }

        /** Is told of every attempt, like all that were given before. Default: nobody. */
        public Builder onAttempt(AttemptListener listener) {
            this.listeners.add(listener);
            return this;
        }

        /** Accompanies every call, like all that were given before; may add headers. Default: nobody. */
        public Builder onCall(CallListener listener) {
            this.companions.add(listener);
            return this;
        }

        /**
         * Changes how HTTP is spoken, such as {@code sslContext} or {@code connectTimeout} (default: 2 seconds). Redirections are never followed and the
         * executor is the client's own, whatever is set here.
         */
        public Builder http(Consumer<HttpClient.Builder> configuration) {
            this.http = configuration;
            return this;
        }

        /** Which server has the first turn, for tests that want the same each time. Default: random. */
        public Builder firstTurn(int place) {
            firstTurn = place;
            return this;
        }

        /**
         * @throws IllegalStateException when it was not said where servers are
         * @throws io.ticketmesh.registry.RegistryUnavailableException when no socket can be opened to ask registries
         */
        public TicketMeshClient open() {
            Supplier<ServerDirectory> from = directory;
            if (from == null) {
                throw new IllegalStateException("A client needs servers, or a directory of them");
            }
            Integer place = firstTurn;
            Rotation rotation =
                    new Rotation(place == null ? ThreadLocalRandom.current().nextInt() : place);
            Limits limits = new Limits(
                    callTimeout.toNanos(),
                    attemptTimeout.toNanos(),
                    transferTimeout.toNanos(),
                    streamSilence.toNanos(),
                    maxAttempts,
                    maxCalls,
                    maxAnswer);
            Line line = line(from.get(), rotation);
            Conversation talk =
                    new Conversation(line, new Manner(limits, new Seen(), "", ""), ticketsPath, systemPath, false);
            return new TicketMeshClient(line, new AsyncTicketMeshClient(talk));
        }

        private Line line(ServerDirectory opened, Rotation rotation) {
            try {
                return new Line(opened, rotation, headers, listeners, new CallListeners(companions), maxCalls, http);
            } catch (RuntimeException | Error fault) {
                opened.close();
                throw fault;
            }
        }

        private static Duration requirePositive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        name + " is " + duration + ", it must be positive and at most a day");
            }
            return duration;
        }

        private static int requirePositive(String name, int number) {
            if (number < 1) {
                throw new IllegalArgumentException(name + " is " + number + ", it must be at least 1");
            }
            return number;
        }

        private static String requirePath(String path) {
            if (!path.startsWith("/")
                    || path.endsWith("/")
                    || path.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#')) {
                throw new IllegalArgumentException(
                        "A path begins with a slash and does not end with one, unlike '" + path + "'");
            }
            return path;
        }
    }
}
