package io.ticketmesh.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemoryDiskTest extends DiskContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Test
    void aKillKeepsEverythingUntilThen() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            for (int i = 0; i < 200; i++) {
                letter.write(i, bytes("" + i % 10));
            }
        }
        for (int k = 1; k <= 200; k++) {
            assertThat(content(disk.afterKill(k), "letter")).hasSize(k - 1);
        }
        assertThat(disk.afterKill(0).list()).isEmpty();
        assertThat(content(disk.afterKill(13), "letter")).isEqualTo("012345678901");
    }

    @Test
    void aKillCanTearAWrite() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            letter.write(0, bytes("dear "));
            letter.write(5, bytes("bob"));
        }
        assertThat(disk.writtenBytes(2)).isEqualTo(3);
        assertThat(content(disk.afterKill(2, 1), "letter")).isEqualTo("dear b");
    }

    @Test
    void powerLossKeepsWhatWasForced() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            letter.write(0, bytes("dear "));
            letter.force();
            letter.write(5, bytes("bob"));
            int beforeDirectory = disk.operations();
            assertThat(disk.afterPowerLoss(beforeDirectory).list()).isEmpty();
            disk.forceDirectory();
            assertThat(content(disk.afterPowerLoss(disk.operations()), "letter"))
                    .isEqualTo("dear ");
        }
    }

    @Test
    void powerLossMayKeepTearOrDropWhatWasNotForced() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            letter.force();
            disk.forceDirectory();
            letter.write(0, bytes("dear "));
            letter.write(5, bytes("bob"));
        }
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 500; seed++) {
            seen.add(content(disk.afterPowerLoss(disk.operations(), new Random(seed)), "letter"));
        }
        assertThat(seen).contains("", "dear ", "dear bob", "de", "\0\0\0\0\0bob", "dear \0\0\0");
    }

    @Test
    void powerLossAfterAKillStillLosesWhatWasNeverForced() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            disk.forceDirectory();
            letter.write(0, bytes("dear bob"));
        }
        MemoryDisk restarted = disk.afterKill(disk.operations());
        assertThat(content(restarted, "letter")).isEqualTo("dear bob");
        assertThat(content(restarted.afterPowerLoss(restarted.operations()), "letter"))
                .isEmpty();
    }

    @Test
    void aCrashedDiskIsIndependent() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            letter.write(0, bytes("dear bob"));
        }
        MemoryDisk crashed = disk.afterKill(disk.operations());
        try (DiskFile letter = crashed.open("letter");
                DiskFile second = crashed.open("second")) {
            letter.write(0, bytes("D"));
            second.write(0, bytes("x"));
        }
        assertThat(content(crashed, "letter")).isEqualTo("Dear bob");
        assertThat(content(disk, "letter")).isEqualTo("dear bob");
        assertThat(disk.list()).containsExactly("letter");
    }

    @Test
    void whatAFailedForceShouldHaveCoveredIsNeverDurable() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            disk.forceDirectory();
            letter.write(0, bytes("dear "));
            disk.failForce(1);
            assertThatThrownBy(letter::force).hasMessageContaining("injected");
            letter.write(5, bytes("bob"));
            letter.force();
        }
        assertThat(content(disk, "letter")).isEqualTo("dear bob");
        assertThat(content(disk.afterPowerLoss(disk.operations()), "letter")).isEqualTo("\0\0\0\0\0bob");
    }

    @Test
    void theChosenWriteFails() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            disk.failWrite(2, 1);
            letter.write(0, bytes("a"));
            assertThatThrownBy(() -> letter.write(1, bytes("bc"))).hasMessageContaining("letter");
            letter.write(2, bytes("d"));
        }
        assertThat(content(disk, "letter")).isEqualTo("abd");
    }

    @Test
    void aFullDiskTakesOverwritesOnly() throws IOException {
        try (DiskFile letter = disk.open("letter")) {
            disk.fullAfter(10);
            letter.write(0, bytes("01234567"));
            assertThatThrownBy(() -> letter.write(8, bytes("890"))).hasMessageContaining("no space left");
            letter.write(0, bytes("x"));
            assertThatThrownBy(() -> letter.resize(11)).hasMessageContaining("no space left");
        }
        assertThat(content(disk, "letter")).isEqualTo("x123456789");
    }

    private static String content(Disk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name)) {
            return read(file, 0, (int) file.size());
        }
    }
}
