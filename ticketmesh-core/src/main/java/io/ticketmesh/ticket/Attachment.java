package io.ticketmesh.ticket;

/**
 * What a ticket knows of bytes that belong to it; the bytes themselves lie beside the database, under their hash. Immutable.
 *
 * @param name of a file, without a path
 * @param size in bytes
 * @param mediaType like {@code image/png}
 */
public record Attachment(String name, long size, ContentHash hash, String mediaType) {
    /** The most characters (UTF-16 units) of a name. */
    public static final int MAX_NAME_CHARS = 255;

    /** The most bytes: 10 MiB. */
    public static final long MAX_BYTES = 10L << 20;

    /** The most characters of a media type (RFC 6838 allows 127 for each of its two halves; real ones have fewer in all). */
    public static final int MAX_MEDIA_TYPE_CHARS = 127;
}
