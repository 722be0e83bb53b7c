package io.ticketmesh.attachment;

import io.ticketmesh.ticket.Attachment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node takes as attachments, and where it keeps them. Immutable; begin with {@link #DEFAULT}.
 *
 * @param maxBytes the most bytes of one that is taken here, at most {@link Attachment#MAX_BYTES}, the default. Others may have more, from
 *     nodes that take more
 * @param mediaTypes which are taken, by their content, like {@code image/png} or {@code image/*}; empty, the default, for all
 * @param directory where their bytes are; null, the default, for {@code attachments} below the node's directory. Means nothing without one
 * @param minFreeBytes how much room of the disk is left to other things: 256 MiB by default. Too small: a disk full of attachments stops
 *     the tickets too; too large: room is wasted
 * @param fetchWait how long somebody waits for bytes that are on another node only: 5 seconds by default. Too short: they are said to be
 *     away although they are under way; too long: threads wait for nodes that are cut off
 */
public record AttachmentOptions(
        long maxBytes, List<String> mediaTypes, @Nullable Path directory, long minFreeBytes, Duration fetchWait) {
    public static final AttachmentOptions DEFAULT =
            new AttachmentOptions(Attachment.MAX_BYTES, List.of(), null, 256L << 20, Duration.ofSeconds(5));

    /** The most bytes that a node without a directory keeps in all: 256 MiB. */
    static final long MAX_MEMORY_BYTES = 256L << 20;

    private static final String SUBTYPES = "/*";

    public AttachmentOptions {
        if (maxBytes < 1 || maxBytes > Attachment.MAX_BYTES) {
            throw new IllegalArgumentException("The most bytes of an attachment are " + maxBytes
                    + "; they must be 1 to " + Attachment.MAX_BYTES + ", which is what all nodes take");
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("The room that is left free must not be negative: " + minFreeBytes);
        }
        if (fetchWait.isNegative()) {
            throw new IllegalArgumentException("The wait for bytes must not be negative: " + fetchWait);
        }
        mediaTypes = mediaTypes.stream().map(AttachmentOptions::checked).toList();
    }

    private static String checked(String mediaType) {
        String lower = mediaType.strip().toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z0-9][a-z0-9!#$&^_.+-]*/([a-z0-9][a-z0-9!#$&^_.+-]*|\\*)")) {
            throw new IllegalArgumentException("'" + mediaType + "' is no media type like 'image/png' or 'image/*'");
        }
        return lower;
    }

    public AttachmentOptions withMaxBytes(long bytes) {
        return new AttachmentOptions(bytes, mediaTypes, directory, minFreeBytes, fetchWait);
    }

    public AttachmentOptions withMediaTypes(List<String> types) {
        return new AttachmentOptions(maxBytes, types, directory, minFreeBytes, fetchWait);
    }

    public AttachmentOptions withDirectory(@Nullable Path path) {
        return new AttachmentOptions(maxBytes, mediaTypes, path, minFreeBytes, fetchWait);
    }

    public AttachmentOptions withMinFreeBytes(long bytes) {
        return new AttachmentOptions(maxBytes, mediaTypes, directory, bytes, fetchWait);
    }

    public AttachmentOptions withFetchWait(Duration wait) {
        return new AttachmentOptions(maxBytes, mediaTypes, directory, minFreeBytes, wait);
    }

    /** Whether attachments of that type are taken. */
    boolean takes(String mediaType) {
        return mediaTypes.isEmpty() || mediaTypes.stream().anyMatch(allowed -> covers(allowed, mediaType));
    }

    private static boolean covers(String allowed, String mediaType) {
        return allowed.endsWith(SUBTYPES)
                ? mediaType.startsWith(allowed.substring(0, allowed.length() - 1))
                : allowed.equals(mediaType);
    }
}
