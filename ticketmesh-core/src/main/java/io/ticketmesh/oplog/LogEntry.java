package io.ticketmesh.oplog;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;

/**
 * What a replica writes to its log, in order. Replaying a log's entries from the first one rebuilds all that the replica knew.
 */
public sealed interface LogEntry
        permits Operation, LogEntry.Opening, LogEntry.ClockBound, LogEntry.Adopted, LogEntry.Caught, LogEntry.Enrolled {
    /** The replica was opened as this origin; written before the origin's first operation. */
    record Opening(Origin origin) implements LogEntry {}

    /** The clock gives out nothing above this before a higher bound is written. */
    record ClockBound(HybridTimestamp bound) implements LogEntry {}

    /** The state of a ticket came by snapshot and was merged. */
    record Adopted(TicketState state) implements LogEntry {}

    /** A snapshot is complete: all that {@code version} covers is held now. */
    record Caught(VersionVector version) implements LogEntry {}

    /** What is known of a node that belongs to the mesh; added to what was known of it before. */
    record Enrolled(Member member) implements LogEntry {}
}
