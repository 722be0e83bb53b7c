package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.spring.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
    private static final String BOUNDARY = "a-boundary";

    @TempDir
    Path directory;

    private Host host;
    private String files;

    @BeforeEach
    void start() {
        restart();
    }

    private void restart(String... settings) {
        stop();
        host = Host.start(Host.with(
                settings, "ticketmesh.storage=directory", "ticketmesh.data-dir=" + directory.resolve("desk")));
        files = "/tickets/" + host.create("Printer on fire").id() + "/attachments";
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    private Answer upload(String query, byte[] content, String... headers) {
        return host.sendAsync(
                        "POST", files + query, content, Host.with(headers, "Content-Type", "application/octet-stream"))
                .join();
    }

    private Answer uploadForm(byte[] form) {
        return host.sendAsync("POST", files, form, "Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .join();
    }

    private static byte[] form(String disposition, String type, byte[] content) {
        byte[] head = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: "
                        + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] form = Arrays.copyOf(head, head.length + content.length + tail.length);
        System.arraycopy(content, 0, form, head.length, content.length);
        System.arraycopy(tail, 0, form, head.length + content.length, tail.length);
        return form;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** Everything on disk that is or was to be an attachment. */
    private long stored() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("desk").resolve("attachments"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("lock"))
                    .count();
        }
    }

    @Test
    void aFileGoesInAndComesOutAsADownload() throws Exception {
        byte[] content = random(70_000);
        Answer added = upload("?name=noise.bin", content).is(201);

        assertThat(added.at("/name")).isEqualTo("noise.bin");
        assertThat(added.at("/size")).isEqualTo("70000");
        assertThat(added.at("/mediaType")).isEqualTo("application/octet-stream");
        assertThat(added.at("/sha256")).isEqualTo(sha256(content));
        assertThat(added.at("/addedBy")).isEqualTo("anonymous");
        assertThat(added.header("Location")).isEqualTo(files + "/" + added.id());

        Answer read = host.get(added.header("Location")).is(200);
        assertThat(read.body()).isEqualTo(content);
        assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(read.header("Content-Length")).isEqualTo("70000");
        assertThat(read.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"noise.bin\"; filename*=UTF-8''noise.bin");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(read.header("Content-Security-Policy")).contains("sandbox").contains("default-src 'none'");
        assertThat(read.etag()).isEqualTo("\"" + sha256(content) + "\"");

        assertThat(host.get(files).is(200).each("/items", "id")).containsExactly(added.id());
        String ticket = files.replace("/attachments", "");
        assertThat(host.get(ticket).is(200).each("/attachments", "name")).containsExactly("noise.bin");
        assertThat(host.get(ticket + "/history").at("/items/1/changes/0/new")).isEqualTo("[\"noise.bin\"]");
        assertThat(host.get("/tickets/export").text()).contains("\"sha256\":\"" + sha256(content));

        host.delete(added.header("Location")).is(204);
        host.delete(added.header("Location")).is(204);
        host.get(added.header("Location")).isProblem(404, "unknown-ticket");
        assertThat(host.get(files).each("/items", "id")).isEmpty();
    }

    @Test
    void anEvilNameAndAnActiveTypeAreTamed() {
        Answer added = upload(
                        "?name=..%2F..%2Fevil.html", bytes("<script>alert(1)</script>"), "Content-Type", "image/png")
                .is(201);
        assertThat(added.at("/name")).isEqualTo("evil.html");
        assertThat(added.at("/mediaType")).as("by its content").isEqualTo("text/html");

        Answer read = host.get(added.header("Location")).is(200);
        assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(read.header("Content-Disposition")).startsWith("attachment; filename=\"evil.html\"");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");

        Answer form = uploadForm(form("name=\"file\"; filename=\"../../evil.html\"", "text/html", bytes("<b>")));
        assertThat(form.is(201).at("/name")).isEqualTo("evil.html");

        Answer named = upload("?name=%22gr%C3%B6%C3%9Fe%22%0D%0AX-Evil%3A%20yes.txt", bytes("x"))
                .is(201);
        assertThat(named.at("/name")).isEqualTo("\"größe\"X-Evil: yes.txt");
        Answer safe = host.get(named.header("Location")).is(200);
        assertThat(safe.header("X-Evil")).isNull();
        assertThat(safe.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"_gr__e_X-Evil: yes.txt\";"
                        + " filename*=UTF-8''%22gr%C3%B6%C3%9Fe%22X-Evil%3A%20yes.txt");
    }

    @Test
    void namesThatAreNoneAreRefused() throws Exception {
        upload("", bytes("x")).isProblem(400, "invalid-parameter");
        assertThat(upload("?name=..", bytes("x")).isProblem(422, "invalid").at("/errors/0/pointer"))
                .isEqualTo("/name");
        upload("?name=" + "x".repeat(256), bytes("x")).isProblem(422, "invalid");
        upload("?name=x&nmae=y", bytes("x")).isProblem(400, "invalid-parameter");
        assertThat(stored()).isZero();
    }

    @Test
    void elevenMegabytesAreRefusedHoweverTheyCome() throws Exception {
        byte[] large = random(11 << 20);
        assertThat(upload("?name=big.bin", large).isProblem(413, "too-large").at("/limit"))
                .isEqualTo("10485760");
        uploadForm(form("name=\"file\"; filename=\"big.bin\"", "text/plain", large))
                .isProblem(413, "too-large");
        assertThat(chunked("?name=big.bin", large)).startsWith("HTTP/1.1 413 ").contains("\"code\":\"too-large\"");
        assertThat(stored()).isZero();
        assertThat(host.get(files).each("/items", "id")).isEmpty();

        byte[] full = Arrays.copyOf(large, 10 << 20);
        String location = upload("?name=full.bin", full).is(201).header("Location");
        assertThat(host.get(location).body()).isEqualTo(full);
        uploadForm(form("name=\"file\"; filename=\"again.bin\"", "text/plain", full))
                .is(201);
        assertThat(stored()).as("the same bytes are stored once").isEqualTo(1);
    }

    /** The answer to a body that does not say how long it is. */
    private String chunked(String query, byte[] content) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.setSoTimeout(20_000);
            OutputStream output = socket.getOutputStream();
            output.write(("POST " + files + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int at = 0; at < content.length; at += 8_192) {
                int length = Math.min(8_192, content.length - at);
                output.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                output.write(content, at, length);
                output.write('\r');
                output.write('\n');
            }
            output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            output.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theApplicationsOwnLimitForFormsDoesNotCount() {
        restart(
                "spring.servlet.multipart.max-file-size=1KB",
                "spring.servlet.multipart.max-request-size=1KB",
                "spring.mvc.hiddenmethod.filter.enabled=true");
        byte[] content = random(3 << 20);
        // a filter that looks for a parameter makes containers read forms
        Answer added = uploadForm(form("name=\"file\"; filename=\"photo.png\"", "image/png", content))
                .is(201);
        assertThat(host.get(added.header("Location")).body()).isEqualTo(content);
    }

    @Test
    void formsThatAreNoneAreRefused() throws Exception {
        uploadForm(form("name=\"other\"; filename=\"x\"", "text/plain", bytes("x")))
                .isProblem(422, "invalid");
        uploadForm(bytes("--" + BOUNDARY + "--")).isProblem(422, "invalid");
        uploadForm(form("name=\"file\"", "text/plain", bytes("x"))).isProblem(400, "invalid-parameter");
        uploadForm(bytes("nothing of the kind")).isProblem(400, "malformed-request");
        host.sendAsync("POST", files, bytes("x"), "Content-Type", "multipart/form-data")
                .join()
                .isProblem(400, "malformed-request");
        byte[] half = form("name=\"file\"; filename=\"x\"", "text/plain", random(50_000));
        uploadForm(Arrays.copyOf(half, 40_000)).isProblem(400, "malformed-request");
        assertThat(stored()).isZero();
        upload("?name=x", bytes("x"), "Content-Encoding", "gzip").isProblem(415, "unsupported-media-type");
        upload("?name=x", bytes("x"), "Content-Type", "nonsense").isProblem(400, "invalid-header");
    }

    @Test
    void onlyTheTypesThatAreAllowedAreTaken() throws Exception {
        restart("ticketmesh.attachments.media-types=image/*,text/plain", "ticketmesh.attachments.max-size=1KB");
        Answer refused = upload("?name=photo.png", bytes("%PDF-1.7"), "Content-Type", "image/png")
                .isProblem(415, "unsupported-media-type");
        assertThat(refused.at("/mediaType")).isEqualTo("application/pdf");
        assertThat(refused.at("/supported")).isEqualTo("[\"image/*\",\"text/plain\"]");
        upload("?name=a.gif", bytes("GIF89a\u0001\0")).is(201);
        upload("?name=a.txt", bytes("x".repeat(1_025))).isProblem(413, "too-large");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void partsCanBeRead() throws Exception {
        String location =
                upload("?name=digits.txt", bytes("0123456789")).is(201).header("Location");
        String etag = host.get(location).etag();

        Answer part = host.get(location, "Range", "bytes=2-4").is(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(part.header("Content-Length")).isEqualTo("3");
        assertThat(host.get(location, "Range", "bytes=-3").is(206).text()).isEqualTo("789");
        assertThat(host.get(location, "Range", "bytes=8-").is(206).text()).isEqualTo("89");
        assertThat(host.get(location, "Range", "bytes=0-1,4-5").is(200).text()).isEqualTo("0123456789");
        assertThat(host.get(location, "Range", "bytes=10-")
                        .isProblem(416, "range-not-satisfiable")
                        .header("Content-Range"))
                .isEqualTo("bytes */10");

        assertThat(host.get(location, "Range", "bytes=2-4", "If-Range", etag)
                        .is(206)
                        .text())
                .isEqualTo("234");
        assertThat(host.get(location, "Range", "bytes=2-4", "If-Range", "\"other\"")
                        .is(200)
                        .text())
                .isEqualTo("0123456789");
        host.get(location, "If-None-Match", etag).is(304);
        Answer head = host.send("HEAD", location, null).is(200);
        assertThat(head.header("Content-Length")).isEqualTo("10");
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(head.etag()).isEqualTo(etag);

        String empty = upload("?name=empty", new byte[0]).is(201).header("Location");
        assertThat(host.get(empty).is(200).body()).isEmpty();
        host.get(empty, "Range", "bytes=0-").isProblem(416, "range-not-satisfiable");
    }

    @Test
    void aThousandUploadsAtOnceAreAllThere() throws Exception {
        restart("server.tomcat.accept-count=1000"); // else the kernel resets some, where connections are taken slowly
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tickets.add("/tickets/" + host.create("Ticket " + i).id() + "/attachments");
        }
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] content = random(2_000 + i);
            answers.add(host.sendAsync(
                    "POST", tickets.get(i / 20) + "?name=" + i, content, "Content-Type", "application/octet-stream"));
        }
        for (int i = 0; i < 1_000; i++) {
            Answer added = answers.get(i).join().is(201);
            assertThat(host.get(added.header("Location")).is(200).body()).isEqualTo(random(2_000 + i));
        }
        for (String ticket : tickets) {
            assertThat(host.get(ticket).each("/items", "id")).hasSize(20).doesNotHaveDuplicates();
            host.send("POST", ticket + "?name=one-more", "x", "Content-Type", "text/plain")
                    .isProblem(422, "invalid");
        }
        assertThat(stored()).isEqualTo(1_000);
    }

    @Test
    void whenTheDiskIsFullNothingIsKeptAndTicketsAreStillTaken() throws Exception {
        restart("ticketmesh.attachments.min-free=8000000TB");
        upload("?name=x", random(100_000)).isProblem(507, "no-room");
        uploadForm(form("name=\"file\"; filename=\"x\"", "text/plain", random(100_000)))
                .isProblem(507, "no-room");
        assertThat(stored()).isZero();
        assertThat(host.get(files).each("/items", "id")).isEmpty();
        host.post(files.replace("/attachments", "/comments"), "{\"body\":\"Still here\"}")
                .is(201);
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.getOutputStream()
                    .write(("POST " + files + "?name=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n"
                                    + "x".repeat(200_000))
                            .getBytes(StandardCharsets.US_ASCII));
            Waiting.until(() -> {
                try {
                    return stored() == 1;
                } catch (IOException e) {
                    return false;
                }
            });
        }
        Waiting.until(() -> {
            try {
                return stored() == 0;
            } catch (IOException e) {
                return false;
            }
        });
        assertThat(host.get(files).each("/items", "id")).isEmpty();
    }

    @Test
    void aRepeatedUploadIsCarriedOutOnce() {
        String[] key = {"Idempotency-Key", "once"};
        Answer first = upload("?name=x.txt", bytes("x"), key).is(201);
        Answer second = upload("?name=x.txt", bytes("x"), key).is(201);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.id()).isEqualTo(first.id());
        upload("?name=x.txt", bytes("y"), key).isProblem(422, "key-reused");
        assertThat(host.get(files).each("/items", "id")).containsExactly(first.id());
    }

    @Test
    void preconditionsAndDeletedTicketsAreRespected() throws Exception {
        upload("?name=x", bytes("x"), "If-Match", "\"other\"").isProblem(412, "precondition-failed");
        String location = upload("?name=x", bytes("x")).is(201).header("Location");
        String ticket = files.replace("/attachments", "");
        host.delete(ticket).is(204);
        upload("?name=y", bytes("y")).isProblem(410, "deleted");
        host.get(location).isProblem(410, "deleted");
        host.get(location + "?deleted=true").is(200);
        host.get(files + "?deleted=true").is(200);
        host.get(files + "/nonsense").isProblem(410, "deleted");
        host.post(ticket + "/restore", "{}").is(200);
        host.get(files + "/nonsense").isProblem(404, "unknown-ticket");
    }

    @Test
    void settingsThatMakeNoSenseEndTheStart() {
        for (String setting : new String[] {
            "ticketmesh.attachments.max-size=11MB",
            "ticketmesh.attachments.media-types=png",
            "ticketmesh.attachments.min-free=-1B"
        }) {
            assertThatThrownBy(() -> Host.start(setting))
                    .as(setting)
                    .hasStackTraceContaining(setting.substring(0, setting.indexOf('=')));
        }
    }
}
