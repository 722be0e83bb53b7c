package io.ticketmesh.store.log;

/**
 * An entry as a cursor reads it.
 *
 * @param index its number in the log, from 1, without gaps
 * @param position where it is, for {@link OperationLog#read(long)}
 * @param payload its bytes, a copy that belongs to the receiver
 */
public record LogEntry(long index, long position, byte[] payload) {}
