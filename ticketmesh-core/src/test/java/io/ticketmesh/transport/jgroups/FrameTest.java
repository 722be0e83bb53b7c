package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jgroups.Address;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameTest {
    private final Address alice = UUID.randomUUID();
    private final Address bob = UUID.randomUUID();
    private final Pieces pieces = new Pieces();

    @Test
    void parcelsComeOutAsTheyWentIn() {
        Origin target = TestMesh.origin();
        List<Parcel> parcels =
                List.of(new Parcel(null, bytes(10)), new Parcel(target, bytes(0)), new Parcel(target, bytes(1_000)));

        Heard heard = read(Frame.ofParcels(parcels));

        assertThat(heard.targets).containsExactly(null, target, target);
        assertThat(heard.contents).containsExactly(bytes(10), bytes(0), bytes(1_000));
    }

    @Test
    void aFrameIsFullToTheByte() {
        int room = Frame.MAX_BYTES - 1 - Frame.room(new Parcel(null, bytes(0)));

        assertThat(Frame.fits(new Parcel(null, bytes(room)))).isTrue();
        assertThat(Frame.fits(new Parcel(null, bytes(room + 1)))).isFalse();
        assertThat(Frame.ofParcels(List.of(new Parcel(null, bytes(room))))).hasSize(Frame.MAX_BYTES);
    }

    @Test
    void piecesOfSeveralMembersBecomeTheirParcels() {
        byte[] first = bytes(200_000);
        byte[] second = bytes(100_001);
        List<byte[]> framesOfFirst = framesOf(1, first);
        List<byte[]> framesOfSecond = framesOf(1, second);
        assertThat(framesOfFirst)
                .allMatch(frame -> frame.length <= Frame.MAX_BYTES)
                .hasSize(5);

        List<byte[]> whole = new ArrayList<>();
        for (int i = 0; i < framesOfFirst.size(); i++) {
            add(alice, framesOfFirst.get(i), whole);
            if (i < framesOfSecond.size()) {
                add(bob, framesOfSecond.get(i), whole);
            }
        }

        assertThat(whole).containsExactly(second, first);
    }

    @Test
    void aPieceThatIsMissingOrRepeatedEndsItsParcelOnly() {
        List<byte[]> first = framesOf(1, bytes(200_000));
        List<byte[]> second = framesOf(2, bytes(100_000));
        List<byte[]> whole = new ArrayList<>();

        add(alice, first.get(0), whole);
        add(alice, first.get(2), whole);
        add(alice, first.get(1), whole);
        second.forEach(frame -> add(alice, frame, whole));
        add(alice, second.get(2), whole);

        assertThat(whole).containsExactly(bytes(100_000));
    }

    @Test
    void whatWouldBeTooLargeOrNothingIsDropped() {
        assertThat(pieces.add(alice, new Frame.Piece(1, Pieces.MAX_PARCEL_BYTES + 1, 0, bytes(9), 0, 9)))
                .isNull();
        assertThat(pieces.add(alice, new Frame.Piece(1, 0, 0, bytes(9), 0, 0))).isNull();
        assertThat(pieces.add(alice, new Frame.Piece(1, -1, 0, bytes(9), 0, 9))).isNull();
        assertThat(pieces.add(alice, new Frame.Piece(1, 8, 0, bytes(9), 0, 9))).isNull();
        assertThat(pieces.add(alice, new Frame.Piece(1, 9, 0, bytes(9), 0, 9))).isEqualTo(bytes(9));
    }

    @Test
    void whoLeftIsForgotten() {
        List<byte[]> frames = framesOf(1, bytes(60_000));
        List<byte[]> whole = new ArrayList<>();
        add(alice, frames.get(0), whole);
        add(bob, frames.get(0), whole);

        pieces.retain(List.of(bob));
        add(alice, frames.get(1), whole);
        add(bob, frames.get(1), whole);

        assertThat(whole).hasSize(1);
    }

    @Test
    void unfinishedParcelsTogetherHaveABound() {
        byte[] most = bytes(Pieces.MAX_PARCEL_BYTES - 1);
        List<Address> members = Stream.generate(() -> (Address) UUID.randomUUID())
                .limit(Pieces.MAX_BYTES / most.length + 1)
                .toList();
        for (Address member : members) {
            assertThat(pieces.add(member, new Frame.Piece(1, most.length + 1, 0, most, 0, most.length)))
                    .isNull();
        }

        Frame.Piece end = new Frame.Piece(1, most.length + 1, most.length, bytes(1), 0, 1);
        assertThat(pieces.add(members.get(0), end)).as("begun first").isNull();
        for (Address member : members.subList(1, members.size())) {
            assertThat(pieces.add(member, end)).hasSize(most.length + 1);
        }
    }

    @Test
    void damagedFramesAreRefusedAndNothingElse() {
        Random random = new Random(5);
        byte[] frame = Frame.ofParcels(List.of(new Parcel(TestMesh.origin(), bytes(50)), new Parcel(null, bytes(9))));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            for (int j = 0; j < damaged.length; j++) {
                if (random.nextInt(20) == 0) {
                    damaged[j] = (byte) random.nextInt();
                }
            }
            try {
                read(damaged);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(new byte[] {9})).isInstanceOf(IllegalArgumentException.class);
    }

    private void add(Address from, byte[] frame, List<byte[]> whole) {
        Heard heard = read(frame);
        byte[] parcel = pieces.add(from, heard.piece);
        if (parcel != null) {
            whole.add(parcel);
        }
    }

    private static List<byte[]> framesOf(long number, byte[] parcel) {
        List<byte[]> frames = new ArrayList<>();
        for (int position = 0; position < parcel.length; ) {
            byte[] frame = Frame.ofPiece(number, parcel, position);
            frames.add(frame);
            position += Frame.lengthOfPiece(frame);
        }
        return frames;
    }

    /** Reads the frame from the middle of other bytes. */
    private static Heard read(byte[] frame) {
        byte[] around = new byte[frame.length + 7];
        Arrays.fill(around, (byte) 1);
        System.arraycopy(frame, 0, around, 3, frame.length);
        Heard heard = new Heard();
        Frame.read(around, 3, frame.length, heard);
        return heard;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static final class Heard implements Frame.Reader {
        final List<@Nullable Origin> targets = new ArrayList<>();
        final List<byte[]> contents = new ArrayList<>();
        Frame.Piece piece = new Frame.Piece(0, 0, 0, new byte[0], 0, 0);

        @Override
        public void parcel(@Nullable Origin target, byte[] bytes, int offset, int length) {
            targets.add(target);
            contents.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void piece(Frame.Piece value) {
            piece = value;
        }
    }
}
