package io.ticketmesh.node;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.node.SimilarTickets.SimilarTicket;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.History;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.search.SearchIndex;
import io.ticketmesh.search.SearchPage;
import io.ticketmesh.search.SimilarQuery;
import io.ticketmesh.search.Suggestions;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.AmbiguousReferenceException;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Highlight;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What adapters of all kinds ask of a node: posts proposals, and reads tickets as views. Thread-safe. */
public final class TicketService {
    private static final int MIN_PREFIX = 4;
    private static final int MAX_CANDIDATES = 10;

    /** So many tickets share the shortest beginning of a key when there are about a thousand million. */
    private static final int MAX_LOOKED_THROUGH = 1_000;

    private static final int MOMENT_BITS = 12;

    /** The fields whose values are people. */
    private static final Set<String> PEOPLE = Set.of("reporter", "assignee", "watchers");

    private final Node node;
    private final SearchIndex search;
    private final TicketReader reader;
    private final Workflow workflow;
    private final TimeRules rules;
    private final WallClock clock;
    private final RandomGenerator random;
    private final Feed feed;
    private final ErasedNames names;

    /** When the last comment's id was given: milliseconds since 1970 in 4,096 parts, which an id has room for. */
    private final AtomicLong commentMoment = new AtomicLong();

    /**
     * @param random for new ids; must be thread-safe and unpredictable
     */
    public TicketService(
            Node node,
            SearchIndex search,
            Workflow workflow,
            TimeRules rules,
            WallClock clock,
            RandomGenerator random) {
        this.node = node;
        this.search = search;
        this.reader = node.reader();
        this.workflow = workflow;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
        this.feed = new Feed(node.reader(), this::running);
        this.names = new ErasedNames(node);
    }

    /** What happened to tickets, and happens. */
    public Feed feed() {
        return feed;
    }

    /** What people are called, some of whom were erased. */
    public ErasedNames names() {
        return names;
    }

    /** The runs that are known to be up. */
    private Set<Origin> running() {
        Set<Origin> running = new HashSet<>();
        running.add(node.origin());
        for (MemberStatus member : node.mesh().members()) {
            if (member.origin() != null) {
                running.add(member.origin());
            }
        }
        return running;
    }

    public Workflow workflow() {
        return workflow;
    }

    /** What time does to tickets. */
    public TimeRules timeRules() {
        return rules;
    }

    /** The time of the node, milliseconds since 1970. */
    public long nowMillis() {
        return clock.millis();
    }

    public TicketId newTicketId() {
        return TicketId.timeOrdered(clock.millis(), random.nextLong(), random.nextLong());
    }

    /** A new id above all that this node gave before, so that comments of one moment stay in the order in which they were written. */
    public CommentId newCommentId() {
        long moment = commentMoment.updateAndGet(last -> Math.max(clock.millis() << MOMENT_BITS, last + 1));
        return CommentId.timeOrdered(moment >>> MOMENT_BITS, moment, random.nextLong());
    }

    /** Posts a proposal; see {@link Node#propose}. */
    public CompletableFuture<Outcome> propose(Proposal proposal) {
        return node.propose(proposal);
    }

    /**
     * Waits until as many members as wanted hold what a proposal became on disk; where it changed nothing, what made the ticket as
     * it is. See {@link Node#copies}. At once when the proposal was refused, or nobody else is
     * wanted.
     */
    public CompletableFuture<Copies> copies(Outcome outcome, Acknowledgement wanted, Duration timeout) {
        VersionVector made = wanted == Acknowledgement.LOCAL ? VersionVector.EMPTY : madeBy(outcome);
        if (!made.isEmpty()) {
            return node.copies(made, wanted, timeout);
        }
        Copies own = new Copies(Set.of(node.origin().node()), node.mesh().active(), Acknowledgement.LOCAL);
        return CompletableFuture.completedFuture(own);
    }

    /** What a holder of the outcome holds; nothing when it was refused. */
    private static VersionVector madeBy(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return VersionVector.EMPTY.with(accepted.operation().id());
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return VersionVector.EMPTY.with(repeated.receipt().operation());
        } else if (outcome instanceof Outcome.Unchanged unchanged) {
            return unchanged.ticket().seen();
        }
        return VersionVector.EMPTY;
    }

    /** Which operations this node holds. */
    public VersionVector version() {
        return node.reader().version();
    }

    /** Waits until this node holds all that {@code version} covers; see {@link Node#reached}. */
    public CompletableFuture<Boolean> reached(VersionVector version, Duration timeout) {
        return node.reached(version, timeout);
    }

    /**
     * Finds the ticket that people mean: by id, by key with or without {@code TM-} in any case, or by an unambiguous beginning of the
     * key of four characters or more. Deleted tickets are found; purged ones by their id.
     *
     * @throws UnknownTicketException when there is none
     * @throws AmbiguousReferenceException when there are several
     */
    public TicketId resolve(String reference) {
        if (reference.length() == 36) {
            return resolveId(reference);
        }
        return onlyOne(reference, withPrefix(reference, MAX_CANDIDATES));
    }

    /**
     * Like {@link #resolve(String)} for somebody for whom there are only some tickets: others are as good as unknown, and so are purged
     * ones, of which nobody can tell any more what they were like.
     *
     * @throws UnknownTicketException when there is none for him
     * @throws AmbiguousReferenceException when there are several for him
     */
    public TicketId resolve(String reference, Predicate<Ticket> visible) {
        if (reference.length() == 36) {
            TicketId id = resolveId(reference);
            return reader.ticket(id)
                    .filter(visible)
                    .map(Ticket::id)
                    .orElseThrow(() -> new UnknownTicketException("ticket '" + reference + "'"));
        }
        List<TicketId> candidates = withPrefix(reference, MAX_LOOKED_THROUGH).stream()
                .filter(id -> reader.ticket(id).filter(visible).isPresent())
                .limit(MAX_CANDIDATES)
                .toList();
        return onlyOne(reference, candidates);
    }

    private List<TicketId> withPrefix(String reference, int max) {
        String prefix = TicketKey.normalize(reference);
        if (prefix == null || prefix.length() < MIN_PREFIX) {
            throw new UnknownTicketException("ticket '" + reference + "'");
        }
        return reader.withKeys(TicketKey.first(prefix), TicketKey.last(prefix), max);
    }

    private static TicketId onlyOne(String reference, List<TicketId> candidates) {
        if (candidates.isEmpty()) {
            throw new UnknownTicketException("ticket '" + reference + "'");
        }
        if (candidates.size() > 1) {
            throw new AmbiguousReferenceException(reference, candidates);
        }
        return candidates.get(0);
    }

    private TicketId resolveId(String reference) {
        try {
            TicketId id = TicketId.parse(reference);
            if (reader.ticket(id).filter(Ticket::isBorn).isPresent()
                    || reader.tombstone(id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            // falls through to the answer that both share
        }
        throw new UnknownTicketException("ticket '" + reference + "'");
    }

    /** The ticket, deleted or not; empty when unknown or purged. */
    public Optional<TicketView> find(TicketId id) {
        return reader.ticket(id).filter(Ticket::isBorn).map(this::view);
    }

    /**
     * The ticket, deleted or not.
     *
     * @throws UnknownTicketException when there is none
     * @throws GoneTicketException when it was purged
     */
    public TicketView get(TicketId id) {
        return find(id).orElseThrow(() -> reader.tombstone(id).isPresent()
                ? new GoneTicketException(id, true)
                : new UnknownTicketException("ticket " + id));
    }

    /**
     * The ticket as it was then, deleted or not. Other tickets that it was merged into are looked at as they are.
     *
     * @throws UnknownTicketException when there is none, or was none then, or this node does not hold as much as the point asks for
     * @throws GoneTicketException when it was purged
     */
    public TicketView get(TicketId id, AsOf point) {
        return view(then(id, point).ticket().filter(Ticket::isBorn).orElseThrow(() -> absent(id, point)));
    }

    /** The life of the ticket until then. */
    private History then(TicketId id, AsOf point) {
        TicketView now = get(id);
        if (point instanceof AsOf.Version asked && !version().dominates(asked.version())) {
            throw absent(id, point);
        }
        return new History(reader.history(now.id())).asOf(point);
    }

    private static UnknownTicketException absent(TicketId id, AsOf point) {
        return new UnknownTicketException("ticket " + id.key() + " as of " + point + ", as far as this node knows");
    }

    /** A state of a ticket as people read it. */
    public TicketView view(Ticket ticket) {
        return TicketView.of(ticket, workflow, rules, reader::ticket, names);
    }

    /** The page that {@code query} asks for: from the search index when words are looked for, else from the store. */
    public TicketList list(TicketQuery query) {
        SearchPage found = query.filter().hasText() ? search.page(query) : new SearchPage(reader.page(query), true);
        TicketPage page = found.page();
        List<TicketView> views = page.tickets().stream().map(this::view).toList();
        return new TicketList(views, page.next(), page.previous(), page.total(), found.complete());
    }

    /**
     * Where the words that a filter looks for stand in a ticket; nothing when it looks for none, or when the ticket is gone meanwhile.
     *
     * @param seesInternal whether to look in internal comments too
     */
    public List<Highlight> highlights(TicketView ticket, TicketFilter filter, boolean seesInternal) {
        List<TextClause> wanted = filter.wantedText();
        if (wanted.isEmpty()) {
            return List.of();
        }
        boolean inComments = wanted.stream().anyMatch(clause -> clause.looksIn(TextClause.Scope.COMMENT));
        return Highlight.of(
                ticket.state(), filter, inComments ? commentsIfThere(ticket.id(), seesInternal) : List.of());
    }

    private List<CommentView> commentsIfThere(TicketId ticket, boolean seesInternal) {
        try {
            return comments(ticket, seesInternal);
        } catch (UnknownTicketException | GoneTicketException purgedMeanwhile) {
            return List.of();
        }
    }

    /**
     * Tickets like one that is being written, to be shown to its author before he writes what is there: those in which something is
     * left to do, neither deleted nor merged into another.
     *
     * @param title may be unfinished, or empty
     * @param description of which the first {@link SimilarTickets#MAX_DESCRIPTION_CHARS} characters count
     * @param scope which tickets there are for him
     * @param seesInternal whether the scope may look for words in internal comments
     * @param limit 1 to {@link SimilarTickets#MAX_LIMIT}
     */
    public SimilarTickets similar(
            String title, String description, TicketFilter scope, boolean seesInternal, int limit) {
        if (limit < 1 || limit > SimilarTickets.MAX_LIMIT) {
            throw new InvalidChangeException(
                    "limit", "out-of-range", "is " + limit + ", not 1 to " + SimilarTickets.MAX_LIMIT, (long)
                            SimilarTickets.MAX_LIMIT);
        }
        String[] unfinished = {StatusCategory.OPEN.label(), StatusCategory.WAITING.label()};
        TicketFilter wanted = new Criteria(workflow, rules, null, Instant.ofEpochMilli(clock.millis()))
                .category(unfinished)
                .filter()
                .and(scope);
        String beginning =
                description.substring(0, Math.min(description.length(), SimilarTickets.MAX_DESCRIPTION_CHARS));
        Suggestions found = search.similar(
                new SimilarQuery(title, beginning, wanted, scope, seesInternal, 2 * limit)); // some may be merged
        List<SimilarTicket> items = found.items().stream()
                .map(suggestion -> new SimilarTicket(view(suggestion.ticket()), suggestion.similarity()))
                .filter(similar -> similar.ticket().mergedInto() == null)
                .limit(limit)
                .toList();
        return new SimilarTickets(items, found.complete());
    }

    /** The comments of a ticket by the time at which they were written. */
    public List<CommentView> comments(TicketId ticket, boolean seesInternal) {
        Map<CommentId, Comment> texts = new HashMap<>();
        reader.comments(ticket).forEach(comment -> texts.put(comment.id(), comment));
        return comments(get(ticket).state(), texts, seesInternal);
    }

    /**
     * The comments of a ticket as they were then, without what was redacted since.
     *
     * @throws UnknownTicketException when there was no such ticket then; see {@link #get(TicketId, AsOf)}
     */
    public List<CommentView> comments(TicketId id, AsOf point, boolean seesInternal) {
        History then = then(id, point);
        Ticket ticket = then.ticket().filter(Ticket::isBorn).orElseThrow(() -> absent(id, point));
        return comments(ticket, then.comments(reader.comments(id)), seesInternal);
    }

    private List<CommentView> comments(Ticket ticket, Map<CommentId, Comment> texts, boolean seesInternal) {
        List<CommentView> views = new ArrayList<>();
        for (CommentHead head : ticket.comments().entries().values()) {
            Comment text = texts.get(head.id());
            if (text != null && (seesInternal || head.kind() != CommentKind.INTERNAL)) {
                views.add(shown(head, text));
            }
        }
        views.sort(Comparator.comparing(CommentView::head));
        return views;
    }

    /**
     * One comment of a ticket.
     *
     * @throws UnknownTicketException when there is none that the reader may see
     */
    public CommentView comment(TicketId ticket, CommentId id, boolean seesInternal) {
        Optional<CommentHead> head = get(ticket).state().comments().get(id);
        return head.filter(found -> seesInternal || found.kind() != CommentKind.INTERNAL)
                .flatMap(found -> reader.comment(ticket, id).map(text -> shown(found, text)))
                .orElseThrow(() -> new UnknownTicketException("comment " + id));
    }

    private CommentView shown(CommentHead head, Comment text) {
        Trace redaction = text.redaction();
        Written<String> written = text.body().written();
        Comment shown = new Comment(
                text.ticket(),
                text.id(),
                written == null
                        ? text.body()
                        : new LatestRegister<>(new Written<>(written.value(), names.apply(written.trace()))),
                redaction == null ? null : names.apply(redaction));
        return new CommentView(
                new CommentHead(head.id(), head.kind(), names.apply(head.author()), head.atMillis()), shown);
    }

    /** The texts of a ticket's comments, to look for words in them; none when the ticket is gone. */
    public List<String> texts(TicketId ticket, boolean seesInternal) {
        try {
            return comments(ticket, seesInternal).stream()
                    .map(CommentView::body)
                    .toList();
        } catch (UnknownTicketException | GoneTicketException purgedMeanwhile) {
            return List.of();
        }
    }

    /** Whether the text of a comment was taken away. */
    public boolean isRedacted(TicketId ticket, CommentId id) {
        return reader.comment(ticket, id).filter(Comment::isRedacted).isPresent();
    }

    /** What was changed in a ticket, from the beginning. */
    public List<HistoryEntry> history(TicketId ticket, boolean seesInternal) {
        return new History(reader.history(ticket))
                .entries(reader.comments(ticket), seesInternal).stream()
                        .map(entry -> new HistoryEntry(names.apply(entry.trace()), shown(entry.changes())))
                        .toList();
    }

    /** Changes of a ticket with the people in them as they are shown. */
    public List<FieldChange> shown(List<FieldChange> changes) {
        return changes.stream()
                .map(change -> PEOPLE.contains(change.field())
                        ? new FieldChange(
                                change.field(), person(change.before()), person(change.after()), change.comment())
                        : change)
                .toList();
    }

    private @Nullable Object person(@Nullable Object value) {
        if (value instanceof List<?> people) {
            return people.stream().map(this::person).toList();
        }
        return value instanceof String name ? names.apply(name) : value;
    }

    /** Whether a request was carried out before, whatever its body. */
    public Optional<Receipt> receipt(RequestKey request) {
        return reader.receipt(request);
    }

    /** The ticket as a repeated request left it the first time; as it is when that cannot be told any more. */
    public TicketView viewAfter(Receipt receipt) {
        return new History(reader.history(receipt.ticket()))
                .asOf(AsOf.step(receipt.operation()))
                .ticket()
                .filter(Ticket::isBorn)
                .map(this::view)
                .orElseGet(() -> get(receipt.ticket()));
    }

    /** At most {@code max} tickets that link to {@code target}; their links say how. */
    public List<TicketView> linkingTo(TicketId target, int max) {
        return views(reader.linkingTo(target, max));
    }

    /** At most {@code max} tickets that were merged into {@code target}. */
    public List<TicketView> mergedInto(TicketId target, int max) {
        return views(reader.mergedInto(target, max));
    }

    public TicketCounts counts() {
        return reader.counts().naming(names);
    }

    /**
     * The numbers of what a filter lets through; takes as long as there are many.
     *
     * @param seesInternal whether words are looked for in internal comments too
     */
    public TicketCounts counts(TicketFilter filter, boolean seesInternal) {
        if (filter.criteria().isEmpty()) {
            return counts();
        }
        return TicketCounts.of(all(filter, SortKey.NEWEST_FIRST, seesInternal)
                        .map(TicketView::state)
                        .iterator())
                .naming(names);
    }

    /**
     * The ids of all that a filter lets through.
     *
     * @throws InvalidQueryException when there are more than {@code max}
     */
    public List<TicketId> ids(TicketFilter filter, int max) {
        List<TicketId> ids = all(filter, SortKey.NEWEST_FIRST, true)
                .limit(max + 1L)
                .map(TicketView::id)
                .toList();
        if (ids.size() > max) {
            throw new InvalidQueryException(
                    "filter", "too-many", "lets more than " + max + " tickets through", -1, List.of());
        }
        return ids;
    }

    /** All that a filter lets through, page by page; one that moves in the order meanwhile may come twice or not at all. */
    private Stream<TicketView> all(TicketFilter filter, SortKey order, boolean seesInternal) {
        TicketQuery query = new TicketQuery(filter, List.of(order), TicketQuery.MAX_LIMIT, null, seesInternal, false);
        return Stream.iterate(
                        Optional.of(list(query)),
                        Optional::isPresent,
                        page -> page.map(TicketList::next).map(next -> list(query.at(next))))
                .flatMap(Optional::stream)
                .flatMap(page -> page.items().stream());
    }

    /**
     * What came in and went out of what a filter lets through, day by day. Looks at the tickets that were changed since the first day,
     * and counts those that are not done.
     *
     * @param from the first day of {@code zone}
     * @param to the last one, included
     * @param seesInternal whether words are looked for in internal comments too
     * @throws InvalidQueryException when the days are too many, or the tickets that were changed since the first are more than
     *     {@link TicketFlow#MAX_TICKETS}
     */
    public TicketFlow flow(TicketFilter filter, LocalDate from, LocalDate to, ZoneId zone, boolean seesInternal) {
        TicketFlow.Collector collector = new TicketFlow.Collector(from, to, zone, workflow);
        Criterion since = new Criterion.Between(Criterion.TimeField.UPDATED, TicketFlow.begin(from, to, zone), null);
        Set<TicketId> seen = new HashSet<>(); // a ticket that is changed meanwhile comes again, behind the others
        Iterator<TicketView> changed = all(filter.and(since), new SortKey(SortKey.By.UPDATED, false), seesInternal)
                .iterator();
        while (changed.hasNext()) {
            TicketView ticket = changed.next();
            if (seen.add(ticket.id())) {
                collector.add(ticket);
            }
            if (seen.size() > TicketFlow.MAX_TICKETS) {
                throw new InvalidQueryException(
                        "from",
                        "too-many",
                        "is before the last change of more than " + TicketFlow.MAX_TICKETS
                                + " tickets; begin later, or filter",
                        -1,
                        List.of());
            }
        }
        return collector.flow(countOpen(filter, seesInternal));
    }

    private long countOpen(TicketFilter filter, boolean seesInternal) {
        List<String> done = workflow.states().stream()
                .filter(status -> workflow.category(status) == StatusCategory.DONE)
                .map(Status::name)
                .toList();
        if (filter.equals(TicketFilter.LIVING)) {
            TicketCounts counts = counts();
            Map<String, Long> byStatus =
                    counts.byField().getOrDefault(Criterion.Field.STATUS, Collections.emptySortedMap());
            return counts.living()
                    - done.stream()
                            .mapToLong(name -> byStatus.getOrDefault(name, 0L))
                            .sum();
        }
        return count(filter.and(new Criterion.AnyOf(Criterion.Field.STATUS, Set.copyOf(done), true)), seesInternal);
    }

    /** How many tickets a filter lets through; takes as long as there are many. */
    public long count(TicketFilter filter) {
        return count(filter, true);
    }

    private long count(TicketFilter filter, boolean seesInternal) {
        Long total = list(new TicketQuery(filter, List.of(), 1, null, seesInternal, true))
                .total();
        return Objects.requireNonNull(total, "was asked for");
    }

    private List<TicketView> views(List<TicketId> ids) {
        return ids.stream().flatMap(id -> find(id).stream()).toList();
    }
}
