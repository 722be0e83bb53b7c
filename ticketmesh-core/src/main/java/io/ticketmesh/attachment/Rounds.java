package io.ticketmesh.attachment;

/**
 * How often a node looks after its bytes.
 *
 * @param missingMillis how long it rests between two looks for what is missing
 * @param unusedMillis how long it rests between two looks for what nobody uses, and before the first
 * @param damagedMillis how long it rests between two rounds in which it reads all bytes again; the first begins after {@code unusedMillis}
 * @param graceMillis for how long bytes are kept that no ticket refers to: longer than an upload may take until its ticket says so
 */
public record Rounds(long missingMillis, long unusedMillis, long damagedMillis, long graceMillis) {
    /** How long it rests within a round after each step. */
    static final long STEP_MILLIS = 250;

    /** Every 30 seconds, every ten minutes, every day, an hour. */
    public static final Rounds STANDARD = new Rounds(30_000, 600_000, 86_400_000, 3_600_000);
}
