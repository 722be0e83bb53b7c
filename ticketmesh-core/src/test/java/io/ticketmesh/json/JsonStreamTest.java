package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonStreamTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void theElementsOfChosenArraysAreHandedOutAndTheRestIsSkipped() throws IOException {
        walk(
                Set.of("issues", "labels"),
                "{\"junk\":[[{}],{\"issues\":[9]}],\"issues\":[{\"n\":1},2],\"x\":1,\"labels\":[\"a\"]}");

        assertThat(seen).containsExactly("issues /issues/0 {\"n\":1}", "issues /issues/1 2", "labels /labels/0 \"a\"");
    }

    @Test
    void aChosenMemberThatIsNoArrayIsHandedOutWhole() throws IOException {
        walk(Set.of("version", "a/b"), "{\"version\":3,\"a/b\":{\"c\":[1]}}");

        assertThat(seen).containsExactly("version /version 3", "a/b /a~1b {\"c\":[1]}");
    }

    @Test
    void aDocumentThatIsAnArrayIsWalkedIfTheEmptyNameWasChosen() throws IOException {
        walk(Set.of(""), "[1,[2]]");

        assertThat(seen).containsExactly(" /0 1", " /1 [2]");
        assertThatThrownBy(() -> walk(Set.of("issues"), "[1]")).hasMessage("line 1, column 1: expected an object");
        assertThatThrownBy(() -> walk(Set.of(""), "1")).hasMessage("line 1, column 1: expected an object or an array");
    }

    @Test
    void aFaultComesAfterTheElementsBeforeIt() {
        assertThatThrownBy(() -> walk(Set.of("a"), "{\"a\":[1,2,x]}")).isInstanceOf(MalformedJsonException.class);
        assertThat(seen).containsExactly("a /a/0 1", "a /a/1 2");
    }

    @Test
    void faultsInWhatIsSkippedAndAfterTheDocumentAreFound() {
        assertThatThrownBy(() -> walk(Set.of(), "{\"a\":{\"b\":[1,}}")).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> walk(Set.of(), "{\"a\":" + "[".repeat(100_000)))
                .hasMessageContaining("nested deeper than 64 levels");
        assertThatThrownBy(() -> walk(Set.of(), "{} 1")).hasMessageContaining("expected nothing after the value");
        assertThatThrownBy(() -> walk(Set.of("a"), "{\"a\":[],\"a\":[]}")).hasMessageContaining("appears twice");
        assertThatThrownBy(() -> walk(Set.of("a"), " ")).hasMessageContaining("the document is empty");
    }

    @Test
    void anElementThatIsTooLongIsRefused() throws IOException {
        JsonStream stream = new JsonStream(Set.of("a"), JsonLimits.DEFAULT, 20);

        stream.read(
                stream("{\"a\":[[1,2,3],[1,2,3],[1,2,3],[1,2,3]]}"), (member, element) -> seen.add(element.toString()));
        assertThat(seen).hasSize(4);
        assertThatThrownBy(() -> stream.read(stream("{\"a\":[[1,2,3,4,5,6,7,8,9,10,11,12]]}"), (member, element) -> {}))
                .hasMessageContaining("one value spans more than 20 characters");
    }

    @Test
    void aVisitorCanStopTheWalk() {
        assertThatThrownBy(() -> new JsonStream(Set.of("a"), JsonLimits.DEFAULT, 20)
                        .read(stream("{\"a\":[1,2]}"), (member, element) -> {
                            seen.add(element.toString());
                            throw new IOException("enough");
                        }))
                .hasMessage("enough");
        assertThat(seen).containsExactly("1");
    }

    @Test
    void fiftyMegabytesPassThroughOneElementAtATime() throws IOException {
        byte[] issue = ("{\"title\":\"" + "x".repeat(990) + "\"},").getBytes(UTF_8);
        int count = 50_000;
        InputStream huge = new Repeated("{\"issues\":[".getBytes(UTF_8), issue, count, "0]}".getBytes(UTF_8));
        long[] total = {0};

        new JsonStream(Set.of("issues"), JsonLimits.DEFAULT.withDocumentBytes(60_000_000), 2_000)
                .read(huge, (member, element) -> total[0]++);

        assertThat(total[0]).isEqualTo(count + 1);
        JsonStream small = new JsonStream(Set.of("issues"), JsonLimits.DEFAULT.withDocumentBytes(1_000_000), 2_000);
        assertThatThrownBy(() -> small.read(
                        new Repeated("{\"issues\":[".getBytes(UTF_8), issue, count, new byte[0]),
                        (member, element) -> {}))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        fault -> assertThat(fault.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    private void walk(Set<String> members, String document) throws IOException {
        new JsonStream(members, JsonLimits.DEFAULT, 100_000)
                .read(
                        stream(document),
                        (member, element) -> seen.add(member + " " + element.pointer() + " " + element));
    }

    private static InputStream stream(String document) {
        return new ByteArrayInputStream(document.getBytes(UTF_8));
    }

    /** A head, the same part many times, a tail, never held as a whole. */
    private static final class Repeated extends InputStream {
        private final byte[] part;
        private final byte[] tail;
        private byte[] current;
        private int left;
        private int position;

        Repeated(byte[] head, byte[] part, int times, byte[] tail) {
            this.current = head;
            this.part = part;
            this.left = times;
            this.tail = tail;
        }

        @Override
        public int read() {
            while (position == current.length) {
                if (left < 0) {
                    return -1;
                }
                current = left-- > 0 ? part : tail;
                position = 0;
            }
            return current[position++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            int first = read();
            if (first < 0) {
                return -1;
            }
            target[from] = (byte) first;
            int more = Math.min(length - 1, current.length - position);
            System.arraycopy(current, position, target, from + 1, more);
            position += more;
            return more + 1;
        }
    }
}
