package io.ticketmesh.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.blob.BlobDraft;
import io.ticketmesh.blob.MemoryBlobs;
import io.ticketmesh.ticket.ContentHash;
import org.junit.jupiter.api.Test;

class DamagedBytesTest {
    private static final Rounds ROUNDS = new Rounds(30_000, 600_000, 86_400_000, 3_600_000);

    private final MemoryBlobs blobs = new MemoryBlobs(1 << 26, () -> 0);

    private ContentHash put(int size) {
        try (BlobDraft draft = blobs.draft()) {
            draft.write(new byte[size], 0, size);
            return draft.keep().hash();
        }
    }

    private DamagedBytes from(ContentHash start) {
        return new DamagedBytes(blobs, ROUNDS, start, () -> {}, 0);
    }

    /** Looks whenever it is due, and says when it rests. */
    private static long lookUntilItRests(DamagedBytes damaged, long fromMillis) {
        long now = fromMillis;
        for (long idle = 0; idle < 60_000; idle += 50) {
            if (damaged.isDue(now)) {
                damaged.look(now);
                idle = 0;
            }
            now += 50;
        }
        return now - 60_000;
    }

    @Test
    void allBytesAreReadSlowlyWhereverTheFirstLookBeginsAndThenItRestsForADay() {
        for (int size = 1; size <= 9; size++) {
            put(size << 20);
        }
        DamagedBytes damaged = from(new ContentHash(Long.MIN_VALUE, 0, 0, 0));
        assertThat(damaged.isDue(599_999)).isFalse();

        long rested = lookUntilItRests(damaged, 600_000);

        long part = damaged.checked() - 9;
        assertThat(part).as("what lies behind the place where it began").isBetween(0L, 9L);
        assertThat(rested - 600_000).as("45 MiB at 2 MiB a second").isGreaterThan(22_000);
        assertThat(damaged.isDue(rested + 86_000_000)).isFalse();
        assertThat(damaged.isDue(rested + 86_400_000)).isTrue();
        assertThat(lookUntilItRests(damaged, rested + 86_400_000)).isGreaterThan(rested + 86_400_000);
        assertThat(damaged.checked()).isEqualTo(part + 18);
    }

    @Test
    void whatIsKnownToBeRightIsReadOnce() {
        ContentHash hash = put(100);
        DamagedBytes damaged = from(hash);
        assertThat(damaged.areSound(hash)).isTrue();
        assertThat(damaged.areSound(hash)).isTrue();
        assertThat(damaged.areSound(new ContentHash(1, 2, 3, 4))).isFalse();
        assertThat(damaged.checked()).isEqualTo(1);
        assertThat(damaged.damaged()).isZero();
    }
}
