package io.ticketmesh.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.ticket.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for bytes promises. */
abstract class BlobStoreContract {
    final AtomicLong clock = new AtomicLong(1_000_000);
    BlobStore blobs;

    /** One that is empty and has room for {@code bytes}, and little more. */
    abstract BlobStore open(long bytes) throws IOException;

    @BeforeEach
    void open() throws IOException {
        blobs = open(1 << 26);
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static ContentHash hashOf(byte[] content) throws Exception {
        return ContentHash.of(MessageDigest.getInstance("SHA-256").digest(content));
    }

    ContentHash put(byte[] content) {
        try (BlobDraft draft = blobs.draft()) {
            for (int at = 0; at < content.length; at += 1_000) {
                draft.write(content, at, Math.min(1_000, content.length - at));
            }
            return draft.keep().hash();
        }
    }

    byte[] read(ContentHash hash, long position) throws IOException {
        try (InputStream stream = blobs.open(hash, position)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void whatIsKeptIsFoundUnderItsHash() throws Exception {
        byte[] content = random(1, 1_234_567);

        ContentHash hash = put(content);

        assertThat(hash).isEqualTo(hashOf(content));
        assertThat(blobs.size(hash)).hasValue(1_234_567);
        assertThat(read(hash, 0)).isEqualTo(content);
        assertThat(read(hash, 1_234_560)).hasSize(7).endsWith(content[1_234_566]);
        assertThat(read(hash, 1_234_567)).isEmpty();
    }

    @Test
    void nothingCanBeKeptToo() throws Exception {
        ContentHash hash = put(new byte[0]);

        assertThat(blobs.size(hash)).hasValue(0);
        assertThat(read(hash, 0)).isEmpty();
    }

    @Test
    void aDraftThatIsNotKeptLeavesNothing() throws Exception {
        try (BlobDraft draft = blobs.draft()) {
            draft.write(bytes("half"), 0, 4);
            assertThat(draft.size()).isEqualTo(4);
        }
        assertThat(blobs.list(null, 10)).isEmpty();
        assertThat(blobs.size(hashOf(bytes("half")))).isEmpty();
        assertThatThrownBy(() -> blobs.open(hashOf(bytes("half")), 0)).isInstanceOf(BlobFailedException.class);
    }

    @Test
    void aDraftTellsItsHashBeforeItIsKept() throws Exception {
        try (BlobDraft draft = blobs.draft()) {
            draft.write(bytes("x"), 0, 1);
            assertThat(draft.hash()).isEqualTo(hashOf(bytes("x")));
            assertThat(blobs.list(null, 10)).isEmpty();
            draft.keep();
        }
        assertThat(blobs.list(null, 10)).containsExactly(hashOf(bytes("x")));
    }

    @Test
    void theSameBytesAreKeptOnce() throws Exception {
        assertThat(put(bytes("same"))).isEqualTo(put(bytes("same")));
        assertThat(blobs.list(null, 10)).hasSize(1);
        assertThat(read(hashOf(bytes("same")), 0)).isEqualTo(bytes("same"));
    }

    @Test
    void hashesAreListedInTheirOrderPageByPage() {
        TreeSet<ContentHash> all = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            all.add(put(bytes("blob " + i)));
        }
        List<ContentHash> walked = new ArrayList<>();
        List<ContentHash> page = blobs.list(null, 7);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            walked.addAll(page);
            page = blobs.list(walked.get(walked.size() - 1), 7);
        }
        assertThat(walked).containsExactlyElementsOf(all);
    }

    @Test
    void onlyWhatWasKeptLongAgoIsDeleted() {
        ContentHash old = put(bytes("old"));
        ContentHash again = put(bytes("again"));
        clock.addAndGet(5_000);
        put(bytes("again"));
        long limit = clock.get();

        assertThat(blobs.delete(old, limit)).isTrue();
        assertThat(blobs.delete(again, limit)).as("kept again").isFalse();
        assertThat(blobs.delete(old, limit)).as("gone already").isFalse();
        assertThat(blobs.list(null, 10)).containsExactly(again);
        assertThat(blobs.delete(again, limit + 1)).isTrue();
    }

    @Test
    void whatIsDeletedCanBeKeptAgain() throws Exception {
        ContentHash hash = put(bytes("phoenix"));
        assertThat(blobs.delete(hash, Long.MAX_VALUE)).isTrue();
        assertThat(blobs.size(hash)).isEmpty();
        assertThat(put(bytes("phoenix"))).isEqualTo(hash);
        assertThat(read(hash, 0)).isEqualTo(bytes("phoenix"));
    }

    @Test
    void whatIsAsItWasIsFoundSoundAndWhatIsNotThereAbsent() throws Exception {
        ContentHash hash = put(random(6, 300_000));
        ContentHash nothing = put(new byte[0]);

        assertThat(blobs.check(hash)).isEqualTo(Finding.SOUND);
        assertThat(blobs.check(nothing)).isEqualTo(Finding.SOUND);
        assertThat(blobs.check(hashOf(bytes("never seen")))).isEqualTo(Finding.ABSENT);
        assertThat(read(hash, 0)).isEqualTo(random(6, 300_000));
    }

    @Test
    void whenThereIsNoRoomNothingIsKeptAndWhatWasThereStays() throws Exception {
        blobs.close();
        blobs = open(3 << 20);
        ContentHash first = put(random(2, 1 << 20));

        assertThatThrownBy(() -> put(random(3, 8 << 20))).isInstanceOf(NoRoomException.class);

        assertThat(blobs.list(null, 10)).containsExactly(first);
        assertThat(read(first, 0)).hasSize(1 << 20);
        assertThat(read(put(bytes("still works")), 0)).isEqualTo(bytes("still works"));
    }

    @Test
    void manyAtOnceKeepTheSameAndDifferentBytes() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<ContentHash>> puts = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                byte[] content = random(i % 40, 20_000 + i % 40);
                puts.add(pool.submit(() -> put(content)));
            }
            for (int i = 0; i < puts.size(); i++) {
                byte[] content = random(i % 40, 20_000 + i % 40);
                assertThat(read(puts.get(i).get(), 0)).isEqualTo(content);
            }
            assertThat(blobs.list(null, 1_000)).hasSize(40);
        } finally {
            pool.shutdownNow();
        }
    }
}
