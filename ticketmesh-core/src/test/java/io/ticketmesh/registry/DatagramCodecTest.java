package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramCodecTest {
    private static final Cookie COOKIE = new Cookie(1, -2, 3, Long.MIN_VALUE);
    private static final Instance INSTANCE = new Instance(
            new NodeId(-1, 2),
            1L << 50,
            URI.create("https://desk.example:8443/base"),
            new InetSocketAddress(RegistryWorld.host(300), 7_810),
            State.DRAINING,
            "östlich",
            "weight=3");

    private final Tally tally = new Tally();
    private final DatagramCodec sealed = new DatagramCodec(RegistryWorld.CLUSTER, RegistryWorld.KEY, null, tally);
    private final DatagramCodec open = new DatagramCodec(RegistryWorld.CLUSTER, null, null, tally);

    static Stream<Packet> packets() throws UnknownHostException {
        Entry entry = new Entry(INSTANCE, 7, 7_840, true);
        Entry bare = new Entry(Instance.of(new NodeId(1, 1), 3), 1, 0, false);
        List<InetSocketAddress> registries = List.of(
                new InetSocketAddress(RegistryWorld.host(4), 7_840),
                new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 65_535));
        return Stream.of(
                new Packet.Hello(new NodeId(5, -6)),
                new Packet.Challenge(COOKIE),
                new Packet.Register(entry, COOKIE),
                new Packet.Register(bare, null),
                new Packet.Renew(),
                new Packet.Leave(),
                new Packet.Ok(10_000, registries),
                new Packet.Lookup(null, null),
                new Packet.Lookup(COOKIE, new Place(true, new NodeId(8, 9))),
                new Packet.Page(4, true, true, true, COOKIE, List.of(entry, bare), registries),
                new Packet.Page(-4, false, false, false, COOKIE, List.of(), List.of()),
                new Packet.Watch(COOKIE, 99),
                new Packet.Changed(100),
                new Packet.Refused(Refusal.LIMIT),
                new Packet.Probe(true),
                new Packet.Probe(false),
                new Packet.Here());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void whatIsWrittenIsRead(Packet packet) {
        Datagram datagram = new Datagram(1, -2, 3, packet);
        for (DatagramCodec codec : List.of(sealed, open)) {
            byte[] bytes = codec.encode(datagram);
            assertThat(bytes).hasSizeLessThanOrEqualTo(Datagram.MAX_BYTES);
            assertThat(codec.decode(bytes, bytes.length)).isEqualTo(datagram);
        }
        assertThat(tally.all()).isZero();
    }

    @Test
    void greetingsAndFirstLookupsAreAsLargeAsAnswersCanBe() {
        assertThat(sealed.encode(Datagram.of(1, new Packet.Hello(new NodeId(1, 2)))))
                .hasSize(Datagram.MAX_BYTES);
        assertThat(sealed.encode(Datagram.of(1, new Packet.Lookup(null, null)))).hasSize(Datagram.MAX_BYTES);
        assertThat(sealed.encode(Datagram.of(1, new Packet.Lookup(null, new Place(false, new NodeId(1, 2))))))
                .hasSize(Datagram.MAX_BYTES);
    }

    @Test
    void theLargestInstanceFits() {
        Instance largest = new Instance(
                new NodeId(1, 2),
                3,
                URI.create("http://h/" + "p".repeat(Instance.MAX_HTTP_CHARS - 9)),
                new InetSocketAddress(RegistryWorld.host(1), 1),
                State.UP,
                "z".repeat(Instance.MAX_ZONE_BYTES),
                "m".repeat(Instance.MAX_META_BYTES));
        Entry entry = new Entry(largest, 1, 1, false);
        Datagram datagram = Datagram.of(1, new Packet.Register(entry, COOKIE));
        byte[] bytes = sealed.encode(datagram);

        assertThat(sealed.decode(bytes, bytes.length)).isEqualTo(datagram);
        assertThat(bytes.length - Datagram.BODY_AT - 16 - BodyWriter.FIELD_BYTES - Cookie.BYTES)
                .isEqualTo(BodyWriter.bytesOf(entry));
    }

    @Test
    void theBytesOfVersionOneStayAsTheyAre() {
        Entry entry = new Entry(INSTANCE, 7, 7_840, true);
        byte[] bytes = open.encode(new Datagram(0x0102, 0x0304, 0x0506, new Packet.Register(entry, COOKIE)));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "544d5247" // magic
                                + "01" // version
                                + "03" // register
                                + "0000" // flags
                                + "007f" // body
                                + HexFormat.of().toHexDigits(RegistryWorld.CLUSTER.id())
                                + "0000000000000102" // request
                                + "0000000000000304" // session
                                + "0000000000000506" // counter
                                + "00000000" // key
                                + "020020" // cookie
                                + "0000000000000001" + "fffffffffffffffe" + "0000000000000003" + "8000000000000000"
                                + "030059" // entry
                                + "01" + "ffffffffffffffff0000000000000002" + "0004000000000000" + "00000007" + "01"
                                + "1ea0"
                                + "1e" + "68747470733a2f2f6465736b2e6578616d706c653a383434332f62617365"
                                + "04" + "0a00012c" + "1e82"
                                + "08" + "c3b673746c696368"
                                + "0008" + "7765696768743d33"
                                + "a0c64408" /* checksum */);
    }

    @Test
    void fieldsOfLaterVersionsArePassedOver() {
        byte[] changed = open.encode(Datagram.of(1, new Packet.Changed(5)));
        byte[] later = Arrays.copyOf(changed, changed.length + 5);
        System.arraycopy(new byte[] {(byte) 200, 0, 2, 1, 1}, 0, later, changed.length - 4, 5);
        later[Datagram.LENGTH_AT + 1] += 5;
        PacketSeal.of(null, null).put(later, later.length - 4);

        assertThat(open.decode(later, later.length)).isEqualTo(Datagram.of(1, new Packet.Changed(5)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everySingleBitMatters(boolean hasSecret) throws UnknownHostException {
        DatagramCodec codec = hasSecret ? sealed : open;
        for (Packet packet : packets().toList()) {
            byte[] bytes = codec.encode(new Datagram(1, 2, 3, packet));
            for (int bit = 0; bit < Math.min(bytes.length, 260) * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(codec.decode(bytes, bytes.length)).isNull();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            for (int length = 0; length < bytes.length; length++) {
                assertThat(codec.decode(bytes, length)).isNull();
            }
        }
    }

    @Test
    void noBytesMakeItThrow() throws UnknownHostException {
        Random random = new Random(42);
        List<byte[]> originals = new ArrayList<>();
        packets().forEach(packet -> originals.add(open.encode(new Datagram(1, 2, 3, packet))));
        PacketSeal seal = PacketSeal.of(null, null);
        int understood = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (length >= Datagram.BODY_AT + 4 && random.nextInt(8) != 0) {
                // With everything before the body in order, so that the body is read.
                System.arraycopy(originals.get(0), 0, bytes, 0, 5);
                System.arraycopy(originals.get(0), Datagram.CLUSTER_AT, bytes, Datagram.CLUSTER_AT, 8);
                Arrays.fill(bytes, Datagram.KEY_AT, Datagram.BODY_AT, (byte) 0);
                bytes[Datagram.LENGTH_AT] = (byte) ((length - Datagram.BODY_AT - 4) >> 8);
                bytes[Datagram.LENGTH_AT + 1] = (byte) (length - Datagram.BODY_AT - 4);
                seal.put(bytes, length - 4);
            }
            understood += open.decode(bytes, length) == null ? 0 : 1;
        }
        assertThat(understood).isBetween(10_000, 290_000);
        assertThat(tally.all()).isEqualTo(300_000 - understood);
        assertThat(tally.of(Fault.BODY)).isPositive();
        assertThat(tally.of(Fault.TYPE)).isPositive();
    }
}
