package io.ticketmesh.store.mapdb;

import io.ticketmesh.oplog.LogEntry;

/**
 * A log entry and where the log holds it.
 *
 * @param index its number in the log
 * @param position where it can be read alone
 */
record StoredEntry(long index, long position, LogEntry entry) {}
