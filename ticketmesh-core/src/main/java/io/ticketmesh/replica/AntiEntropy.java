package io.ticketmesh.replica;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.Movement;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Sizes;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares this replica with others for ever, and asks for what is missing: digests go out, whoever is behind pulls, pages of
 * operations or a snapshot come. Demers et al., Epidemic Algorithms for Replicated Database Maintenance (PODC 1987).
 *
 * <p>Owned by the replica. Reads committed state only.
 */
final class AntiEntropy {
    /** The most operations in one answer to a pull; the store gives fewer when they are large. */
    static final int MAX_OPERATIONS = 256;

    /** About the most characters in one answer to a pull; a single operation may be larger. */
    static final int MAX_CHARS = 1 << 18;

    /** The most tickets in one part of a snapshot; the store gives fewer when they are large. */
    static final int MAX_STATES = 64;

    /** About the most characters of a ticket in a snapshot; one with more is sent in several pieces, in the same part. */
    static final int MAX_PIECE_CHARS = 1 << 17;

    /** The most ranges in one pull. */
    static final int MAX_RANGES = 64;

    /** So many operations are asked of all peers that have them, since an answer may be lost; more only of one at a time. */
    private static final int CHEAP = 16;

    /** How often others are asked again whether they hold what somebody waits for. */
    private static final long ASK_MILLIS = 250;

    /** Whoever lacks what was sent so long ago, or up to twice as long, missed it; before, it may be on its way. */
    private static final long UNDER_WAY_MILLIS = 50;

    /** For how long they are asked. */
    private static final long ASKING_MILLIS = 30_000;

    /** After so many unanswered requests a snapshot is fetched from another peer. */
    private static final int SILENCES = 4;

    private final ReplicaReader reader;
    private final Origin self;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Function<OperationRange, List<OperationRange>> gaps;
    private final Map<Origin, Peer> peers = new LinkedHashMap<>();
    private final List<Outgoing> outbox = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private long nowMillis;
    private long nextDigestMillis;
    private long nextDirectMillis;
    private long nextContentMillis;
    /** Since when others are known to hold more; null when they are not. */
    private @Nullable Long behindSinceMillis;
    /** When that was over the last time; null when it never was. */
    private @Nullable Long caughtUpAtMillis;

    private long caughtUpTookMillis;
    private boolean busy;
    /** Up to which of this replica's operations acknowledgements are awaited, and until when others are asked for them. */
    private long awaitedSequence;

    /** Up to which of them a hint should have come everywhere by now, and up to which it should have at the next look. */
    private long overdueSequence;

    private long soonOverdueSequence;
    private long overdueAtMillis;

    private final Movements movements = new Movements();
    /** When operations of others came here. */
    private final Progress progress = new Progress();

    private long askUntilMillis;
    private long nextAskMillis;
    /** What snapshots had brought at the last comparison of content. */
    private VersionVector aheadBefore = VersionVector.EMPTY;
    /** Whether tickets hold operations that did not come between two comparisons: perhaps they never will. */
    private boolean lingering;

    /**
     * @param gaps the parts of a range that must be asked for: others are here already and wait
     */
    AntiEntropy(
            ReplicaReader reader,
            Origin self,
            Schedule schedule,
            RandomGenerator random,
            Function<OperationRange, List<OperationRange>> gaps) {
        this.reader = reader;
        this.self = self;
        this.schedule = schedule;
        this.random = random;
        this.gaps = gaps;
    }

    /** Notes that operations move, so digests go out more often, beginning with the next one. */
    void noteActivity() {
        if (!busy) {
            busy = true;
            long soon = nowMillis + jittered(schedule.busyDigest().toMillis());
            nextDigestMillis = Math.min(nextDigestMillis, soon);
        }
    }

    void send(@Nullable Origin to, Message message) {
        outbox.add(new Outgoing(to, message));
    }

    List<Outgoing> takeOutbox() {
        List<Outgoing> taken = List.copyOf(outbox);
        outbox.clear();
        return taken;
    }

    List<Alarm> takeAlarms() {
        List<Alarm> taken = List.copyOf(alarms);
        alarms.clear();
        return taken;
    }

    /** Does what is due. Called often, at least every few tens of milliseconds while something is missing. */
    void tick(long now) {
        nowMillis = now;
        peers.values()
                .removeIf(peer ->
                        now - peer.heardAtMillis > schedule.peerForgotten().toMillis());
        movements.look(peers.values(), now);
        if (now >= nextDigestMillis) {
            send(null, digest(false));
            long pause = (busy ? schedule.busyDigest() : schedule.idleDigest()).toMillis();
            nextDigestMillis = now + jittered(pause);
            busy = false;
        }
        if (now >= nextDirectMillis) {
            randomPeer().ifPresent(peer -> send(peer.origin, digest(false)));
            nextDirectMillis = now + jittered(schedule.directExchange().toMillis());
        }
        if (now >= nextContentMillis) {
            lingering = !settled() && reader.ahead().equals(aheadBefore);
            aheadBefore = reader.ahead();
            if (settled() || lingering) {
                send(null, new Message.ContentSums(held(), boxed(reader.buckets())));
            }
            nextContentMillis = now + jittered(schedule.contentCheck().toMillis());
        }
        askForAcknowledgements();
        List.copyOf(peers.values()).forEach(peer -> catchUpFrom(peer, reader.version()));
        noteCatchUp();
    }

    private void noteCatchUp() {
        boolean behind =
                peers.values().stream().anyMatch(peer -> !reader.version().dominates(peer.version()));
        if (behind && behindSinceMillis == null) {
            behindSinceMillis = nowMillis;
        } else if (!behind && behindSinceMillis != null) {
            caughtUpTookMillis = nowMillis - behindSinceMillis;
            caughtUpAtMillis = nowMillis;
            behindSinceMillis = null;
        }
    }

    /** The last time in which others were known to hold more; null when there was none that ended. */
    @Nullable
    CatchUp lastCatchUp() {
        return caughtUpAtMillis == null ? null : new CatchUp(caughtUpTookMillis, nowMillis - caughtUpAtMillis);
    }

    /** Others are to say when they hold this replica's operations up to {@code sequence}; the hint that is sent now asks them. */
    void awaitAcknowledgements(long sequence) {
        awaitedSequence = Math.max(awaitedSequence, sequence);
        askUntilMillis = nowMillis + ASKING_MILLIS;
        nextAskMillis = nowMillis + ASK_MILLIS;
    }

    private void askForAcknowledgements() {
        if (nowMillis - overdueAtMillis >= UNDER_WAY_MILLIS) {
            overdueSequence = soonOverdueSequence;
            soonOverdueSequence = awaitedSequence;
            overdueAtMillis = nowMillis;
        }
        boolean due = nowMillis >= nextAskMillis && nowMillis < askUntilMillis;
        if (due && peers.values().stream().anyMatch(peer -> peer.version().get(self) < awaitedSequence)) {
            send(null, new Message.Hint(List.of(), true));
            nextAskMillis = nowMillis + ASK_MILLIS;
        }
    }

    /** Takes note of what a peer has on its disk; one that lacks something that was sent some time ago and is waited for is
     * told at once what there is; a later one is still on its way. */
    void receiveAck(Origin from, Message.Ack ack) {
        Peer peer = peer(from);
        if (ack.sequence() > 0 && reader.version().get(ack.origin()) >= ack.sequence()) {
            peer.learn(new OperationId(ack.origin(), ack.sequence()), nowMillis);
        }
        if (ack.origin().equals(self) && ack.sequence() < overdueSequence && nowMillis < askUntilMillis) {
            send(from, digest(true));
        }
    }

    /** Forgets a peer that stops. */
    void receiveBye(Origin from) {
        if (peers.remove(from) != null) {
            movements.leave(from.node(), nowMillis);
        }
    }

    /** An operation of another replica is here now. */
    void noteArrival(OperationId operation) {
        progress.note(operation.origin(), operation.sequence(), nowMillis);
    }

    /** Who of the others, and this replica itself as {@code self}, is known to hold the operation, and since when. */
    List<Holding> holdings(OperationId operation) {
        List<Holding> holdings = new ArrayList<>();
        holdings.add(holding(self.node(), reader.version().contains(operation), progress.since(operation)));
        for (Peer peer : peers.values()) {
            holdings.add(holding(peer.origin.node(), peer.version().contains(operation), peer.heldSince(operation)));
        }
        return holdings;
    }

    private Holding holding(NodeId node, boolean holds, @Nullable Long sinceMillis) {
        return new Holding(node, holds, !holds || sinceMillis == null ? null : (Long) (nowMillis - sinceMillis));
    }

    /** Who came and who went of late, the oldest first. */
    List<Movement> movements() {
        return movements.recent(nowMillis);
    }

    /** The nodes that are known to hold all that {@code version} covers on disk, this one not among them. */
    Set<NodeId> holders(VersionVector version) {
        Set<NodeId> holders = new HashSet<>();
        for (Peer peer : peers.values()) {
            if (peer.version().dominates(version)) {
                holders.add(peer.origin.node());
            }
        }
        return holders;
    }

    /** The time of the last tick. */
    long nowMillis() {
        return nowMillis;
    }

    /** Sends a digest at the next tick: the group changed. */
    void hurry() {
        nextDigestMillis = nowMillis;
    }

    /**
     * Asks for what a digest shows missing, and answers it when its sender misses something. When the two differ in what the digest
     * does not list, it asks for one that lists all.
     *
     * @param staged the version with what came before the digest applied
     */
    void receiveDigest(Origin from, Message.Digest digest, VersionVector staged) {
        Peer peer = peer(from);
        VersionVector theirs = digest.held().completedBy(staged);
        peer.learn(theirs == null ? digest.held().listed() : theirs, nowMillis);
        peer.floor = peer.floor.merge(digest.floor());
        noteCatchUp();
        catchUpFrom(peer, staged);
        if (theirs == null) {
            askForWholeDigest(peer);
        }
        if (!digest.answer() && (theirs == null || !theirs.dominates(reader.version()))) {
            send(from, digest(true));
        }
    }

    private void askForWholeDigest(Peer peer) {
        if (nowMillis >= peer.nextWholeMillis) {
            peer.nextWholeMillis = nowMillis + schedule.pullTimeout().toMillis();
            send(peer.origin, new Message.Pull(List.of()));
        }
    }

    /** Learns from a hint what its author has; if the hint before it was lost, the next tick pulls. Called after it was applied. */
    void receivedHint(Origin from, Message.Hint hint) {
        Peer peer = peer(from);
        for (Operation operation : hint.operations()) {
            if (operation.id().origin().equals(from)) {
                peer.learn(operation.id(), nowMillis);
            }
        }
    }

    /**
     * Asks for more at once if an answer to a pull brought something; if it brought nothing new the next pull waits for its time,
     * so that two replicas do not chase each other.
     *
     * @param staged the version with the operations of the answer applied
     * @param broughtNew whether any of them was applied or waits now
     */
    void receivedOperations(Origin from, VersionVector staged, boolean broughtNew) {
        Peer peer = peer(from);
        if (broughtNew) {
            peer.pulledAtMillis = null;
            catchUpFrom(peer, staged);
        }
    }

    /** Asks the peer for what it has and {@code mine} has not, unless an answer is awaited. */
    private void catchUpFrom(Peer peer, VersionVector mine) {
        Peer.Fetch fetch = peer.fetch;
        if (fetch != null) {
            askAgain(peer, fetch);
            if (fetch.isWhole()) {
                return;
            }
        }
        if (awaitsAnswer(peer) || mine.dominates(peer.version())) {
            return;
        }
        List<OperationRange> ranges = new ArrayList<>();
        boolean belowFloor = false;
        for (Origin origin : peer.version().origins()) {
            long theirs = peer.version().get(origin);
            long held = mine.get(origin);
            if (theirs > held) {
                boolean served = held >= peer.floor.get(origin);
                belowFloor |= !served;
                List<OperationRange> missing = gaps.apply(new OperationRange(origin, held + 1, theirs));
                long count = missing.stream().mapToLong(OperationRange::size).sum();
                boolean comesElsewhere = count > CHEAP && isPulledElsewhere(origin, peer);
                if (served && !comesElsewhere) {
                    ranges.addAll(missing);
                }
            }
        }
        if (belowFloor && canFetchFrom(peer)) {
            askForStates(peer, null, null, Set.of(), 1);
        } else if (!ranges.isEmpty()) {
            List<OperationRange> asked = anyOf(ranges);
            peer.pulledAtMillis = nowMillis;
            peer.pulled = asked.stream().map(OperationRange::origin).collect(Collectors.toSet());
            send(peer.origin, new Message.Pull(asked));
        }
    }

    /** Whether another peer was asked for the origin's operations and may still answer: they need not come twice. */
    private boolean isPulledElsewhere(Origin origin, Peer peer) {
        return peers.values().stream()
                .anyMatch(other -> other != peer && awaitsAnswer(other) && other.pulled.contains(origin));
    }

    private boolean awaitsAnswer(Peer peer) {
        return peer.pulledAtMillis != null
                && nowMillis - peer.pulledAtMillis <= schedule.pullTimeout().toMillis();
    }

    /** At most {@link #MAX_RANGES}, each time others, because what one origin's operations wait for may be another's. */
    private List<OperationRange> anyOf(List<OperationRange> ranges) {
        if (ranges.size() <= MAX_RANGES) {
            return ranges;
        }
        Collections.rotate(ranges, random.nextInt(ranges.size()));
        return ranges.subList(0, MAX_RANGES);
    }

    /** At most one peer is asked for tickets at a time. */
    private boolean canFetchFrom(Peer peer) {
        return nowMillis >= peer.avoidedUntilMillis && peers.values().stream().allMatch(each -> each.fetch == null);
    }

    private void askForStates(
            Peer peer, @Nullable VersionVector version, @Nullable TicketId after, Set<Integer> buckets, int requests) {
        peer.fetch = new Peer.Fetch(version, after, buckets, nowMillis, requests);
        send(peer.origin, new Message.SnapshotRequest(version, after, buckets));
    }

    /** Asks for a part that did not come, and after some silence gives up: another peer can give the snapshot, from its beginning. */
    private void askAgain(Peer peer, Peer.Fetch fetch) {
        long pause = schedule.pullTimeout().toMillis();
        if (nowMillis - fetch.askedAtMillis() <= pause) {
            return;
        }
        if (fetch.requests() < SILENCES) {
            askForStates(peer, fetch.version(), fetch.after(), fetch.buckets(), fetch.requests() + 1);
        } else {
            peer.fetch = null;
            peer.avoidedUntilMillis = nowMillis + SILENCES * pause;
        }
    }

    /**
     * Asks a peer that applied the operation for its ticket. What the operation had seen may be in no log any more: a snapshot brought
     * it to the author, and the replica that had accepted it was restored from an older image.
     */
    void askForTicketOf(Operation stuck) {
        peers.values().stream()
                .filter(peer -> peer.version().contains(stuck.id()) && canFetchFrom(peer))
                .findFirst()
                .ifPresent(peer -> askForStates(peer, null, null, Set.of(ReplicaReader.bucketOf(stuck.ticket())), 1));
    }

    /**
     * Answers with as many operations as fit into one message, some of each range: those of one origin alone might all wait for
     * another's. One that asks for nothing is answered with all that is held.
     */
    void receivePull(Origin from, Message.Pull pull) {
        peer(from);
        if (pull.ranges().isEmpty()) {
            send(from, new Message.Digest(VersionSummary.whole(reader.version()), reader.floor(), true));
            return;
        }
        List<OperationRange> served =
                pull.ranges().stream().filter(this::serves).toList();
        int share = Math.max(1, MAX_OPERATIONS / Math.max(1, served.size()));
        List<Operation> answer = new ArrayList<>();
        long chars = 0;
        for (OperationRange range : served) {
            int wanted = (int) Math.min(share, range.last() - range.first() + 1);
            if (answer.size() + wanted > MAX_OPERATIONS) {
                break;
            }
            List<Operation> given = reader.operations(range.origin(), range.first(), wanted);
            for (Operation operation : given) {
                long size = Sizes.of(operation);
                if (chars > 0 && chars + size > MAX_CHARS) {
                    break; // those behind it would leave a gap
                }
                chars += size;
                answer.add(operation);
            }
            if (chars >= MAX_CHARS) {
                break;
            }
            boolean heldAll = range.first() + wanted - 1 <= reader.version().get(range.origin());
            if (given.size() < wanted && heldAll) {
                break; // they are large
            }
        }
        if (answer.isEmpty()) {
            send(from, digest(true));
        } else {
            send(from, new Message.Operations(answer));
        }
    }

    private boolean serves(OperationRange range) {
        return range.first() > reader.floor().get(range.origin())
                && range.first() <= reader.version().get(range.origin())
                && range.last() >= range.first();
    }

    /** Answers with the next part of a snapshot. This side remembers nothing of it. */
    void receiveSnapshotRequest(Origin from, Message.SnapshotRequest request) {
        peer(from);
        VersionVector version = request.version() == null ? reader.version() : request.version();
        if (!reader.version().dominates(version)) {
            return; // the snapshot was begun elsewhere, by a replica that knows more
        }
        List<TicketState> states = reader.states(request.after(), MAX_STATES);
        TicketId through =
                states.isEmpty() ? null : states.get(states.size() - 1).id();
        List<TicketState> wanted = request.buckets().isEmpty()
                ? states
                : states.stream()
                        .filter(state -> request.buckets().contains(ReplicaReader.bucketOf(state.id())))
                        .toList();
        List<TicketState> pieces = new ArrayList<>();
        wanted.forEach(state -> addInPieces(state, pieces));
        send(from, new Message.SnapshotPart(version, request.after(), through, request.buckets(), pieces));
    }

    /** One piece after the other may be as large as an entry of the log; all of a long-lived ticket may not. */
    private static void addInPieces(TicketState state, List<TicketState> pieces) {
        if (state instanceof TicketState.Living living && living.splits() && Sizes.of(living) > MAX_PIECE_CHARS) {
            living.halves().forEach(half -> addInPieces(half, pieces));
        } else {
            pieces.add(state);
        }
    }

    /** Whether the part is the one that was asked for; another is dropped, because its place in the snapshot is unknown. */
    boolean expects(Origin from, Message.SnapshotPart part) {
        Peer.Fetch fetch = peer(from).fetch;
        return fetch != null
                && fetch.buckets().equals(part.buckets())
                && Objects.equals(fetch.after(), part.after())
                && (fetch.version() == null || fetch.version().equals(part.version()));
    }

    /** Asks for the part behind this one, or ends the fetching. Called after the part was applied. */
    void receivedPart(Origin from, Message.SnapshotPart part) {
        Peer peer = peer(from);
        if (part.through() == null) {
            peer.fetch = null;
            hurry();
        } else {
            askForStates(peer, part.version(), part.through(), part.buckets(), 1);
        }
    }

    /** Whether tickets hold just what the version says. */
    private boolean settled() {
        return reader.version().dominates(reader.ahead());
    }

    /**
     * Compares content at equal versions. A difference is repaired by joining what differs; it is reported unless it is known where
     * it comes from: a snapshot brought operations whose predecessors were lost.
     */
    void receiveContentSums(Origin from, Message.ContentSums theirs) {
        Peer peer = peer(from);
        if (!settled() && !lingering || !theirs.held().isOf(reader.version()) || !canFetchFrom(peer)) {
            return;
        }
        List<Long> mine = boxed(reader.buckets());
        Set<Integer> differing = new TreeSet<>();
        for (int bucket = 0; bucket < Math.min(mine.size(), theirs.sums().size()); bucket++) {
            if (!mine.get(bucket).equals(theirs.sums().get(bucket))) {
                differing.add(bucket);
            }
        }
        if (!differing.isEmpty() && settled()) {
            alarms.add(
                    new Alarm("Replicas " + self + " and " + from + " hold different tickets at the same version, in "
                            + differing.size() + " of " + mine.size() + " buckets; joining them"));
        }
        if (!differing.isEmpty()) {
            askForStates(peer, null, null, differing, 1);
        }
    }

    /** The nodes heard of late. */
    Set<NodeId> nodes() {
        Set<NodeId> nodes = new HashSet<>();
        peers.keySet().forEach(origin -> nodes.add(origin.node()));
        return nodes;
    }

    /** The replicas heard of late. */
    Collection<Peer> peers() {
        return Collections.unmodifiableCollection(peers.values());
    }

    Peer peer(Origin origin) {
        Peer peer = peers.computeIfAbsent(origin, Peer::new);
        peer.heardAtMillis = nowMillis;
        return peer;
    }

    private Message.Digest digest(boolean answer) {
        VersionSummary held = held();
        VersionVector floor = reader.floor();
        boolean whole = held.others() == null;
        return new Message.Digest(held, whole ? floor : floor.without(floor.without(held.listed())), answer);
    }

    private VersionSummary held() {
        Set<Origin> running = new HashSet<>(peers.keySet());
        running.add(self);
        return VersionSummary.of(reader.version(), running, schedule.listedRuns());
    }

    private Optional<Peer> randomPeer() {
        List<Peer> all = List.copyOf(peers.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** Thirty per cent more or less, so that replicas do not speak all at once. */
    private long jittered(long millis) {
        return Math.max(1, Math.round(millis * (0.7 + 0.6 * random.nextDouble())));
    }

    private static List<Long> boxed(long[] sums) {
        List<Long> boxed = new ArrayList<>(sums.length);
        for (long sum : sums) {
            boxed.add(sum);
        }
        return boxed;
    }
}
