package io.ticketmesh.crdt;

/** A value and the trace of its write. */
public record Written<V>(V value, Trace trace) {}
