package io.ticketmesh.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Disk} promises. */
abstract class DiskContract {
    /** The disk under test, empty. */
    abstract Disk disk();

    @Test
    void openCreatesAnEmptyFile() throws IOException {
        assertThat(disk().exists("letter")).isFalse();
        try (DiskFile letter = disk().open("letter")) {
            assertThat(letter.size()).isZero();
        }
        assertThat(disk().exists("letter")).isTrue();
    }

    @Test
    void filesAreListedByName() throws IOException {
        for (String name : new String[] {"b", "c", "a"}) {
            disk().open(name).close();
        }
        assertThat(disk().list()).containsExactly("a", "b", "c");
    }

    @Test
    void whatWasWrittenIsReadByEveryHandle() throws IOException {
        try (DiskFile alice = disk().open("letter");
                DiskFile bob = disk().open("letter")) {
            alice.write(0, bytes("dear bob"));
            alice.force();
            assertThat(read(bob, 5, 3)).isEqualTo("bob");
            bob.write(5, bytes("all"));
            assertThat(read(alice, 0, 8)).isEqualTo("dear all");
        }
        try (DiskFile again = disk().open("letter")) {
            assertThat(read(again, 0, 8)).isEqualTo("dear all");
        }
    }

    @Test
    void readFillsTheTargetFromItsPositionToItsLimit() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("0123456789"));
            ByteBuffer target = bytes("..........");
            target.position(2).limit(5);
            letter.read(7, target);
            assertThat(new String(target.array(), StandardCharsets.US_ASCII)).isEqualTo("..789.....");
            assertThat(target.position()).isEqualTo(5);
        }
    }

    @Test
    void writeConsumesTheSourceAndLeavesItsBytesAlone() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            ByteBuffer source = bytes("0123456789");
            source.position(2).limit(5);
            letter.write(0, source);
            assertThat(source.hasRemaining()).isFalse();
            assertThat(letter.size()).isEqualTo(3);
            source.array()[2] = 'x';
            assertThat(read(letter, 0, 3)).isEqualTo("234");
        }
    }

    @Test
    void aGapIsFilledWithZeros() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(10_000, bytes("end"));
            assertThat(letter.size()).isEqualTo(10_003);
            assertThat(read(letter, 9_998, 3)).isEqualTo("\0\0e");
        }
    }

    @Test
    void bytesCutOffDoNotComeBack() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("secret"));
            letter.resize(2);
            assertThat(letter.size()).isEqualTo(2);
            letter.resize(10_000);
            assertThat(letter.size()).isEqualTo(10_000);
            assertThat(read(letter, 0, 6)).isEqualTo("se\0\0\0\0");
        }
    }

    @Test
    void readingBehindTheEndFails() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("short"));
            assertThatThrownBy(() -> read(letter, 3, 3))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("letter");
            assertThatThrownBy(() -> letter.map(3, 3))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("letter");
        }
    }

    @Test
    void laterWritesShowThroughAMappedView() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("dear bob, hello"));
            ByteBuffer view = letter.map(5, 3);
            assertThat(view.isReadOnly()).isTrue();
            letter.write(3, bytes("__all__"));
            byte[] seen = new byte[3];
            view.get(seen);
            assertThat(new String(seen, StandardCharsets.US_ASCII)).isEqualTo("all");
        }
    }

    @Test
    void aDeletedFileIsGoneAndStartsEmptyAgain() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("old"));
        }
        disk().delete("letter");
        disk().delete("letter");
        disk().forceDirectory();
        assertThat(disk().list()).isEmpty();
        try (DiskFile letter = disk().open("letter")) {
            assertThat(letter.size()).isZero();
        }
    }

    @Test
    void renameReplacesTheTarget() throws IOException {
        for (String name : new String[] {"draft", "letter"}) {
            try (DiskFile file = disk().open(name)) {
                file.write(0, bytes(name));
            }
        }
        disk().rename("draft", "letter");
        assertThat(disk().list()).containsExactly("letter");
        try (DiskFile letter = disk().open("letter")) {
            assertThat(read(letter, 0, 5)).isEqualTo("draft");
        }
        assertThatThrownBy(() -> disk().rename("draft", "letter")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anOpenFileIsNeitherDeletedNorRenamed() throws IOException {
        disk().open("other").close();
        try (DiskFile letter = disk().open("letter");
                DiskFile second = disk().open("letter")) {
            letter.close();
            assertThatThrownBy(() -> disk().delete("letter")).hasMessageContaining("letter is still open");
            assertThatThrownBy(() -> disk().rename("letter", "x")).hasMessageContaining("letter is still open");
            assertThatThrownBy(() -> disk().rename("other", "letter")).hasMessageContaining("letter is still open");
            assertThat(second.size()).isZero();
        }
        disk().delete("letter");
        assertThat(disk().list()).containsExactly("other");
    }

    @Test
    void aClosedFileRefusesEverything() throws IOException {
        DiskFile letter = disk().open("letter");
        letter.write(0, bytes("x"));
        letter.close();
        letter.close();
        assertThatThrownBy(() -> read(letter, 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("letter");
        assertThatThrownBy(() -> letter.write(0, bytes("y")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("letter");
        assertThatThrownBy(letter::force).isInstanceOf(IOException.class).hasMessageContaining("letter");
    }

    @Test
    void anInterruptedReaderStillReadsAndStaysInterrupted() throws IOException {
        try (DiskFile letter = disk().open("letter")) {
            letter.write(0, bytes("hello"));
            Thread.currentThread().interrupt();
            assertThat(read(letter, 0, 5)).isEqualTo("hello");
            letter.write(0, bytes("j"));
            letter.force();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read(letter, 0, 5)).isEqualTo("jello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a/b", "a\\b", "lock"})
    void namesThatLeaveTheDirectoryAreRefused(String name) {
        assertThatThrownBy(() -> disk().open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> disk().exists(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> disk().rename("x", name)).isInstanceOf(IllegalArgumentException.class);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String read(DiskFile file, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        file.read(position, target);
        return new String(target.array(), StandardCharsets.US_ASCII);
    }
}
