package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.spring.rest.MultipartReader.MalformedBodyException;
import io.ticketmesh.spring.rest.MultipartReader.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
    private static final String BOUNDARY = "----b";

    /** A stream that gives a few bytes at a time, as networks do. */
    private static InputStream trickling(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(40)));
            }
        };
    }

    private static List<String> parts(String body) throws IOException {
        MultipartReader reader =
                new MultipartReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), BOUNDARY);
        List<String> parts = new ArrayList<>();
        for (Part part = reader.next(); part != null; part = reader.next()) {
            parts.add(part.headers() + " " + new String(part.content().readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(reader.next()).isNull();
        return parts;
    }

    @Test
    void partsComeWithTheirHeaders() throws IOException {
        assertThat(parts("""
                        ignored
                        ------b\t
                        Content-Disposition: form-data; name="file"; filename="größe.txt"
                        CONTENT-TYPE:text/plain

                        It
                        burns
                        ------b
                        X: y


                        ------b--
                        ignored""".replace("\n", "\r\n")))
                .containsExactly(
                        "{content-disposition=form-data; name=\"file\"; filename=\"größe.txt\", content-type=text/plain} It\r\nburns",
                        "{x=y} ");
    }

    @Test
    void whatOnlyLooksLikeABoundaryIsContent() throws IOException {
        String content = "\r\n\r\n--\r\n------\r\n------a\r\n-----b\r------b\n------b";
        assertThat(parts("------b\r\nX: y\r\n\r\n" + content + "\r\n------b--")).containsExactly("{x=y} " + content);
    }

    @Test
    void anyContentComesThroughHoweverItIsCutUp() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] content = new byte[random.nextInt(round % 10 == 0 ? 60_000 : 200)];
            for (int i = 0; i < content.length; i++) {
                content[i] =
                        random.nextInt(3) == 0 ? (byte) random.nextInt() : (byte) "\r\n-b".charAt(random.nextInt(4));
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write("--b-b-b\r\nA: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            body.write(content);
            body.write("\r\n--b-b-b\r\n\r\nend\r\n--b-b-b--".getBytes(StandardCharsets.US_ASCII));
            boolean clean = !new String(content, StandardCharsets.ISO_8859_1).contains("\r\n--b-b-b");
            if (clean) {
                MultipartReader reader = new MultipartReader(trickling(body.toByteArray(), random), "b-b-b");
                assertThat(reader.next().content().readAllBytes()).isEqualTo(content);
                assertThat(reader.next().content().readAllBytes()).asString().isEqualTo("end");
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void aPartThatIsNotReadIsPassed() throws IOException {
        byte[] body = ("--b\r\nA: 1\r\n\r\n" + "x".repeat(100_000) + "\r\n--b\r\nB: 2\r\n\r\nyes\r\n--b--")
                .getBytes(StandardCharsets.US_ASCII);
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(body), "b");
        Part first = reader.next();
        assertThat(first.content().read()).isEqualTo('x');
        Part second = reader.next();
        assertThat(first.content().read()).as("over").isEqualTo('y');
        assertThat(second.content().readAllBytes()).asString().isEqualTo("es");
    }

    @Test
    void whatIsNoFormEndsWithOneKindOfException() {
        String good = "--b\r\nA: 1\r\n\r\ncontent\r\n--b--";
        List<String> bad = new ArrayList<>(List.of(
                "--b\r\nno header\r\n\r\nx\r\n--b--",
                "--b\r\n: empty\r\n\r\nx\r\n--b--",
                "--b behind\r\n\r\nx\r\n--b--",
                "--b\r\nA: " + "x".repeat(9_000) + "\r\n\r\nx\r\n--b--",
                "--b\r\n" + "A: x\r\n".repeat(2_000) + "\r\nx\r\n--b--"));
        for (int length = 0; length < good.length(); length++) {
            bad.add(good.substring(0, length));
        }
        for (String body : bad) {
            assertThatThrownBy(() -> {
                        MultipartReader reader = new MultipartReader(
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)), "b");
                        for (Part part = reader.next(); part != null; part = reader.next()) {
                            part.content().readAllBytes();
                        }
                    })
                    .as(body)
                    .isInstanceOf(MalformedBodyException.class);
        }
        for (String boundary : new String[] {"", "x".repeat(71), "a\r\nb", "ü"}) {
            assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), boundary))
                    .isInstanceOf(MalformedBodyException.class);
        }
    }
}
