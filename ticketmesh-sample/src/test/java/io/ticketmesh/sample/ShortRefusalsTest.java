package io.ticketmesh.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;

class ShortRefusalsTest {
    @Import(ShortRefusals.class)
    @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
    static class NothingButAServer {}

    @Test
    void whatIsNoHttpIsRefusedWithAStatusAndNoPage() throws IOException {
        try (ServletWebServerApplicationContext server = (ServletWebServerApplicationContext)
                SpringApplication.run(NothingButAServer.class, "--server.address=127.0.0.1", "--server.port=0")) {
            assertThat(answerTo("\1\2\3 rubbish\r\n\r\n", server.getWebServer().getPort()))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Content-Length: 0")
                    .endsWith("\r\n\r\n");
        }
    }

    private static String answerTo(String request, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
