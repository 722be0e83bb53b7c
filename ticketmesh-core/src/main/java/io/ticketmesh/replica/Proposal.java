package io.ticketmesh.replica;

import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one ticket that somebody wants, all or none.
 *
 * @param actor who wants it, at most 128 characters
 * @param changes in order; a new ticket begins with {@code CreateTicket}
 * @param expected entity tags of which the ticket must have one; empty when its state does not matter
 * @param request the idempotency key; null when none was given
 * @param atMillis the time to show for imported history; null for now. History was accepted elsewhere: it need not follow the
 *     workflow, and nothing follows from it
 * @param settles whether a write of the value that is there already counts, because it settles a conflict or was recorded so
 * @param acknowledged whether other nodes are to say when they hold it
 * @param mentions whether those whom its texts mention become watchers
 */
public record Proposal(
        TicketId ticket,
        String actor,
        List<Change> changes,
        Set<String> expected,
        @Nullable RequestKey request,
        @Nullable Long atMillis,
        boolean settles,
        boolean acknowledged,
        boolean mentions) {
    /** The most characters (UTF-16 units) of an actor's name. */
    public static final int MAX_ACTOR_CHARS = 128;

    private static final long EARLIEST_MILLIS =
            Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    /**
     * @throws InvalidChangeException when the actor is blank or too long, or the time is outside the years 1 to 9999
     */
    public Proposal {
        actor = Texts.line("actor", actor, MAX_ACTOR_CHARS);
        if (atMillis != null && (atMillis < EARLIEST_MILLIS || atMillis > LATEST_MILLIS)) {
            throw new InvalidChangeException("at", "out-of-range", "is not in the years 0001 to 9999", null);
        }
        changes = List.copyOf(changes);
        expected = Set.copyOf(expected);
    }

    public static Proposal of(TicketId ticket, String actor, List<? extends Change> changes) {
        return new Proposal(ticket, actor, List.copyOf(changes), Set.of(), null, null, false, false, true);
    }

    /** The same, if the ticket has one of these entity tags. */
    public Proposal expecting(Set<String> etags) {
        return new Proposal(ticket, actor, changes, etags, request, atMillis, settles, acknowledged, mentions);
    }

    /** The same, at most once under this idempotency key. */
    public Proposal under(@Nullable RequestKey request) {
        return new Proposal(ticket, actor, changes, expected, request, atMillis, settles, acknowledged, mentions);
    }

    /** The same as history: shown as done at that time, in milliseconds since 1970. */
    public Proposal at(long atMillis) {
        return new Proposal(ticket, actor, changes, expected, request, atMillis, settles, acknowledged, mentions);
    }

    /** The same as the settlement of a conflict. */
    public Proposal settling() {
        return new Proposal(ticket, actor, changes, expected, request, atMillis, true, acknowledged, mentions);
    }

    /** The same, of which other nodes say when they hold it on disk. */
    public Proposal acknowledgedByOthers() {
        return new Proposal(ticket, actor, changes, expected, request, atMillis, settles, true, mentions);
    }

    /** The same by somebody who may not choose watchers: whom its texts mention does not become one. */
    public Proposal mentioningNobody() {
        return new Proposal(ticket, actor, changes, expected, request, atMillis, settles, acknowledged, false);
    }
}
