package io.ticketmesh.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.DirectoryLockedException;
import io.ticketmesh.ticket.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobsTest extends BlobStoreContract {
    private static final long LEFT_TO_OTHERS = 1 << 20;

    @TempDir
    Path temporary;

    private Path directory;

    /** On a disk of which as much is used as the files have bytes. */
    @Override
    BlobStore open(long bytes) throws IOException {
        directory = temporary.resolve("blobs-" + bytes);
        return FileBlobs.open(directory, LEFT_TO_OTHERS, clock::get, path -> bytes + LEFT_TO_OTHERS - used());
    }

    private long used() throws IOException {
        AtomicLong used = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                used.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException goneMeanwhile) {
                return FileVisitResult.CONTINUE;
            }
        });
        return used.get();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("lock"))
                    .toList();
        }
    }

    @Test
    void whatACrashLeftHalfIsGoneAfterTheNextOpen() throws Exception {
        ContentHash kept = put(bytes("kept"));
        BlobDraft half = blobs.draft();
        half.write(bytes("half"), 0, 4);
        List<Path> before = files();
        blobs.close(); // and nothing of the draft

        blobs = FileBlobs.open(directory, 0, clock::get);

        assertThat(before).hasSize(2);
        assertThat(files()).containsExactly(fileOf(kept));
        assertThat(read(kept, 0)).isEqualTo(bytes("kept"));
    }

    private Path fileOf(ContentHash hash) {
        return directory.resolve(hash.toString().substring(0, 2)).resolve(hash.toString());
    }

    @Test
    void nothingIsLeftOfADraftThatFoundNoRoom() throws Exception {
        blobs.close();
        blobs = open(3 << 20);
        assertThatThrownBy(() -> put(random(3, 8 << 20)))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining(directory.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void bytesOutliveTheirProcess() throws Exception {
        ContentHash hash = put(random(4, 100_000));
        blobs.close();
        blobs = FileBlobs.open(directory, 0, clock::get);
        assertThat(blobs.list(null, 10)).containsExactly(hash);
        assertThat(read(hash, 0)).isEqualTo(random(4, 100_000));
    }

    @Test
    void oneDirectoryIsForOneStore() {
        assertThatThrownBy(() -> FileBlobs.open(directory, 0, clock::get))
                .isInstanceOf(DirectoryLockedException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void filesOfOthersAreLeftAlone() throws Exception {
        Files.writeString(directory.resolve("readme.txt"), "Hands off");
        Files.createDirectories(directory.resolve("ab"));
        Files.writeString(directory.resolve("ab").resolve("notes"), "Hands off");
        ContentHash hash = put(bytes("ours"));
        assertThat(blobs.list(null, 10)).containsExactly(hash);
        assertThat(directory.resolve("readme.txt")).hasContent("Hands off");
    }

    @Test
    void aReaderReadsOnWhenTheBytesAreDeleted() throws Exception {
        byte[] content = random(5, 200_000);
        ContentHash hash = put(content);
        try (InputStream stream = blobs.open(hash, 0)) {
            byte[] begin = stream.readNBytes(10);
            assertThat(blobs.delete(hash, Long.MAX_VALUE)).isTrue();
            assertThat(begin).isEqualTo(Arrays.copyOf(content, 10));
            assertThat(stream.readAllBytes()).hasSize(199_990);
        }
    }

    /** As a disk does that grows old. */
    private void rot(ContentHash hash, int place) throws IOException {
        byte[] content = Files.readAllBytes(fileOf(hash));
        content[place] ^= 4;
        Files.write(fileOf(hash), content);
    }

    @Test
    void whatHasRottedIsThereNoMoreAndCanBeLookedAtUntilTheNextOpen() throws Exception {
        ContentHash flipped = put(random(7, 100_000));
        ContentHash cut = put(random(8, 100_000));
        ContentHash sound = put(random(9, 100_000));
        rot(flipped, 99_999);
        Files.write(fileOf(cut), Arrays.copyOf(random(8, 100_000), 50_000));

        assertThat(List.of(blobs.check(flipped), blobs.check(cut), blobs.check(sound)))
                .containsExactly(Finding.DAMAGED, Finding.DAMAGED, Finding.SOUND);
        assertThat(List.of(blobs.check(flipped), blobs.check(cut))).containsOnly(Finding.ABSENT);
        assertThat(blobs.size(flipped)).isEmpty();
        assertThat(blobs.list(null, 10)).containsExactly(sound);
        assertThat(directory.resolve("drafts").resolve(flipped + ".damaged")).hasSize(100_000);
        blobs.close();

        blobs = FileBlobs.open(directory, 0, clock::get);
        assertThat(files()).containsExactly(fileOf(sound));
    }

    @Test
    void whoKeepsTheSameBytesAgainRepairsWhatHasRotted() throws Exception {
        ContentHash hash = put(random(10, 10_000));
        rot(hash, 0);
        put(random(10, 10_000));
        assertThat(read(hash, 0)).isEqualTo(random(10, 10_000));
        assertThat(blobs.check(hash)).isEqualTo(Finding.SOUND);
    }

    @Test
    void anInterruptedCheckSaysNothingOfTheDisk() throws Exception {
        ContentHash hash = put(bytes("sound"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> blobs.check(hash)).isInstanceOf(BlobFailedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(blobs.check(hash)).isEqualTo(Finding.SOUND);
    }

    @Test
    void anInterruptFailsOnlyWhatItsThreadDoes() throws Exception {
        ContentHash hash = put(bytes("before"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> put(bytes("interrupted"))).isInstanceOf(BlobFailedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(hash, 0)).isEqualTo(bytes("before"));
        assertThat(read(put(bytes("interrupted")), 0)).isEqualTo(bytes("interrupted"));
        assertThat(files()).hasSize(2);
    }
}
