package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver may do on the other end of the line, and that it costs no more than the time there is. */
@Timeout(60)
class HttpCourierTest {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Duration TWENTY_SECONDS = Duration.ofSeconds(20);
    private static final Map<String, String> HEADERS = new LinkedHashMap<>(Map.of("webhook-id", "one"));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @TempDir
    Path directory;

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** What a receiver does with a connection. */
    @FunctionalInterface
    private interface Script {
        void run(InputStream input, OutputStream output) throws Exception;
    }

    /** A receiver of one connection after the other; gives its port. */
    private int receiver(ServerSocket socket, Script script) {
        open.add(socket);
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket line = socket.accept()) {
                    script.run(line.getInputStream(), line.getOutputStream());
                } catch (Exception over) {
                    continue; // the sender or the test has had enough
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return socket.getLocalPort();
    }

    private int receiver(Script script) throws IOException {
        return receiver(new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1")), script);
    }

    private static Script answering(String answer) {
        return (input, output) -> {
            readRequest(input);
            output.write(answer.getBytes(StandardCharsets.UTF_8));
            output.flush();
        };
    }

    private static String readRequest(InputStream input) throws IOException {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith(new String(BODY, StandardCharsets.UTF_8))) {
            int read = input.read();
            if (read < 0) {
                return request.toString();
            }
            request.append((char) read);
        }
        return request.toString();
    }

    private HttpCourier courier(SSLSocketFactory tls, Duration timeout, String... allowed) {
        HttpCourier courier = new HttpCourier(AddressGuard.allowing(List.of(allowed)), () -> tls, timeout);
        open.add(courier);
        return courier;
    }

    private Reception send(String url, Duration timeout, String... allowed) {
        SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return courier(tls, timeout, allowed).carry(WebhookUrl.parse(url), HEADERS, BODY);
    }

    private Reception send(int port) {
        return send(port, TWENTY_SECONDS);
    }

    private Reception send(int port, Duration timeout) {
        return send("http://127.0.0.1:" + port + "/hooks?a=b", timeout, "127.0.0.0/8");
    }

    @Test
    void postsWhatItIsGiven() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        int port = receiver((input, output) -> {
            heard.complete(readRequest(input));
            output.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nThanks".getBytes(StandardCharsets.UTF_8));
        });

        Reception reception = send(port);

        assertThat(heard.get(20, TimeUnit.SECONDS))
                .isEqualTo("POST /hooks?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nwebhook-id: one\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1}");
        assertThat(reception.status()).isEqualTo(200);
        assertThat(reception.accepted()).isTrue();
        assertThat(reception.body()).isEqualTo("Thank");
        assertThat(reception.error()).isNull();
    }

    @Test
    void readsChunksInterimAnswersAndWishes() throws Exception {
        Reception reception = send(receiver(answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nRETRY-AFTER: 120\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "4;x=y\r\nCome\r\n6\r\n later\r\n0\r\n\r\n")));

        assertThat(reception.status()).isEqualTo(503);
        assertThat(reception.body()).isEqualTo("Come later");
        assertThat(reception.retryAfterMillis()).isEqualTo(120_000);
    }

    @Test
    void followsNoRedirect() throws Exception {
        int elsewhere = receiver(answering("HTTP/1.1 200 OK\r\n\r\n"));

        Reception reception = send(
                receiver(answering("HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:" + elsewhere + "/\r\n\r\n")));

        assertThat(reception.status()).isEqualTo(307);
        assertThat(reception.accepted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 99\r\n\r\n", ""})
    void whatIsNoAnswerIsAFailure(String nonsense) throws Exception {
        Reception reception = send(receiver(answering(nonsense)));

        assertThat(reception.status()).isZero();
        assertThat(reception.error()).isNotBlank();
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws Exception {
        Reception reception = send(receiver((input, output) -> {
            readRequest(input);
            output.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                output.write("X-Filler: 0123456789\r\n".getBytes(StandardCharsets.UTF_8));
            }
        }));

        assertThat(reception.error()).contains("too long");
    }

    @Test
    void aBodyWithoutEndIsNotReadToIt() throws Exception {
        Reception reception = send(receiver((input, output) -> {
            readRequest(input);
            output.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                output.write(new byte[8192]);
            }
        }));

        assertThat(reception.accepted()).isTrue();
        assertThat(reception.body()).hasSize(1_000);
    }

    @Test
    void onePoorByteAfterTheOtherDoesNotBuyTime() throws Exception {
        int port = receiver((input, output) -> {
            readRequest(input);
            for (byte each : ("HTTP/1.1 200 OK\r\nX-Filler: " + "x".repeat(200)).getBytes(StandardCharsets.UTF_8)) {
                output.write(each);
                output.flush();
                end.await(200, TimeUnit.MILLISECONDS);
            }
        });
        long begin = System.nanoTime();
        Reception reception = send(port, Duration.ofSeconds(1));

        assertThat(reception.error()).isEqualTo("There was no answer within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TWENTY_SECONDS);
    }

    @Test
    void oneThatTakesNothingDoesNotHoldUpTheSender() throws Exception {
        int port = receiver((input, output) -> end.await());
        HttpCourier courier =
                courier((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(1), "127.0.0.0/8");

        Reception reception = courier.carry(WebhookUrl.parse("http://127.0.0.1:" + port), HEADERS, new byte[64 << 20]);

        assertThat(reception.error()).isEqualTo("There was no answer within 1 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://2130706433:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://0.0.0.0:%d/"
            })
    void noSpellingOfAForbiddenAddressIsConnectedTo(String url) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        int port = receiver((input, output) -> connected.countDown());

        Reception reception = send(String.format(url, port), TWENTY_SECONDS);

        assertThat(reception.error()).isNotNull();
        assertThat(connected.getCount()).isEqualTo(1);
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }

        assertThat(send(port).error()).startsWith("No connection");
    }

    @Test
    void aCertificateMustBeOfTheNameAlthoughTheAddressIsConnectedTo() throws Exception {
        SSLContext context = selfSigned("localhost");
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        int port = receiver(socket, answering("HTTP/1.1 204 Fine\r\n\r\n"));
        HttpCourier courier = courier(context.getSocketFactory(), TWENTY_SECONDS, "127.0.0.0/8", "::1");

        Reception named = courier.carry(WebhookUrl.parse("https://localhost:" + port), HEADERS, BODY);
        Reception unnamed = courier.carry(WebhookUrl.parse("https://127.0.0.1:" + port), HEADERS, BODY);
        Reception unknown = send("https://localhost:" + port, TWENTY_SECONDS, "127.0.0.0/8", "::1");

        assertThat(named.error()).isNull();
        assertThat(named.status()).isEqualTo(204);
        assertThat(unnamed.error()).startsWith("TLS failed");
        assertThat(unknown.error()).startsWith("TLS failed");
    }

    /** A context that has, and trusts, a certificate made for this test. */
    private SSLContext selfSigned(String name) throws Exception {
        Path file = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process making = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(making.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            keys.load(input, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
