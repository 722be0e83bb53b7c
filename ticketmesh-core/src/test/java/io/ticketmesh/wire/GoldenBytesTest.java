package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.change.Change;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes of version 1, which are on disks and in meshes. A file is never changed or removed. For a new value, run this test
 * with {@code -Dwire.golden.add=src/test/resources/wire/v1}, which writes the files that are missing, and read what it wrote.
 */
class GoldenBytesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS_A_LINE = 64;

    private final WireCodec codec = new WireCodec();
    private final MessageCodec messages = new MessageCodec(GoldenValues.CLUSTER);

    private record Golden<T>(String name, T value, Function<T, byte[]> encode, Function<byte[], T> decode) {
        void check(byte[] kept) {
            assertThat(decode.apply(kept))
                    .as("%s must stay readable for ever", name)
                    .isEqualTo(value);
            assertThat(HEX.formatHex(encode.apply(value)))
                    .as(
                            "The encoding of %s changed, but disks and other nodes hold the old one."
                                    + " Append a tag that old readers skip, or add a version that every node announces first",
                            name)
                    .isEqualTo(HEX.formatHex(kept));
        }

        byte[] encoded() {
            return encode.apply(value);
        }
    }

    @TestFactory
    Stream<DynamicTest> bytesOfVersionOneStayAsTheyAre() {
        return golden().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    addIfMissing(golden);
                    golden.check(kept(golden.name()));
                }));
    }

    @Test
    void everyFileOfVersionOneIsChecked() throws Exception {
        Set<String> names = golden().stream().map(Golden::name).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".hex", "")))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyKindOfChangeHasGoldenBytes() {
        Set<Class<?>> kinds = GoldenValues.operations().values().stream()
                .flatMap(operation -> operation.changes().stream())
                .map(Change::getClass)
                .collect(Collectors.toSet());
        assertThat(kinds).containsAll(WireRoundTripTest.concrete(Change.class));
    }

    @Test
    void everyTypeOfMessageHasGoldenBytes() {
        Set<Class<?>> types =
                GoldenValues.messages().values().stream().map(Message::getClass).collect(Collectors.toSet());
        assertThat(types).containsExactlyInAnyOrderElementsOf(WireRoundTripTest.concrete(Message.class));
    }

    private List<Golden<?>> golden() {
        List<Golden<?>> golden = new ArrayList<>();
        GoldenValues.operations()
                .forEach((name, value) -> golden.add(new Golden<Operation>(
                        "operation-" + name, value, codec::encodeOperation, codec::decodeOperation)));
        GoldenValues.entries()
                .forEach((name, value) ->
                        golden.add(new Golden<>("entry-" + name, value, codec::encodeEntry, codec::decodeEntry)));
        GoldenValues.messages()
                .forEach((name, value) ->
                        golden.add(new Golden<Message>("message-" + name, value, this::encoded, this::decoded)));
        golden.add(new Golden<>("ticket", GoldenValues.ticket(), codec::encodeTicket, codec::decodeTicket));
        golden.add(new Golden<>("ticket-fresh", GoldenValues.freshTicket(), codec::encodeTicket, codec::decodeTicket));
        golden.add(new Golden<>("ticket-later", GoldenValues.laterTicket(), codec::encodeTicket, codec::decodeTicket));
        golden.add(new Golden<>(
                "ticket-redacted", GoldenValues.redactedTicket(), codec::encodeTicket, codec::decodeTicket));
        golden.add(new Golden<>("comment", GoldenValues.comment(), codec::encodeComment, codec::decodeComment));
        golden.add(new Golden<>(
                "comment-redacted", GoldenValues.redactedComment(), codec::encodeComment, codec::decodeComment));
        golden.add(new Golden<>("tombstone", GoldenValues.tombstone(), codec::encodeTombstone, codec::decodeTombstone));
        golden.add(new Golden<>("receipt", GoldenValues.receipt(), codec::encodeReceipt, codec::decodeReceipt));
        golden.add(new Golden<>("version", GoldenValues.version(), codec::encodeVersion, codec::decodeVersion));
        return golden;
    }

    private byte[] encoded(Message message) {
        return messages.encode(GoldenValues.ALICE_2, message);
    }

    private Message decoded(byte[] bytes) {
        Incoming incoming = Objects.requireNonNull(messages.decode(bytes, 0, bytes.length));
        assertThat(incoming.from()).isEqualTo(GoldenValues.ALICE_2);
        return incoming.message();
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(GoldenBytesTest.class.getResource("/wire/v1").toURI());
    }

    private static byte[] kept(String name) throws Exception {
        Path file = directory().resolve(name + ".hex");
        if (!Files.exists(file)) {
            fail(file.getFileName() + " is missing; see the comment on this test");
        }
        return HEX.parseHex(Files.readString(file).replaceAll("\\s", ""));
    }

    private static void addIfMissing(Golden<?> golden) throws IOException {
        String directory = System.getProperty("wire.golden.add");
        if (directory != null) {
            Path file = Path.of(directory, golden.name() + ".hex");
            if (!Files.exists(file)) {
                String digits = HEX.formatHex(golden.encoded());
                Files.writeString(file, digits.replaceAll("(.{" + DIGITS_A_LINE + "})(?=.)", "$1\n") + "\n");
            }
        }
    }
}
