package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.store.DamagedDirectoryException;
import io.ticketmesh.store.ForeignDirectoryException;
import io.ticketmesh.store.LockedDirectoryException;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.NewerDirectoryException;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.ticket.TicketKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {
    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void choose() {
        directory = parent.resolve("tickets");
    }

    private MapDbStore open() {
        return open(RandomCommits.NODE);
    }

    private MapDbStore open(NodeId node) {
        return MapDbStore.open(directory, () -> node, MapDbOptions.DEFAULT.withSegmentBytes(1 << 20));
    }

    private void fill() {
        try (MapDbStore store = open()) {
            RandomCommits commits = new RandomCommits(1);
            for (int i = 0; i < 20; i++) {
                store.commit(commits.next(store));
            }
        }
    }

    @Test
    void keepsItsNodeIdForItsWholeLife() {
        fill();
        try (MapDbStore again = open(new NodeId(7, 7))) {
            assertThat(again.node()).isEqualTo(RandomCommits.NODE);
        }
    }

    @Test
    void leavesNoThreadBehind() {
        fill();
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain("ticketmesh-checkpoint");
    }

    @Test
    void isRefusedWhileAnotherStoreHasIt() {
        try (MapDbStore first = open()) {
            assertThat(first.position()).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOf(LockedDirectoryException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        open().close();
    }

    @Test
    void isRefusedWhenItHoldsSomethingElse() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("holiday.jpg"), "not tickets");
        assertThatThrownBy(this::open)
                .isInstanceOf(ForeignDirectoryException.class)
                .hasMessageContaining("holiday.jpg");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("node");
        }
    }

    @Test
    void isRefusedWithoutTheFileThatSaysWhoseItIs() throws IOException {
        fill();
        Files.delete(directory.resolve("node"));
        assertThatThrownBy(this::open)
                .isInstanceOf(DamagedDirectoryException.class)
                .hasMessageContaining("'node' is missing");
    }

    @Test
    void isRefusedWhenThatFileIsDamaged() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(directory.resolve("node"));
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            Files.write(directory.resolve("node"), flipped);
            assertThatThrownBy(this::open)
                    .isInstanceOf(DamagedDirectoryException.class)
                    .hasMessageContaining("'node' is damaged");
        }
        Files.write(directory.resolve("node"), new byte[3]);
        assertThatThrownBy(this::open).isInstanceOf(DamagedDirectoryException.class);
        Files.write(directory.resolve("node"), whole);
        open().close();
    }

    @Test
    void isRefusedWhenANewerVersionWroteIt() throws IOException {
        fill();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("node")));
        bytes.putInt(8, 2);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.capacity() - 4);
        bytes.putInt(bytes.capacity() - 4, (int) crc.getValue());
        Files.write(directory.resolve("node"), bytes.array());
        assertThatThrownBy(this::open)
                .isInstanceOf(NewerDirectoryException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void isRefusedWhenItsLogIsOfAnotherDirectory() throws IOException {
        fill();
        Path mine = directory;
        directory = parent.resolve("other");
        open(new NodeId(5, 5)).close();
        Files.delete(directory.resolve("segment-0000000001.log"));
        Files.copy(mine.resolve("segment-0000000001.log"), directory.resolve("segment-0000000001.log"));
        assertThatThrownBy(this::open)
                .isInstanceOf(ForeignDirectoryException.class)
                .hasMessageContaining("segment-0000000001.log");
    }

    @Test
    void isRefusedWhenTheLogHasLostWhatTheDatabaseHolds() throws IOException {
        fill();
        Files.delete(directory.resolve("segment-0000000001.log"));
        assertThatThrownBy(this::open).isInstanceOf(DamagedDirectoryException.class).hasMessageContaining("log");
    }

    @Test
    void mayBeTheRestOfAFirstStartThatWasKilled() throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("node.new"), new byte[] {1, 2});
        try (MapDbStore store = open()) {
            assertThat(store.node()).isEqualTo(RandomCommits.NODE);
            assertThat(store.withKeys(new TicketKey(0), new TicketKey(1), 1))
                    .isEqualTo(List.of());
        }
    }

    @Test
    void takesNothingAfterItWasClosed() {
        MapDbStore store = open();
        store.close();
        assertThatThrownBy(store::counts).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.commit(new RandomCommits(1).next(new MemoryStore(RandomCommits.NODE))))
                .isInstanceOf(IllegalStateException.class);
    }
}
