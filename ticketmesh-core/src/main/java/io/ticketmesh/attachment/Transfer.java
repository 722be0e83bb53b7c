package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobDraft;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Bytes on their way here from one node: which parts were asked for, and which have come. No more than {@link #WINDOW} parts are under
 * way or wait for one before them. Owned by {@link Fetching}.
 */
final class Transfer implements AutoCloseable {
    /** Two parts: 256 KiB. */
    static final int WINDOW = 2;

    private static final int PART = Message.BlobPart.MAX_BYTES;

    private final Wish wish;
    private final Origin from;
    private final BlobDraft draft;
    private final TreeMap<Long, Bytes> early = new TreeMap<>();
    private long asked;
    private long movedMillis;
    private int repeats;

    /** What a part is to its transfer. */
    enum Verdict {
        /** It helps. */
        TAKEN,
        /** It came twice, or was not asked for. */
        IGNORED,
        /** The sender does not have the bytes, or does not tell the truth. */
        REFUSED
    }

    Transfer(Wish wish, Origin from, BlobDraft draft, long nowMillis) {
        this.wish = wish;
        this.from = from;
        this.draft = draft;
        this.movedMillis = nowMillis;
    }

    Origin from() {
        return from;
    }

    /** The requests that are due, as far as the window goes. */
    List<Message.BlobRequest> ask() {
        List<Message.BlobRequest> requests = new ArrayList<>();
        long end = Math.min(wish.size(), draft.size() + (long) WINDOW * PART);
        while (asked < end) {
            requests.add(request(asked));
            asked += lengthAt(asked);
        }
        return requests;
    }

    /** The requests without an answer, once more. */
    List<Message.BlobRequest> askAgain(long nowMillis) {
        movedMillis = nowMillis;
        repeats++;
        List<Message.BlobRequest> requests = new ArrayList<>();
        for (long position = draft.size(); position < asked; position += lengthAt(position)) {
            if (!early.containsKey(position)) {
                requests.add(request(position));
            }
        }
        return requests;
    }

    private Message.BlobRequest request(long position) {
        return new Message.BlobRequest(wish.hash(), position, lengthAt(position));
    }

    private int lengthAt(long position) {
        return (int) Math.min(PART, wish.size() - position);
    }

    Verdict take(Message.BlobPart part, long nowMillis) {
        if (part.content().isEmpty()) {
            return Verdict.REFUSED;
        }
        long position = part.position();
        boolean wanted = position >= draft.size() && position < asked && position % PART == 0;
        if (!wanted || early.containsKey(position)) {
            return Verdict.IGNORED;
        } else if (part.content().length() != lengthAt(position)) {
            return Verdict.REFUSED;
        }
        early.put(position, part.content());
        while (!early.isEmpty() && early.firstKey() == draft.size()) {
            byte[] next = early.pollFirstEntry().getValue().toArray();
            draft.write(next, 0, next.length);
        }
        movedMillis = nowMillis;
        repeats = 0;
        return Verdict.TAKEN;
    }

    boolean isComplete() {
        return draft.size() == wish.size();
    }

    /** Keeps what has come; false when it is not what was wanted. */
    boolean keep() {
        ContentHash hash = draft.hash();
        if (!hash.equals(wish.hash())) {
            return false;
        }
        draft.keep();
        return true;
    }

    /** For how long nothing has come. */
    long idleMillis(long nowMillis) {
        return nowMillis - movedMillis;
    }

    /** How often it was asked in vain since then. */
    int repeats() {
        return repeats;
    }

    @Override
    public void close() {
        draft.close();
    }
}
