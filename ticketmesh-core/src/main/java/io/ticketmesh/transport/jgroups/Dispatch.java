package io.ticketmesh.transport.jgroups;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * The work of the send thread: takes parcels from the queue, sends those for all together, and those for one member through its
 * lane. Owned by the send thread, except for {@link #dropped()}.
 */
final class Dispatch {
    private static final long IDLE_MILLIS = 200;
    private static final long STALLED_MILLIS = 5;

    private final SendQueue queue;
    private final Group group;
    private final PeerAddresses peers;
    private final long laneNanos;
    private final Map<Address, Lane> lanes = new LinkedHashMap<>();
    private final LongAdder dropped = new LongAdder();

    private boolean canGoOn;

    Dispatch(SendQueue queue, Group group, PeerAddresses peers, long laneMillis) {
        this.queue = queue;
        this.group = group;
        this.peers = peers;
        this.laneNanos = TimeUnit.MILLISECONDS.toNanos(laneMillis);
    }

    /** How many parcels were dropped here; any thread may ask. */
    long dropped() {
        return dropped.sum();
    }

    /** One round: takes what came, or waits a moment for it, and sends what can be sent. */
    void round() throws InterruptedException {
        List<Parcel> fresh = queue.take(canGoOn ? 0 : lanes.isEmpty() ? IDLE_MILLIS : STALLED_MILLIS);
        long now = System.nanoTime();
        List<Parcel> forAll = new ArrayList<>();
        for (Parcel parcel : fresh) {
            Address address = addressOf(parcel);
            if (address == null) {
                forAll.add(parcel);
            } else {
                sendToOne(address, parcel, now);
            }
        }
        sendToAll(forAll);
        canGoOn = sendLanes(now);
    }

    private @Nullable Address addressOf(Parcel parcel) {
        return parcel.target() == null ? null : peers.of(parcel.target());
    }

    /** Also what is for one whose address is not known: it names its target, the others ignore it. */
    private void sendToAll(List<Parcel> parcels) {
        List<Parcel> together = new ArrayList<>();
        int room = Frame.MAX_BYTES - 1;
        for (Parcel parcel : parcels) {
            if (!Frame.fits(parcel)) {
                drop(parcel);
                continue;
            }
            if (room < Frame.room(parcel)) {
                group.broadcast(Frame.ofParcels(together));
                together.clear();
                room = Frame.MAX_BYTES - 1;
            }
            together.add(parcel);
            room -= Frame.room(parcel);
            queue.release(parcel);
        }
        if (!together.isEmpty()) {
            group.broadcast(Frame.ofParcels(together));
        }
    }

    private void sendToOne(Address address, Parcel parcel, long now) {
        if (group.others().contains(address)) {
            if (!lanes.computeIfAbsent(address, Lane::new).offer(parcel, now)) {
                drop(parcel);
            }
        } else if (Frame.fits(parcel)) {
            group.whisper(address, Frame.ofParcels(List.of(parcel)));
            queue.release(parcel);
        } else {
            drop(parcel);
        }
    }

    private boolean sendLanes(long now) {
        boolean more = false;
        List<Parcel> sent = new ArrayList<>();
        for (Iterator<Map.Entry<Address, Lane>> each = lanes.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Address, Lane> entry = each.next();
            Lane lane = entry.getValue();
            if (group.others().contains(entry.getKey())) {
                more |= lane.send(group, now, sent);
                lane.expire(now - laneNanos).forEach(this::drop);
            } else {
                lane.clear().forEach(this::drop);
            }
            if (lane.isEmpty()) {
                each.remove();
            }
        }
        sent.forEach(queue::release);
        return more;
    }

    private void drop(Parcel parcel) {
        dropped.increment();
        queue.release(parcel);
    }
}
