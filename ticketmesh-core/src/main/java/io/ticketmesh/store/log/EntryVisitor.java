package io.ticketmesh.store.log;

import java.io.IOException;

/** Receives entries in their order. */
@FunctionalInterface
public interface EntryVisitor {
    /** Takes one entry; an exception ends the visit and reaches the caller. */
    void visit(LogEntry entry) throws IOException;
}
