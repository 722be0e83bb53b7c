package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.RandomTickets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HostileBytesTest {
    /** What one byte may cost: the smallest entries of maps are about six bytes and a few objects. */
    private static final long BYTES_PER_BYTE = 100;

    private static final long FREE_BYTES = 64 * 1024;

    private final WireCodec codec = new WireCodec();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Kind<T>(Function<byte[], T> decode, Function<T, byte[]> encode, boolean canonical) {
        T decoded(byte[] bytes) {
            return decode.apply(bytes);
        }

        /** That a value which came of any bytes has an encoding, and is the same after it. */
        void checkStable(T value, byte[] bytes) {
            byte[] encoded = encode.apply(value);
            if (canonical) {
                assertThat(encoded).isEqualTo(bytes);
            } else {
                T again = decode.apply(encoded);
                assertThat(again).isEqualTo(value);
                assertThat(encode.apply(again)).isEqualTo(encoded);
            }
        }
    }

    private record Sample<T>(Kind<T> kind, byte[] bytes) {}

    @Test
    void mutationsAreRefusedOrStandForAValue() {
        Random random = new Random(1);
        List<Sample<?>> samples = samples();
        int refused = 0;
        int cases = 200_000;
        for (int i = 0; i < cases; i++) {
            Sample<?> sample = samples.get(random.nextInt(samples.size()));
            refused += isRefused(sample.kind(), mutated(sample.bytes(), random)) ? 1 : 0;
        }
        assertThat(refused).isBetween(cases / 10, cases * 9 / 10); // both ways were tried
    }

    @Test
    void randomBytesAreRefusedOrStandForAValue() {
        Random random = new Random(2);
        List<Kind<?>> kinds = kinds();
        for (int i = 0; i < 60_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && i % 4 > 0) { // most get past the header
                bytes[0] = (byte) (20 + random.nextInt(12));
                bytes[1] = 1;
            }
            isRefused(kinds.get(random.nextInt(kinds.size())), bytes);
        }
    }

    @Test
    void everyShorteningIsRefusedOrStandsForAValue() {
        for (Sample<?> sample : samples()) {
            for (int length = 0; length < Math.min(sample.bytes().length, 300); length++) {
                isRefused(sample.kind(), Arrays.copyOf(sample.bytes(), length));
            }
        }
    }

    @Test
    void claimedLengthsCostNothing() {
        for (String claim : ClaimedLengths.HEX) {
            for (int record = 20; record < 32; record++) {
                for (int tag = 1; tag < 25; tag++) {
                    byte[] bytes = HexFormat.of().parseHex("%02x01%02x%s".formatted(record, tag, claim));
                    for (Kind<?> kind : kinds()) {
                        assertThat(isRefused(kind, bytes)).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void aClaimedNumberOfWritesCostsNothing() {
        byte[] bytes = written(output -> {
            startTicket(output);
            output.open(14);
            output.text("tag");
            output.unsigned(Integer.MAX_VALUE);
            output.closeFrame();
        });
        assertRefused(() -> codec.decodeTicket(bytes));
    }

    @Test
    void wordsThatWereNeverWrittenAreRefused() {
        byte[] bytes = written(output -> {
            startTicket(output);
            output.open(15);
            output.unsigned(1);
            output.closeFrame();
        });
        assertRefused(() -> codec.decodeTicket(bytes));
    }

    @Test
    void manySmallThingsCostNoMoreThanASmallMultiple() {
        Kind<?> operations = new Kind<>(codec::decodeOperation, codec::encodeOperation, true);
        byte[] head = codec.encodeOperation(GoldenValues.operations().get("DeleteTicket-1"));
        byte[] start = Arrays.copyOf(head, head.length - 4); // without its changes
        for (String change : List.of("3f00", "3000", "c84f00", "7f0101")) {
            byte[] body = HexFormat.of().parseHex(change.repeat(300_000 / change.length()));
            byte[] bytes = written(output -> {
                output.writeBytes(start);
                output.open(8);
                output.writeBytes(body);
                output.closeFrame();
            });
            assertThat(isRefused(operations, bytes)).isFalse();
        }
    }

    @Test
    void statesWithinStatesAreRefusedHoweverDeep() {
        byte[] inner = codec.encodeEntry(
                new LogEntry.Adopted(new TicketState.Living(GoldenValues.freshTicket(), List.of(), List.of())));
        for (int depth = 0; depth < 40; depth++) {
            byte[] nested = inner;
            inner = written(output -> {
                output.startRecord(WireIds.ADOPTED);
                output.open(1);
                output.ticketId(GoldenValues.TICKET);
                output.closeFrame();
                output.open(2);
                output.writeBytes(nested);
                output.closeFrame();
            });
            byte[] bytes = inner;
            assertRefused(() -> codec.decodeEntry(bytes));
        }
    }

    @Test
    void otherFormsOfTheSameOperationAreRefused() {
        String bytes = HexFormat.of()
                .formatHex(codec.encodeOperation(GoldenValues.operations().get("DeleteTicket-1")));
        assertThat(bytes).startsWith("1401").endsWith("08023f00").contains("0504616e6e61");
        List<String> others = List.of(
                bytes.replaceFirst("^14", "9400"), // a longer number
                bytes.replaceFirst("08023f00$", "0883003f00"), // a longer length
                bytes.replace("0504616e6e61", "0500"), // an empty actor
                bytes.replace("0504616e6e61", "0504616e6e610504616e6e61"), // a field twice
                bytes.replaceFirst("08023f00$", "0800"), // no change
                bytes.replaceFirst("08023f00$", "0600" + "08023f00"), // an empty vector
                bytes + "08023f00", // a known field after the last
                bytes + "0b000a00", // unknown fields that fall
                bytes + "00"); // half a field
        for (String other : others) {
            assertThat(other).isNotEqualTo(bytes);
            assertRefused(() -> codec.decodeOperation(HexFormat.of().parseHex(other)));
        }
    }

    @Test
    void bytesOfOneThingAreNotTakenForAnother() {
        for (Sample<?> sample : samples()) {
            long takers = kinds().stream()
                    .filter(kind -> !isRefused(kind, sample.bytes()))
                    .count();
            boolean operation = sample.bytes()[0] == WireIds.OPERATION;
            assertThat(takers).isEqualTo(operation ? 2 : 1); // an operation is a log entry too
        }
    }

    @Test
    void whatIsTooLongIsRefusedUnread() {
        byte[] operation = Arrays.copyOf(
                codec.encodeOperation(GoldenValues.operations().get("Everything")), WireCodec.MAX_BYTES + 1);
        assertThatThrownBy(() -> codec.decodeOperation(operation))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("at most 1048576");
        assertRefused(() -> codec.decodeTicket(new byte[WireCodec.MAX_STATE_BYTES + 1]));
    }

    @Test
    void theMessageSaysWhatIsWrongAndWhere() {
        byte[] bytes = codec.encodeOperation(GoldenValues.operations().get("SetTitle-1"));
        assertThatThrownBy(() -> codec.decodeOperation(Arrays.copyOf(bytes, 40)))
                .isInstanceOfSatisfying(
                        MalformedBytesException.class,
                        malformed -> assertThat(malformed.position()).isEqualTo(31))
                .hasMessage("A length of 16 where 9 bytes are left, at byte 31");
    }

    private <T> boolean isRefused(Kind<T> kind, byte[] bytes) {
        long limit = FREE_BYTES + BYTES_PER_BYTE * bytes.length;
        if (allocatedBy(kind, bytes) > limit) { // again, because the first time loads classes
            assertThat(allocatedBy(kind, bytes))
                    .as(
                            "bytes allocated for %d bytes %s",
                            bytes.length, HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 300)))
                    .isLessThan(limit);
        }
        T value;
        try {
            value = kind.decoded(bytes);
        } catch (MalformedBytesException malformed) {
            return true;
        }
        kind.checkStable(value, bytes);
        return false;
    }

    private long allocatedBy(Kind<?> kind, byte[] bytes) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            kind.decoded(bytes);
        } catch (MalformedBytesException malformed) {
            // costs what it costs
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertRefused(Runnable decoding) {
        assertThatThrownBy(decoding::run).isExactlyInstanceOf(MalformedBytesException.class);
    }

    private List<Kind<?>> kinds() {
        return List.of(
                new Kind<>(codec::decodeOperation, codec::encodeOperation, true),
                new Kind<>(codec::decodeEntry, codec::encodeEntry, false),
                new Kind<>(codec::decodeTicket, codec::encodeTicket, false),
                new Kind<>(codec::decodeComment, codec::encodeComment, false),
                new Kind<>(codec::decodeTombstone, codec::encodeTombstone, false),
                new Kind<>(codec::decodeReceipt, codec::encodeReceipt, false),
                new Kind<>(codec::decodeVersion, codec::encodeVersion, false));
    }

    private List<Sample<?>> samples() {
        RandomTickets random = new RandomTickets(3);
        List<Sample<?>> samples = new ArrayList<>();
        List<Kind<?>> kinds = kinds();
        for (int i = 0; i < 40; i++) {
            samples.add(new Sample<>(kinds.get(0), codec.encodeOperation(random.operation())));
            samples.add(new Sample<>(kinds.get(1), codec.encodeEntry(random.entry())));
            samples.add(new Sample<>(kinds.get(2), codec.encodeTicket(random.ticket())));
            samples.add(new Sample<>(kinds.get(3), codec.encodeComment(random.comment())));
        }
        for (int i = 0; i < 5; i++) {
            samples.add(new Sample<>(kinds.get(4), codec.encodeTombstone(random.tombstone())));
            samples.add(new Sample<>(kinds.get(5), codec.encodeReceipt(random.receipt())));
            samples.add(new Sample<>(kinds.get(6), codec.encodeVersion(random.version())));
        }
        return samples;
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[place] = (byte) random.nextInt(256);
                case 2 -> bytes[place] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> bytes = Arrays.copyOf(bytes, place);
                case 4 -> bytes = joined(bytes, place, place + random.nextInt(bytes.length - place + 1));
                default -> bytes = joined(bytes, place, Math.max(0, place - random.nextInt(8)));
            }
        }
        return bytes;
    }

    /** The bytes up to {@code end} and those from {@code start} on: some left out, or some twice. */
    private static byte[] joined(byte[] bytes, int end, int start) {
        byte[] joined = Arrays.copyOf(bytes, end + bytes.length - start);
        System.arraycopy(bytes, start, joined, end, bytes.length - start);
        return joined;
    }

    private static void startTicket(WireOutput output) {
        output.startRecord(WireIds.TICKET);
        output.open(1);
        output.ticketId(GoldenValues.TICKET);
        output.closeFrame();
        output.open(4);
        output.nearMillis(0);
        output.unsigned(0);
        output.signed(0);
        output.closeFrame();
    }

    private static byte[] written(Consumer<WireOutput> writing) {
        WireOutput output = new WireOutput();
        output.restart(WireCodec.MAX_BYTES);
        writing.accept(output);
        return output.toBytes();
    }
}
