package io.ticketmesh.blob;

import io.ticketmesh.ticket.ContentHash;

/**
 * Bytes that are kept.
 *
 * @param size in bytes
 */
public record Blob(ContentHash hash, long size) {}
