package io.ticketmesh.node;

import io.ticketmesh.crdt.Trace;

/**
 * An entry of a book.
 *
 * @param written by whom and when
 */
public record BookEntry(String key, String text, Trace written) {}
