package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.node.VersionToken;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets a client read what it wrote or read before, whichever node it asks: every answer tells what the node holds, and a request that
 * brings such a token waits a moment until this node holds as much. Thread-safe.
 */
final class Causality {
    static final String VERSION = "TicketMesh-Version";
    static final String STALE = "TicketMesh-Stale";

    /** How much longer than the wait itself the node may take to say that it was in vain: its disk may be slow. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<TicketMesh> node;
    private final Duration readWait;
    private final Absences absences = new Absences(System::nanoTime);

    /** The last token and what it was made of, since most answers tell the same. */
    private volatile Told last = new Told(VersionVector.EMPTY, "");

    private record Told(VersionVector version, String token) {}

    /**
     * What the client of one request has seen.
     *
     * @param held whether this node holds it too
     */
    record Seen(VersionVector version, boolean held) {
        static final Seen NOTHING = new Seen(VersionVector.EMPTY, true);
    }

    Causality(Supplier<TicketMesh> node, Duration readWait) {
        this.node = node;
        this.readWait = readWait;
    }

    /**
     * Waits until this node holds what the client has seen, but not for long, and not at all for what is lost: all members are heard, none
     * has it, and it did not come since somebody waited.
     *
     * @throws ProblemException when the header is not one token
     */
    Seen await(Call call) {
        String token = call.singleHeader(VERSION);
        if (token == null) {
            return Seen.NOTHING;
        }
        return await(parse(token));
    }

    /** The same for a version that was told in another place. */
    Seen await(VersionVector version) {
        VersionVector held = node.get().version();
        if (held.dominates(version)) {
            return new Seen(version, true);
        }
        boolean lost = absences.include(version, held) && nobodyHasMore();
        boolean reached = !lost && reached(version);
        if (!lost && !reached) {
            absences.note(version, node.get().version());
        }
        return new Seen(version, reached);
    }

    /** Whether all that count for acknowledgements are heard, and none is known to hold what is not here. */
    private boolean nobodyHasMore() {
        MeshStatus mesh = node.get().status();
        return !mesh.catchingUp()
                && mesh.members().stream()
                        .filter(MemberStatus::active)
                        .allMatch(member -> member.self() || member.reachable());
    }

    private static VersionVector parse(String token) {
        try {
            return VersionToken.parse(token);
        } catch (IllegalArgumentException malformed) {
            String detail = String.valueOf(malformed.getMessage());
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header " + VERSION + " " + detail)
                    .with(ProblemError.header(VERSION, "malformed", detail))
                    .exception();
        }
    }

    private boolean reached(VersionVector version) {
        try {
            return node.get()
                    .reached(version, readWait)
                    .toCompletableFuture()
                    .get(readWait.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException hanging) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The reply with what this node holds now, after whatever the request did or read. A stale one tells what the client had seen
     * besides, so that a client that keeps only the newest token forgets nothing.
     */
    Reply mark(Reply reply, Seen seen) {
        VersionVector held = node.get().version();
        if (seen.held()) {
            return reply.with(VERSION, token(held));
        }
        return reply.with(VERSION, VersionToken.of(held.merge(seen.version()), origin()))
                .with(STALE, "true");
    }

    /** The token of what this node holds now. */
    String token() {
        return token(node.get().version());
    }

    private String token(VersionVector version) {
        Told told = last;
        if (told.token().isEmpty() || !told.version().equals(version)) {
            told = new Told(version, VersionToken.of(version, origin()));
            last = told;
        }
        return told.token();
    }

    private Origin origin() {
        return node.get().status().self();
    }
}
