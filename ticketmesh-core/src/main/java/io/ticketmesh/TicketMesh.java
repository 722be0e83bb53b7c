package io.ticketmesh;

import io.ticketmesh.attachment.AttachmentOptions;
import io.ticketmesh.attachment.Attachments;
import io.ticketmesh.attachment.Rounds;
import io.ticketmesh.bundle.Bundle;
import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.definition.Replies;
import io.ticketmesh.definition.Views;
import io.ticketmesh.erasure.Erasures;
import io.ticketmesh.exchange.TicketExport;
import io.ticketmesh.exchange.TicketImport;
import io.ticketmesh.incident.Incidents;
import io.ticketmesh.node.Books;
import io.ticketmesh.node.EventListener;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.node.WriteStatistics;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.replica.Introduction;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.search.LuceneSearchIndex;
import io.ticketmesh.search.SearchIndex;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.store.mapdb.MapDbOptions;
import io.ticketmesh.store.mapdb.MapDbStore;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.timer.TimerPace;
import io.ticketmesh.timer.TimerThread;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportStatus;
import io.ticketmesh.transport.jgroups.JGroupsTransport;
import io.ticketmesh.transport.jgroups.MeshOptions;
import io.ticketmesh.webhook.WebhookOptions;
import io.ticketmesh.webhook.Webhooks;
import io.ticketmesh.wire.EncodedLimit;
import io.ticketmesh.wire.MessageCodec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node: tickets in a directory, always readable and writable. Thread-safe.
 *
 * <pre>{@code
 * try (TicketMesh mesh = TicketMesh.open(Path.of("tickets"))) {
 *     TicketView ticket = mesh.tickets("alice").create("Printer on fire", edit -> edit.priority(Priority.URGENT));
 *     mesh.tickets("bob").comment(ticket.key().toString(), "Which one?");
 * }
 * }</pre>
 */
public final class TicketMesh implements AutoCloseable {
    /** Where the bytes of attachments are, below the directory of the tickets. */
    private static final String ATTACHMENTS = "attachments";

    private final ReplicaStore store;
    private final Node node;
    private final SearchIndex search;
    private final TicketService service;
    private final Incidents incidents;
    private final Erasures erasures;
    private final Attachments attachments;
    private final Books books;
    private final Duration timeout;
    private final @Nullable Path directory;
    private final @Nullable Presence presence;
    private final TimerThread timers;
    private final Webhooks webhooks;

    private TicketMesh(Builder builder) {
        RandomGenerator random = new SecureRandom();
        store = builder.openStore(random);
        SearchIndex openedSearch = null;
        Node openedNode = null;
        Presence openedPresence = null;
        Attachments openedAttachments = null;
        try {
            openedSearch = builder.openSearch(store);
            Origin origin = Origin.next(store.node(), store.incarnation(), builder.clock.millis(), random.nextLong());
            Replica replica = new Replica(
                    store,
                    origin,
                    builder.clock,
                    builder.workflow,
                    builder.schedule,
                    random,
                    new EncodedLimit(),
                    builder.introduction());
            openedPresence = builder.openPresence(origin);
            openedNode = new Node(store, replica, builder.transportOf(origin, openedPresence));
            if (builder.readOnly) {
                openedNode.refuseWrites("it was configured to be read-only");
            }
            openedNode.start();
            openedAttachments = Attachments.open(
                    openedNode,
                    builder.attachmentDirectory(),
                    builder.attachments,
                    builder.clock,
                    random,
                    builder.rounds);
            if (openedPresence != null) {
                openedPresence.enroll(openedNode.network());
            }
        } catch (RuntimeException | Error failed) {
            closeAll(openedPresence, openedAttachments, failed);
            closeAll(openedSearch, openedNode == null ? store : openedNode, failed);
            throw failed;
        }
        attachments = openedAttachments;
        presence = openedPresence;
        search = openedSearch;
        node = openedNode;
        books = new Books(node);
        service = new TicketService(node, search, builder.workflow, builder.timeRules, builder.clock, random);
        incidents = new Incidents(service, builder.nameOr(node.origin().node()), builder.incidentInterval);
        erasures = new Erasures(node, service);
        timeout = builder.timeout;
        directory = builder.directory;
        try {
            webhooks = new Webhooks(node, service, builder.workflow, builder.clock, random, timeout, builder.webhooks);
        } catch (RuntimeException | Error failed) {
            closeAll(presence, attachments, failed);
            closeAll(search, node, failed);
            throw failed;
        }
        timers = new TimerThread(
                node, builder.workflow, builder.timeRules, builder.clock, builder.meets(), builder.timerPace);
        timers.start();
    }

    private static void closeAll(@Nullable AutoCloseable first, @Nullable AutoCloseable last, Throwable failed) {
        try (AutoCloseable closedLast = last;
                AutoCloseable closedFirst = first) {
            // in reverse order, whatever happens
        } catch (Exception another) {
            failed.addSuppressed(another);
        }
    }

    /** Opens a node in {@code directory} with all defaults; the directory is created when absent. */
    public static TicketMesh open(Path directory) {
        return builder().directory(directory).open();
    }

    /** Opens a node as {@code configuration} says. */
    public static TicketMesh open(Consumer<Builder> configuration) {
        Builder builder = builder();
        configuration.accept(builder);
        return builder.open();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The tickets, worked with by the program itself: the actor is {@code system}. */
    public Tickets tickets() {
        return tickets("system");
    }

    /**
     * The tickets, as {@code actor} works with them.
     *
     * @param actor 1 to 128 characters; who it is was checked by the caller
     * @throws io.ticketmesh.ticket.InvalidChangeException when it is blank or too long
     */
    public Tickets tickets(String actor) {
        return new Tickets(service, attachments, Texts.line("actor", actor, Proposal.MAX_ACTOR_CHARS), timeout);
    }

    /** Saved views, as the program itself has them: the actor is {@code system}. */
    public Views views() {
        return views("system");
    }

    /**
     * Saved views, as one person sees them: his own, and those that all share.
     *
     * @param owner 1 to 128 characters; who it is was checked by the caller
     * @throws io.ticketmesh.ticket.InvalidChangeException when it is blank or too long
     */
    public Views views(String owner) {
        return new Views(
                books, service.workflow(), Texts.line("actor", owner, Proposal.MAX_ACTOR_CHARS), service.names());
    }

    /** Canned replies, as the program itself writes them: the actor is {@code system}. */
    public Replies replies() {
        return replies("system");
    }

    /**
     * The canned replies that all share.
     *
     * @param actor 1 to 128 characters; who writes them
     * @throws io.ticketmesh.ticket.InvalidChangeException when it is blank or too long
     */
    public Replies replies(String actor) {
        return new Replies(
                books, service.workflow(), Texts.line("actor", actor, Proposal.MAX_ACTOR_CHARS), service.names());
    }

    /** Writes tickets to files: all of them, deleted ones and internal comments too, unless told otherwise. */
    public TicketExport exporter() {
        return new TicketExport(service);
    }

    /**
     * Reads tickets from files.
     *
     * @param importer 1 to 128 characters; who is named where a file does not say who did something
     */
    public TicketImport importer(String importer) {
        return new TicketImport(service, importer);
    }

    /** Takes reports of incidents in the program around this node. */
    public Incidents incidents() {
        return incidents;
    }

    /** Takes away what somebody wrote, and his name, on all nodes. */
    public Erasures erasures() {
        return erasures;
    }

    /** All that this node holds as one stream of bytes. */
    public Bundle bundle() {
        return new Bundle(node, service.names(), service::nowMillis);
    }

    /** Other systems that are told what happens to tickets; the same on every node. */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** What adapters build on. */
    public TicketService service() {
        return service;
    }

    /** The bytes of attachments on this node, for adapters; {@link Tickets#attach} and its neighbours are for programs. */
    public Attachments attachments() {
        return attachments;
    }

    /**
     * Hears of every change, of this node and of others, from now on until the subscription or the node is closed. Each listener has
     * a thread of its own.
     */
    public Subscription subscribe(EventListener listener) {
        return node.subscribe(listener);
    }

    /** Who this node is, for its whole life. */
    public NodeId nodeId() {
        return node.origin().node();
    }

    /** Where tickets are kept, as it was given; null when in memory only. */
    public @Nullable Path directory() {
        return directory;
    }

    /** Which operations this node holds. */
    public VersionVector version() {
        return node.reader().version();
    }

    /** A digest of all tickets, comments and tombstones: equal on nodes that hold the same. */
    public String digest() {
        Fingerprint digest = new Fingerprint();
        for (long sum : node.reader().buckets()) {
            digest.add(sum);
        }
        return String.format("%016x", digest.value());
    }

    /** How the mesh is, as this node sees it; at most a quarter of a second old. A node that is alone sees itself. */
    public MeshStatus status() {
        return node.mesh();
    }

    /** How the network of this node does; of a node that is alone, one in memory. */
    public TransportStatus network() {
        return node.network();
    }

    /**
     * Waits until this node holds all that {@code version} covers, such as what was written through another node.
     *
     * @return completes with whether it does, at the latest after {@code timeout}; never exceptionally
     */
    public CompletionStage<Boolean> reached(VersionVector version, Duration timeout) {
        return node.reached(version, timeout);
    }

    /**
     * Which members of the mesh are known to hold an operation on disk, and since when: its id is in the history of its ticket.
     *
     * @return completes within a second, with nothing when the node is closed; never exceptionally
     */
    public CompletionStage<List<Holding>> holdings(OperationId operation) {
        return node.holdings(operation);
    }

    /**
     * Takes a node out of the mesh until it is heard again: acknowledgements do not wait for it any more. All nodes learn of it. A
     * node that is silent for fourteen days is taken out by itself.
     */
    public void retire(NodeId member) {
        node.retire(member);
    }

    /**
     * Tells registries something about this server, such as where it answers HTTP when the web server is up. A host left open, as in
     * {@code http://0.0.0.0:8080}, becomes the address that the registries see. Does nothing on a node without mesh.
     *
     * @throws IllegalArgumentException when node or incarnation were changed
     */
    public void announce(UnaryOperator<Instance> change) {
        if (presence != null) {
            presence.announce(change);
        }
    }

    /**
     * Tells registries that this server is about to stop, so that clients turn to others; it goes on answering. Clients may take
     * {@link io.ticketmesh.registry.RegistryAgent#DRAIN_TIME} to see it.
     *
     * @return completes with whether all registries that answer know, within two seconds; never exceptionally. With true at once on a
     *     node without mesh
     */
    public CompletableFuture<Boolean> drain() {
        return presence == null ? CompletableFuture.completedFuture(true) : presence.drain();
    }

    /** How the registry inside of this node does; empty when it has none. */
    public Optional<RegistryStatus> registry() {
        return Optional.ofNullable(presence).flatMap(Presence::status);
    }

    /** How this node finds registries, for others who want to ask the same ones; empty on a node without mesh. */
    public Optional<RegistryOptions> registryOptions() {
        return Optional.ofNullable(presence).map(Presence::options);
    }

    /** What the replica counted since it was opened. */
    public ReplicaStatistics statistics() {
        return node.statistics();
    }

    /** What was written since the node was opened. */
    public WriteStatistics written() {
        return node.written();
    }

    /** Why the node takes no writes; null when it does. */
    public @Nullable ReadOnlyException refusal() {
        return node.refusal();
    }

    /** How many writes wait for the replica. */
    public int waitingWrites() {
        return node.waiting();
    }

    /** How many messages of others were dropped since the node was opened because too many waited; what they brought is fetched. */
    public long droppedMessages() {
        return node.droppedMessages();
    }

    /**
     * Copies the tickets into a new or empty directory while reads and writes go on, and what is attached to them into {@code attachments}
     * below it. The copy holds all that was answered before this call; opened, it is this node under a new incarnation.
     *
     * @throws IllegalStateException when this node has no directory
     * @throws io.ticketmesh.store.DirectoryRefusedException when {@code target} is not empty or in use
     * @throws io.ticketmesh.store.StoreFailedException when the copy cannot be written
     */
    public void backup(Path target) {
        if (!(store instanceof MapDbStore durable)) {
            throw new IllegalStateException("This node keeps its tickets in memory; there is no directory to copy");
        }
        attachments.backup(target.resolve(ATTACHMENTS), () -> durable.backup(target));
    }

    /**
     * Carries out the writes that wait, and refuses those that it cannot carry out within five seconds; then lets go of the directory
     * and of all threads. A second call does nothing.
     */
    @Override
    public void close() {
        try (Node closedEighth = node;
                SearchIndex closedSeventh = search;
                Attachments closedSixth = attachments;
                Webhooks closedFifth = webhooks;
                Presence closedFourth = presence;
                TimerThread closedThird = timers;
                Erasures closedSecond = erasures;
                Incidents closedFirst = incidents) {
            // in reverse order, whatever happens
        }
    }

    /** Collects what a node needs; not thread-safe. */
    public static final class Builder {
        private @Nullable Path directory;
        private Workflow workflow = Workflow.standard();
        private TimeRules timeRules = TimeRules.standard();
        private WallClock clock = System::currentTimeMillis;
        private Duration timeout = Duration.ofSeconds(30);
        private int checkpointEvery = 30_000;
        private boolean readOnly;
        private String name = "";
        private Schedule schedule = Schedule.STANDARD;
        private TimerPace timerPace = TimerPace.STANDARD;
        private Duration incidentInterval = Duration.ofSeconds(10);
        private @Nullable Function<Origin, Transport> transport;
        private @Nullable MeshOptions mesh;
        private UnaryOperator<RegistryOptions.Builder> registry = settings -> settings;
        private boolean embeddedRegistry = true;
        private WebhookOptions webhooks = WebhookOptions.DEFAULT;
        private AttachmentOptions attachments = AttachmentOptions.DEFAULT;
        private Rounds rounds = Rounds.STANDARD;

        private Builder() {}

        /** Where tickets are kept; created when absent. Default: nowhere, they are lost when the node is closed. */
        public Builder directory(@Nullable Path directory) {
            this.directory = directory;
            return this;
        }

        /** The states, resolutions and types of tickets. Default: {@link Workflow#standard()}. */
        public Builder workflow(Workflow workflow) {
            this.workflow = workflow;
            return this;
        }

        /**
         * What time does to tickets: where days end, what is promised, what is closed by itself. Default: {@link TimeRules#standard()}.
         *
         * <pre>{@code
         * builder.timeRules(TimeRules.builder()
         *         .zone(ZoneId.of("Europe/Berlin"))
         *         .policy(ServicePolicy.named("urgent")
         *                 .priorities(Priority.URGENT)
         *                 .target(ServiceMetric.FIRST_RESPONSE, Duration.ofHours(1))
         *                 .build())
         *         .build())
         * }</pre>
         */
        public Builder timeRules(TimeRules rules) {
            this.timeRules = rules;
            return this;
        }

        /** The time of day. Default: the system's. */
        public Builder clock(WallClock clock) {
            this.clock = clock;
            return this;
        }

        /** How long a synchronous write waits for its answer. Default: 30 seconds. */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout is " + timeout + ", it must be positive");
            }
            this.timeout = timeout;
            return this;
        }

        /** Whether writes are answered with {@link ReadOnlyException}; what other nodes write is applied all the same. Default: false. */
        public Builder readOnly(boolean readOnly) {
            this.readOnly = readOnly;
            return this;
        }

        /**
         * After how many operations the database begins a checkpoint in the background; one begins also after 30 seconds and 128 MiB of
         * changes. Default: 30,000. Too small: the disk is busy with checkpoints; too large: a start after a kill takes longer.
         */
        public Builder checkpointEvery(int operations) {
            if (operations < 1) {
                throw new IllegalArgumentException("checkpointEvery is " + operations + ", it must be positive");
            }
            this.checkpointEvery = operations;
            return this;
        }

        /**
         * How this node reaches others. The function is given the origin of this run, under which others know the node, once for
         * each {@link #open()}; the transport that it makes is started and closed with the node. Nodes that are connected must have
         * the same workflow. Takes the place of a {@link #mesh} given before. Default: null, the node is alone and opens no socket.
         *
         * <pre>{@code
         * MemoryNetwork network = new MemoryNetwork();
         * TicketMesh one = TicketMesh.open(builder -> builder.transport(network::join));
         * TicketMesh two = TicketMesh.open(builder -> builder.transport(network::join));
         * }</pre>
         */
        public Builder transport(@Nullable Function<Origin, Transport> transport) {
            this.transport = transport;
            this.mesh = null;
            return this;
        }

        /**
         * The mesh that this node takes part in, over the network; takes the place of a {@link #transport} given before. Default:
         * none, the node is alone and opens no socket.
         *
         * <pre>{@code
         * TicketMesh.open(builder -> builder
         *         .directory(Path.of("tickets"))
         *         .mesh(MeshOptions.of("helpdesk", settings -> settings.secret(secret))));
         * }</pre>
         */
        public Builder mesh(MeshOptions options) {
            this.transport = null;
            this.mesh = options;
            return this;
        }

        /**
         * Changes how a node with a {@link #mesh} finds registries, and where its own is. Name, secret and address are those of the mesh.
         * Default: port 7840 or the first free one of the nine after it; registries are found on this machine, by multicast on the link,
         * and through each other.
         *
         * <pre>{@code
         * builder.registry(settings -> settings.registries(List.of("one.example", "two.example:7840")))
         * }</pre>
         */
        public Builder registry(UnaryOperator<RegistryOptions.Builder> settings) {
            this.registry = settings;
            return this;
        }

        /**
         * Whether a node with a {@link #mesh} runs a registry of its own; it registers with others in any case. Default: true. When no
         * port is free the node goes without.
         */
        public Builder embeddedRegistry(boolean embedded) {
            this.embeddedRegistry = embedded;
            return this;
        }

        /** How this node sends webhooks. Default: to the public internet, by https. */
        public Builder webhooks(WebhookOptions options) {
            this.webhooks = options;
            return this;
        }

        /** What people call this node, such as where it runs; at most 128 characters. Default: empty, its id says who it is. */
        public Builder name(String name) {
            if (name.length() > Member.MAX_NAME_CHARS) {
                throw new IllegalArgumentException(
                        "name has " + name.length() + " characters, at most " + Member.MAX_NAME_CHARS);
            }
            this.name = name;
            return this;
        }

        /**
         * How long {@linkplain TicketMesh#incidents() reports} of one incident are added up before they are written; the first is written
         * at once. Default: 10 seconds. Too short: an incident that storms becomes many operations, which are kept for ever; too long: its
         * count lags behind, and a process that is killed loses more.
         */
        public Builder incidentInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("incidentInterval is " + interval + ", it must be positive");
            }
            this.incidentInterval = interval;
            return this;
        }

        private String nameOr(NodeId node) {
            return name.isBlank() ? node.shortName() : name;
        }

        /** What is taken as attachments, and where their bytes are. Default: {@link AttachmentOptions#DEFAULT}. */
        public Builder attachments(AttachmentOptions options) {
            this.attachments = options;
            return this;
        }

        /** How often this node compares itself with others; for tests, which do not want to wait. */
        Builder schedule(Schedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /** How often this node looks at the clock for timers; for tests, which do not want to wait. */
        Builder timerPace(TimerPace pace) {
            this.timerPace = pace;
            return this;
        }

        private boolean meets() {
            return mesh != null || transport != null;
        }

        /** How often this node looks after the bytes of attachments; for tests, which do not want to wait. */
        Builder rounds(Rounds rounds) {
            this.rounds = rounds;
            return this;
        }

        /**
         * @throws io.ticketmesh.store.DirectoryRefusedException when the directory is in use, damaged, newer, or not ours
         * @throws io.ticketmesh.store.StoreFailedException when the disk fails
         */
        public TicketMesh open() {
            return new TicketMesh(this);
        }

        /** Null for a node in memory. */
        private @Nullable Path attachmentDirectory() {
            return directory == null ? null : directory.resolve(ATTACHMENTS);
        }

        private Introduction introduction() {
            return new Introduction(name, MessageCodec.WIRE_MINOR);
        }

        private @Nullable Presence openPresence(Origin origin) {
            return mesh == null ? null : Presence.open(origin, mesh, registry, embeddedRegistry);
        }

        private @Nullable Transport transportOf(Origin origin, @Nullable Presence presence) {
            if (mesh != null && presence != null) {
                return new JGroupsTransport(origin, presence.complete(mesh));
            }
            return transport == null ? null : transport.apply(origin);
        }

        private SearchIndex openSearch(ReplicaStore store) {
            return directory == null
                    ? LuceneSearchIndex.inMemory(store)
                    : LuceneSearchIndex.open(store, directory.resolve("search"));
        }

        private ReplicaStore openStore(RandomGenerator random) {
            NodeId fresh = new NodeId(random.nextLong(), random.nextLong());
            if (directory == null) {
                return new MemoryStore(fresh);
            }
            return MapDbStore.open(
                    directory, () -> fresh, MapDbOptions.DEFAULT.withCheckpointOperations(checkpointEvery));
        }
    }
}
