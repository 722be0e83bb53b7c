package io.ticketmesh.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.blob.BlobDraft;
import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.blob.MemoryBlobs;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes are asked of others whose answers are made by hand, and so is time. */
class FetchingTest {
    private static final int PART = Message.BlobPart.MAX_BYTES;
    private static final Origin BOB = new Origin(new NodeId(0, 1), 1);
    private static final Origin CAROL = new Origin(new NodeId(0, 2), 1);

    private final List<Origin> peers = new ArrayList<>(List.of(BOB, CAROL));
    private final List<Outgoing> sent = new ArrayList<>();
    private final Map<ContentHash, Boolean> ended = new LinkedHashMap<>();
    private BlobStore blobs = new MemoryBlobs(1 << 26, () -> 0);
    private Fetching fetching = new Fetching(blobs, () -> peers, sent::add, ended::put);
    private long now;

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static ContentHash hashOf(byte[] content) {
        try {
            return ContentHash.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Wish wish(byte[] content) {
        return new Wish(hashOf(content), content.length, null, 0);
    }

    private List<Outgoing> sent() {
        List<Outgoing> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private void tick(long millis) {
        now += millis;
        fetching.tick(now);
    }

    /** What is asked of {@code peer} now, answered from {@code content}. */
    private int answer(Origin peer, byte[] content) {
        int answered = 0;
        for (Outgoing outgoing : sent()) {
            assertThat(outgoing.to()).isEqualTo(peer);
            Message.BlobRequest request = (Message.BlobRequest) outgoing.message();
            fetching.receive(peer, part(request, content), now);
            answered++;
        }
        return answered;
    }

    private static Message.BlobPart part(Message.BlobRequest request, byte[] content) {
        int from = (int) request.position();
        byte[] some = Arrays.copyOfRange(content, from, Math.min(content.length, from + request.length()));
        return new Message.BlobPart(request.hash(), request.position(), Bytes.of(some));
    }

    private byte[] kept(ContentHash hash) throws IOException {
        try (InputStream stream = blobs.open(hash, 0)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void bytesComePartByPartNoMoreThanTwoAtATime() throws IOException {
        byte[] content = content(5 * PART + 17);
        fetching.want(wish(content));
        tick(0);
        int parts = 0;
        while (ended.isEmpty()) {
            assertThat(sent).hasSizeBetween(1, Transfer.WINDOW);
            parts += answer(BOB, content);
        }
        assertThat(parts).isEqualTo(6);
        assertThat(ended).containsExactly(Map.entry(hashOf(content), true));
        assertThat(kept(hashOf(content))).isEqualTo(content);
        assertThat(fetching.missing()).isZero();
    }

    @Test
    void partsMayComeInAnyOrderAndTwice() throws IOException {
        byte[] content = content(2 * PART);
        fetching.want(wish(content));
        tick(0);
        List<Outgoing> requests = sent();
        Message.BlobPart first = part((Message.BlobRequest) requests.get(0).message(), content);
        Message.BlobPart second = part((Message.BlobRequest) requests.get(1).message(), content);
        fetching.receive(BOB, second, now);
        fetching.receive(BOB, second, now);
        fetching.receive(BOB, first, now);
        fetching.receive(BOB, first, now);
        assertThat(ended).containsEntry(hashOf(content), true);
        assertThat(kept(hashOf(content))).isEqualTo(content);
    }

    @Test
    void whoAcceptedTheAttachmentIsAskedFirst() {
        byte[] content = content(10);
        fetching.want(new Wish(hashOf(content), content.length, CAROL, 0));
        tick(0);
        assertThat(answer(CAROL, content)).isEqualTo(1);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whatOneDoesNotHaveIsAskedOfTheNext() {
        byte[] content = content(10);
        fetching.want(wish(content));
        tick(0);
        answer(BOB, new byte[0]);
        assertThat(ended).isEmpty();
        answer(CAROL, content);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void wrongBytesAreThrownAwayAndAskedOfTheNext() throws IOException {
        byte[] content = content(PART + 5);
        byte[] others = content.clone();
        others[PART + 1] ^= 1;
        fetching.want(wish(content));
        tick(0);
        answer(BOB, others);
        assertThat(ended).isEmpty();
        assertThat(blobs.list(null, 10)).isEmpty();
        answer(CAROL, content);
        assertThat(kept(hashOf(content))).isEqualTo(content);
    }

    @Test
    void partsOfAnotherLengthAreNotTaken() {
        byte[] content = content(PART + 5);
        fetching.want(wish(content));
        tick(0);
        fetching.receive(BOB, new Message.BlobPart(hashOf(content), 0, Bytes.of(new byte[3])), now);
        sent.removeIf(outgoing -> BOB.equals(outgoing.to()));
        answer(CAROL, content);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whatWasNotAskedForChangesNothing() {
        byte[] content = content(3 * PART);
        byte[] unwanted = content(7);
        fetching.want(wish(content));
        tick(0);
        sent();
        fetching.receive(BOB, new Message.BlobPart(hashOf(unwanted), 0, Bytes.of(unwanted)), now);
        fetching.receive(CAROL, new Message.BlobPart(hashOf(content), 0, Bytes.of(new byte[PART])), now);
        fetching.receive(BOB, new Message.BlobPart(hashOf(content), 2L * PART, Bytes.of(new byte[PART])), now);
        fetching.receive(BOB, new Message.BlobPart(hashOf(content), 1, Bytes.of(new byte[PART])), now);
        assertThat(sent).isEmpty();
        assertThat(ended).isEmpty();
        assertThat(blobs.list(null, 10)).isEmpty();
        tick(Fetching.REPEAT_MILLIS);
        while (ended.isEmpty()) {
            answer(BOB, content);
        }
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whoDoesNotAnswerIsAskedAgainAndThenTheNext() {
        byte[] content = content(10);
        fetching.want(wish(content));
        tick(0);
        for (int repeats = 0; repeats <= Fetching.MAX_REPEATS; repeats++) {
            assertThat(sent()).singleElement().matches(outgoing -> BOB.equals(outgoing.to()));
            tick(Fetching.REPEAT_MILLIS);
        }
        answer(CAROL, content);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whatNobodyHasIsGivenUp() {
        byte[] content = content(10);
        fetching.want(wish(content));
        tick(0);
        answer(BOB, new byte[0]);
        answer(CAROL, new byte[0]);
        assertThat(ended).containsEntry(hashOf(content), false);
        assertThat(fetching.missing()).isZero();
        peers.clear();
        fetching.want(wish(content));
        tick(1);
        assertThat(sent).isEmpty();
        assertThat(fetching.missing()).isZero();
    }

    @Test
    void whatIsAwaitedIsAskedForAgainUntilNobodyWaits() {
        byte[] content = content(10);
        byte[] away = content(11);
        peers.clear();
        fetching.want(new Wish(hashOf(content), content.length, null, 10_000));
        fetching.want(new Wish(hashOf(away), away.length, null, 1_000));
        tick(0);
        assertThat(fetching.missing()).isEqualTo(2);
        tick(600);
        assertThat(ended).isEqualTo(Map.of(hashOf(away), false));
        peers.add(BOB);
        tick(600);
        assertThat(answer(BOB, content)).isEqualTo(1);
        assertThat(ended).containsEntry(hashOf(content), true);
        assertThat(fetching.missing()).isZero();
    }

    @Test
    void whoWaitsForWhatIsUnderWayMakesItImportant() {
        byte[] content = content(10);
        fetching.want(wish(content));
        tick(0);
        fetching.want(new Wish(hashOf(content), content.length, null, 10_000));
        answer(BOB, new byte[0]);
        answer(CAROL, new byte[0]);
        assertThat(ended).isEmpty();
        tick(Fetching.REPEAT_MILLIS);
        answer(BOB, content);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whoWroteOfItIsAskedAlsoWhenHeIsNotKnown() {
        byte[] content = content(10);
        peers.clear();
        fetching.want(new Wish(hashOf(content), content.length, CAROL, 0));
        tick(0);
        assertThat(answer(CAROL, content)).isEqualTo(1);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whoComesWhileAnotherDoesNotAnswerIsAskedThen() {
        byte[] content = content(10);
        peers.clear();
        fetching.want(new Wish(hashOf(content), content.length, BOB, 0));
        tick(0);
        peers.add(CAROL);
        for (int repeats = 0; repeats <= Fetching.MAX_REPEATS; repeats++) {
            assertThat(sent()).singleElement().matches(outgoing -> BOB.equals(outgoing.to()));
            tick(Fetching.REPEAT_MILLIS);
        }
        answer(CAROL, content);
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void whatIsHereAlreadyIsNotAskedFor() {
        byte[] content = content(10);
        try (BlobDraft draft = blobs.draft()) {
            draft.write(content, 0, content.length);
            draft.keep();
        }
        fetching.want(wish(content));
        tick(0);
        assertThat(sent).isEmpty();
        assertThat(ended).containsEntry(hashOf(content), true);
    }

    @Test
    void nothingAtAllNeedsNoQuestion() throws IOException {
        fetching.want(wish(new byte[0]));
        tick(0);
        assertThat(sent).isEmpty();
        assertThat(kept(hashOf(new byte[0]))).isEmpty();
        assertThat(ended).containsEntry(hashOf(new byte[0]), true);
    }

    @Test
    void onlySomeAreUnderWayAndThoseThatAreAwaitedComeFirst() {
        for (int i = 0; i < 100; i++) {
            fetching.want(wish(content(100 + i)));
        }
        byte[] awaited = content(50);
        fetching.want(new Wish(hashOf(awaited), awaited.length, null, 10_000));
        tick(0);
        assertThat(sent).hasSize(Fetching.MAX_TRANSFERS);
        assertThat(((Message.BlobRequest) sent.get(0).message()).hash()).isEqualTo(hashOf(awaited));
        assertThat(fetching.missing()).isEqualTo(101);
    }

    @Test
    void wishesAreBounded() {
        for (int i = 0; i < Fetching.MAX_WAITING + 50; i++) {
            fetching.want(new Wish(new ContentHash(0, 0, 0, i), 1, null, 0));
        }
        assertThat(fetching.missing()).isEqualTo(Fetching.MAX_WAITING);
        fetching.want(new Wish(new ContentHash(1, 0, 0, 0), Attachment.MAX_BYTES + 1, null, 10_000));
        assertThat(fetching.missing()).as("more than any attachment has").isEqualTo(Fetching.MAX_WAITING);
        assertThat(ended).containsExactly(Map.entry(new ContentHash(1, 0, 0, 0), false));
    }

    @Test
    void aFullDiskRestsAWhile() {
        blobs = new MemoryBlobs(PART, () -> 0);
        fetching = new Fetching(blobs, () -> peers, sent::add, ended::put);
        byte[] content = content(2 * PART);
        fetching.want(wish(content));
        tick(0);
        answer(BOB, content);
        assertThat(ended).containsEntry(hashOf(content), false);
        fetching.want(wish(content(10)));
        tick(1);
        assertThat(sent()).isEmpty();
        tick(Fetching.REST_MILLIS);
        answer(BOB, content(10));
        assertThat(ended).containsEntry(hashOf(content(10)), true);
    }
}
