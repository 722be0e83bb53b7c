package io.ticketmesh.transport.jgroups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;

/**
 * What waits for one member. It goes out as far as the member has credits, a few frames at a time, so a member that takes
 * nothing holds up nobody else. What has waited too long is dropped: who asked for it has asked again. Owned by the send thread.
 */
final class Lane {
    /** An eighth of the queue. A larger parcel is taken when nothing waits before it. */
    static final long MAX_BYTES = 4 << 20;

    private static final int FRAMES_IN_TURN = 8;
    private static final long ASK_MILLIS = 500;

    private final Address member;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
    private long numberOfFirst;
    private int sentOfFirst;
    private long stalledAt;
    private boolean isStalled;

    Lane(Address member) {
        this.member = member;
    }

    private record Waiting(Parcel parcel, long since) {}

    /** Whether there was room. */
    boolean offer(Parcel parcel, long now) {
        int length = parcel.bytes().length;
        if (!waiting.isEmpty() && bytes + length > MAX_BYTES) {
            return false;
        }
        waiting.add(new Waiting(parcel, now));
        bytes += length;
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sends what the member has credits for, and adds what is sent to {@code sent}. Returns whether more can go at once. */
    boolean send(Group group, long now, List<Parcel> sent) {
        for (int turn = 0; turn < FRAMES_IN_TURN && !waiting.isEmpty(); turn++) {
            Parcel first = waiting.element().parcel();
            boolean isWhole = Frame.fits(first);
            List<Parcel> parcels = isWhole ? together() : List.of(first);
            byte[] frame =
                    isWhole ? Frame.ofParcels(parcels) : Frame.ofPiece(numberOfFirst, first.bytes(), sentOfFirst);
            if (group.credits(member) < frame.length) {
                stall(group, now);
                return false;
            }
            isStalled = false;
            group.deliver(member, frame);
            sentOfFirst += isWhole ? 0 : Frame.lengthOfPiece(frame);
            if (isWhole || sentOfFirst == first.bytes().length) {
                parcels.forEach(parcel -> removeFirst());
                sent.addAll(parcels);
            }
        }
        return !waiting.isEmpty();
    }

    /** Takes out what has waited since before {@code limit}, and returns it. */
    List<Parcel> expire(long limit) {
        List<Parcel> expired = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.element().since() - limit < 0) {
            expired.add(waiting.element().parcel());
            removeFirst();
        }
        return expired;
    }

    /** Takes out everything. */
    List<Parcel> clear() {
        List<Parcel> all = waiting.stream().map(Waiting::parcel).toList();
        waiting.clear();
        bytes = 0;
        sentOfFirst = 0;
        numberOfFirst++;
        return all;
    }

    private List<Parcel> together() {
        List<Parcel> parcels = new ArrayList<>();
        int room = Frame.MAX_BYTES - 1;
        for (Waiting next : waiting) {
            room -= Frame.room(next.parcel());
            if (room < 0) {
                break;
            }
            parcels.add(next.parcel());
        }
        return parcels;
    }

    private void removeFirst() {
        bytes -= waiting.remove().parcel().bytes().length;
        sentOfFirst = 0;
        numberOfFirst++;
    }

    private void stall(Group group, long now) {
        if (!isStalled) {
            isStalled = true;
            stalledAt = now;
        } else if (now - stalledAt > TimeUnit.MILLISECONDS.toNanos(ASK_MILLIS)) {
            stalledAt = now;
            group.requestCredits(member);
        }
    }
}
