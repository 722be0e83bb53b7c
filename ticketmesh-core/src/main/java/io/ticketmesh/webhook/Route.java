package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.AuthorsView;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what this node sends to one webhook, and when: what it accepted itself, what others accepted that do not tell it
 * ({@link Succession}), and what has to be tried again. It keeps no time, sends nothing and writes nothing; it is told what happened, and
 * says what is to be done. Owned by the thread of the {@link Postman}.
 *
 * <p>Everything up to the {@link Progress} it asks to be written is either delivered or stands in its log, so whoever goes on from both
 * loses nothing. What is under way at a crash is sent again, under the same id.
 */
final class Route {
    /** What is older is not begun with any more. */
    static final Duration OLDEST = Duration.ofDays(7);

    /** How long an effect waits for its cause when another node tells that. */
    static final long CAUSE_MILLIS = 60_000;

    /** How long what was done is collected before it is written. */
    static final long WRITE_MILLIS = 1_000;

    /** How often a node that has something to tell and cannot says that it is there. */
    static final long ALIVE_MILLIS = 20_000;

    /** How often it looks for what is to be tried again. */
    private static final long REPEAT_MILLIS = 200;

    private static final int READ = 64;
    private static final int READS = 8;

    private Webhook webhook;
    private TicketFilter filter;
    private final NodeId self;
    private final ReplicaReader reader;
    private final AuthorsView view;
    private final Function<TicketId, List<String>> comments;
    private final DeliveryLog log;
    private final Health health = new Health();
    private final Map<Origin, Lane> lanes = new HashMap<>();
    private final Map<String, Errand> underWay = new LinkedHashMap<>();
    private Progress written;
    private long deliveredAtMillis;
    private long writtenAtMillis;

    /** Whether something was told since progress was written. */
    private boolean told;

    private boolean writing;
    private long repeatedAtMillis;
    private Webhook.@Nullable Stop stop;
    private boolean stopTold;
    private long backlog;

    /**
     * @param filter what a ticket must meet after a change
     * @param comments gives the texts of a ticket's public comments
     * @param written how far this node had come
     */
    Route(
            Webhook webhook,
            TicketFilter filter,
            NodeId self,
            ReplicaReader reader,
            Function<TicketId, List<String>> comments,
            Progress written,
            DeliveryLog log) {
        this.webhook = webhook;
        this.filter = filter;
        this.self = self;
        this.reader = reader;
        this.view = new AuthorsView(reader);
        this.comments = comments;
        this.written = written;
        this.deliveredAtMillis = written.deliveredAtMillis();
        this.log = log;
    }

    /** The webhook was changed, perhaps switched off or on. */
    void redefine(Webhook changed, TicketFilter changedFilter) {
        boolean begins = changed.since().compareTo(webhook.since()) > 0;
        webhook = changed;
        filter = changedFilter;
        stop = null;
        stopTold = false;
        lanes.values().forEach(Lane::release);
        if (begins) {
            lanes.clear();
            written = new Progress(VersionVector.EMPTY, written.deliveredAtMillis(), written.writtenAtMillis());
        }
        if (!webhook.active()) {
            log.changePending(Delivery::abandoned);
        }
    }

    Webhook webhook() {
        return webhook;
    }

    DeliveryLog log() {
        return log;
    }

    /** How many operations were not settled at the last {@link #next}, of those that this node has to tell. */
    long backlog() {
        return backlog;
    }

    /** Why the webhook is to be switched off, which is told once; null when it is not. */
    Webhook.@Nullable Stop takeStop() {
        Webhook.Stop told = stopTold ? null : stop;
        stopTold = stop != null;
        return told;
    }

    /** It could not be switched off. */
    void giveStopBack() {
        stopTold = false;
    }

    /** What is to be sent now; each is under way until {@link #done} is told of it. */
    List<Errand> next(Surroundings around) {
        backlog = 0;
        if (!webhook.active() || stop != null) {
            return List.of();
        }
        VersionVector held = reader.version();
        List<Lane> mine = new ArrayList<>();
        for (Origin origin : held.origins()) {
            Lane lane = lanes.computeIfAbsent(origin, fresh -> begin(fresh, around));
            lane.advanceTo(Math.max(around.settled().get(origin), reader.floor().get(origin)), around.nowMillis());
            if (isMine(lane, held.get(origin), around)) {
                look(lane, held.get(origin), around.nowMillis());
                mine.add(lane);
                backlog += held.get(origin) - lane.settled();
            } else {
                lane.release();
            }
        }
        List<Errand> errands = new ArrayList<>();
        repeat(around, errands);
        begin(mine, around, errands);
        return errands;
    }

    private Lane begin(Origin origin, Surroundings around) {
        long known = Math.max(around.settled().get(origin), written.settled().get(origin));
        long settled = known > 0 ? known : lastBefore(origin, beginning(around.nowMillis()));
        return new Lane(origin, settled, around.nowMillis());
    }

    private HybridTimestamp beginning(long nowMillis) {
        return webhook.since().max(HybridTimestamp.of(nowMillis - OLDEST.toMillis(), 0));
    }

    /** The last operation that is not after {@code time}: times rise within a run. */
    private long lastBefore(Origin origin, HybridTimestamp time) {
        long low = reader.floor().get(origin);
        long high = reader.version().get(origin);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            Optional<Operation> operation = view.operation(new OperationId(origin, middle));
            boolean before = operation.isEmpty() || operation.get().time().compareTo(time) <= 0;
            low = before ? middle : low;
            high = before ? high : middle - 1;
        }
        return low;
    }

    private boolean isMine(Lane lane, long held, Surroundings around) {
        NodeId owner = lane.origin().node();
        boolean reachable = around.reachable().contains(owner);
        Progress theirs = around.progress().getOrDefault(owner, Progress.NONE);
        long ownerSettled = theirs.settled().get(lane.origin());
        long still = lane.stillMillis(held, reachable ? theirs.writtenAtMillis() : 0, around.nowMillis());
        if (owner.equals(self)) {
            return true;
        }
        if (!lane.isTaken(ownerSettled, reachable)
                && still >= Succession.patienceMillis(owner, self, around.reachable())
                && hasSomethingToTell(lane, held, around.nowMillis())) {
            lane.take(ownerSettled, reachable);
        }
        return lane.isTaken(ownerSettled, reachable);
    }

    /**
     * Goes past what nobody tells, such as what is written about deliveries, and says whether what stood still is something to tell. What comes
     * behind the rest has not waited yet.
     */
    private boolean hasSomethingToTell(Lane lane, long held, long nowMillis) {
        for (int reads = 0; reads < READS && lane.settled() < held; reads++) {
            long before = lane.settled();
            long silent = before;
            for (Operation operation : reader.operations(lane.origin(), before + 1, most(lane, held))) {
                if (wanted(operation, nowMillis) != null) {
                    lane.advanceTo(silent, nowMillis);
                    return reads == 0 && silent == before;
                }
                silent = operation.id().sequence();
            }
            lane.advanceTo(silent, nowMillis);
        }
        return lane.settled() < held; // so much that it is gone through bit by bit
    }

    private static int most(Lane lane, long held) {
        return (int) Math.min(READ, held - lane.settled());
    }

    private void look(Lane lane, long held, long nowMillis) {
        for (int reads = 0; reads < READS && lane.hasRoom() && lane.next() <= held; reads++) {
            int most = (int) Math.min(READ, held - lane.next() + 1);
            for (Operation operation : reader.operations(lane.origin(), lane.next(), most)) {
                lane.add(new Lane.Item(operation.id().sequence(), wanted(operation, nowMillis)));
            }
            lane.settle(nowMillis);
        }
    }

    /** What is told of an operation; null when nothing is. */
    private @Nullable TicketNews wanted(Operation operation, long nowMillis) {
        if (Book.isBook(operation.ticket()) || operation.time().compareTo(beginning(nowMillis)) <= 0) {
            return null;
        }
        TicketNews news = publicNews(operation);
        if (news == null || !webhook.tells(news.type().label())) {
            return null;
        }
        Ticket ticket = news.ticket();
        return ticket == null || filter.matches(ticket, () -> comments.apply(ticket.id())) ? news : null;
    }

    /** What changed nothing that people see, such as that a timer fired, is no news. */
    private @Nullable TicketNews publicNews(Operation operation) {
        return view.news(operation)
                .map(TicketNews::publicly)
                .filter(news ->
                        news.type() != NewsType.UPDATED || !news.changes().isEmpty())
                .orElse(null);
    }

    /** What failed before, and is due. */
    private void repeat(Surroundings around, List<Errand> errands) {
        if (!hasPassed(REPEAT_MILLIS, repeatedAtMillis, around.nowMillis())) {
            return;
        }
        repeatedAtMillis = around.nowMillis();
        for (Delivery due : due(around)) {
            if (underWay.size() >= health.concurrency()) {
                return;
            }
            TicketNews news = again(due);
            if (news == null) {
                log.put(due.abandoned());
            } else {
                send(new Errand(due, news, null, null, false), errands);
            }
        }
    }

    /** What was to be told may be gone meanwhile. */
    @Nullable
    TicketNews again(Delivery delivery) {
        return view.operation(delivery.operation()).map(this::publicNews).orElse(null);
    }

    private List<Delivery> due(Surroundings around) {
        List<Delivery> due = new ArrayList<>();
        for (Delivery delivery : known(around).values()) {
            NodeId owner = Objects.requireNonNullElse(delivery.node(), self);
            long patience = Succession.patienceMillis(owner, self, around.reachable());
            if (!delivery.isOlderThan(webhook.since().millis())
                    && delivery.isDue(around.nowMillis() - patience)
                    && reader.version().contains(delivery.operation())
                    && !underWay.containsKey(delivery.id())) {
                due.add(delivery);
            }
        }
        due.sort(Comparator.comparing(delivery -> Objects.requireNonNull(delivery.nextAt())));
        return due;
    }

    /** All deliveries that any node noted, each as it is now. */
    Map<String, Delivery> known(Surroundings around) {
        Map<String, Delivery> known = new HashMap<>();
        around.logs().forEach((node, deliveries) -> merge(known, node.equals(self) ? List.of() : deliveries));
        merge(known, log.all());
        return known;
    }

    private static void merge(Map<String, Delivery> known, Collection<Delivery> more) {
        more.forEach(delivery -> known.merge(delivery.id(), delivery, Delivery::merge));
    }

    /** What was not sent yet. */
    private void begin(List<Lane> mine, Surroundings around, List<Errand> errands) {
        record Candidate(Lane lane, Lane.Item item, TicketNews news) {}
        List<Candidate> candidates = new ArrayList<>();
        for (Lane lane : mine) {
            for (Lane.Item item : lane.items()) {
                if (item.news != null && !item.sent) {
                    candidates.add(new Candidate(lane, item, item.news));
                }
            }
        }
        candidates.sort(Comparator.comparing(candidate -> candidate.news().trace()));
        Set<TicketId> blocked = new HashSet<>();
        underWay.values().forEach(errand -> blocked.add(errand.delivery().ticket()));
        int room = DeliveryLog.MAX_PENDING - log.pending();
        for (Candidate candidate : candidates) {
            TicketId ticket = candidate.news().ticketId();
            Delivery delivery = Delivery.first(candidate.news());
            if (isNoted(delivery, around)) {
                candidate.item().done = true;
                candidate.lane().settle(around.nowMillis());
                told = true; // who waits for it as a cause hears of that by progress
                continue;
            }
            boolean open =
                    underWay.size() < Math.min(room, health.concurrency()) && health.takesNews(around.nowMillis());
            if (!open) {
                return;
            } else if (blocked.contains(ticket)
                    || !causesAreTold(candidate.item(), candidate.news(), around.nowMillis())) {
                blocked.add(ticket);
            } else {
                blocked.add(ticket);
                candidate.lane().send(candidate.item());
                send(new Errand(delivery, candidate.news(), candidate.lane(), candidate.item(), false), errands);
            }
        }
    }

    /** Whether another operation tells the same event, because several nodes fired a timer. */
    private boolean isNoted(Delivery fresh, Surroundings around) {
        return fresh.hasNamesakes() && known(around).containsKey(fresh.id());
    }

    private void send(Errand errand, List<Errand> errands) {
        underWay.put(errand.delivery().id(), errand);
        errands.add(errand);
    }

    /** Whether what its author had seen of the ticket is told, as far as it is to be told, or was waited for long enough. */
    private boolean causesAreTold(Lane.Item item, TicketNews news, long nowMillis) {
        boolean told = news.operation().seen().entries().entrySet().stream()
                .allMatch(seen -> isTold(seen.getKey(), seen.getValue(), nowMillis));
        if (!told && item.waitingSinceMillis == 0) {
            item.waitingSinceMillis = nowMillis;
        }
        return told || hasPassed(CAUSE_MILLIS, item.waitingSinceMillis, nowMillis);
    }

    private boolean isTold(Origin origin, long sequence, long nowMillis) {
        Lane lane = lanes.get(origin);
        if (lane == null || sequence <= lane.settled()) {
            return true;
        }
        for (Lane.Item item : lane.items()) {
            if (item.sequence == sequence) {
                return item.done;
            }
        }
        return view.operation(new OperationId(origin, sequence))
                .map(cause -> wanted(cause, nowMillis) == null)
                .orElse(true);
    }

    /** Begins a try that somebody asked for; null when it is under way, or what was to be told is gone. */
    @Nullable
    Errand onDemand(Delivery delivery) {
        TicketNews news = underWay.containsKey(delivery.id()) ? null : again(delivery);
        if (news == null) {
            return null;
        }
        Errand errand = new Errand(delivery, news, null, null, true);
        underWay.put(delivery.id(), errand);
        return errand;
    }

    /** Notes how a receiver took a message; says what is known of the delivery then. */
    Delivery done(Errand errand, Reception reception, Surroundings around) {
        long now = around.nowMillis();
        underWay.remove(errand.delivery().id());
        Delivery before = errand.delivery();
        Delivery after =
                errand.onDemand() ? before.triedOnDemand(self, now, reception) : before.tried(self, now, reception);
        boolean recovered = health.note(reception.accepted(), now);
        log.put(after);
        if (errand.item() != null && errand.lane() != null) {
            errand.item().done = true;
            errand.lane().settle(now);
        }
        told = true;
        if (reception.accepted()) {
            deliveredAtMillis = now;
        }
        if (recovered) {
            log.changePending(pending -> pending.hurried(now));
        }
        if (reception.gone()) {
            stop = new Webhook.Stop(Instant.ofEpochMilli(now), "The receiver says that it is gone: 410");
        } else if (after.state() == Delivery.State.FAILED && !errand.onDemand() && nothingTakenSince(after, around)) {
            stop = new Webhook.Stop(
                    Instant.ofEpochMilli(now),
                    "The receiver took nothing since " + after.firstAt() + ", and an event was tried "
                            + RetrySchedule.TRIES + " times");
        }
        return after;
    }

    private boolean nothingTakenSince(Delivery failed, Surroundings around) {
        Instant first = failed.firstAt();
        long last = deliveredAtMillis;
        for (Progress progress : around.progress().values()) {
            last = Math.max(last, progress.deliveredAtMillis());
        }
        return first != null && last < first.toEpochMilli();
    }

    /** Whether something is to be written now. */
    boolean wantsToWrite(long nowMillis, boolean last) {
        if (last) {
            return told || log.hasUnwritten();
        }
        boolean news = told || log.hasUnwritten();
        boolean stuck = !news && lanes.values().stream().anyMatch(lane -> lane.isStuck(ALIVE_MILLIS, nowMillis));
        return !writing && (news || stuck) && hasPassed(news ? WRITE_MILLIS : ALIVE_MILLIS, writtenAtMillis, nowMillis);
    }

    /** Whether so much time has passed, or the clock was set back. */
    static boolean hasPassed(long millis, long sinceMillis, long nowMillis) {
        return nowMillis - sinceMillis >= millis || nowMillis < sinceMillis;
    }

    /** What is to be written: first what the log lacks, then progress; until {@link #written} is told of it. */
    Progress beginWriting(long nowMillis) {
        writing = true;
        told = false;
        writtenAtMillis = nowMillis;
        Map<Origin, Long> settled = new HashMap<>();
        long oldest = nowMillis - OLDEST.toMillis();
        lanes.forEach((origin, lane) -> {
            boolean ours = origin.node().equals(self) || written.settled().get(origin) > 0 || lane.hasTold();
            if (ours && lane.settled() > 0 && !endedBefore(origin, lane, oldest)) {
                settled.put(origin, lane.settled());
            }
        });
        written = new Progress(VersionVector.of(settled), deliveredAtMillis, nowMillis);
        return written;
    }

    /** Whether all of a run is settled and so old that nobody begins with it any more. */
    private boolean endedBefore(Origin origin, Lane lane, long millis) {
        return lane.settled() >= reader.version().get(origin)
                && view.operation(new OperationId(origin, lane.settled()))
                        .filter(last -> last.time().millis() >= millis)
                        .isEmpty();
    }

    void written(boolean kept, Set<String> places) {
        writing = false;
        if (!kept) {
            log.giveBack(places);
            told = true;
        }
    }
}
