package io.ticketmesh.attachment;

/**
 * How one node does with the bytes of attachments. Counts begin when it is opened.
 *
 * @param kept how many different bytes that tickets refer to are here, as of the last look over all, which is every half minute
 * @param keptBytes how many bytes those have
 * @param missing how many that tickets refer to are not here, as of that look
 * @param stored how many were taken here
 * @param storedBytes how many bytes those had
 * @param failed how many could not be taken, because the disk is full or failed
 * @param fetched how many came from other nodes
 * @param fetchesFailed how often some were given up, because no node that answers has them, or they could not be kept
 * @param checked how often bytes were read to be compared with their hash
 * @param damaged how often they were others, and were let go of
 */
public record AttachmentStatistics(
        long kept,
        long keptBytes,
        long missing,
        long stored,
        long storedBytes,
        long failed,
        long fetched,
        long fetchesFailed,
        long checked,
        long damaged) {}
