package io.ticketmesh.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class HttpAddressTest {
    private final MockEnvironment settings = new MockEnvironment().withProperty("local.server.port", "8080");

    private String address() {
        return String.valueOf(HttpAddress.of(settings, ""));
    }

    @Test
    void aWebServerOnAllAddressesLeavesItsHostOpen() {
        assertThat(address()).isEqualTo("http://0.0.0.0:8080");
        assertThat(HttpAddress.of(settings.withProperty("server.address", "::"), "/acme"))
                .isEqualTo(URI.create("http://0.0.0.0:8080/acme"));
    }

    @Test
    void oneOnASingleAddressIsThere() {
        settings.setProperty("server.address", "10.0.0.7");
        assertThat(address()).isEqualTo("http://10.0.0.7:8080");
        settings.setProperty("server.address", "::1");
        assertThat(address()).isEqualTo("http://[0:0:0:0:0:0:0:1]:8080");
    }

    @Test
    void aCertificateMeansTlsUnlessItIsSwitchedOff() {
        settings.setProperty("server.ssl.bundle", "desk");
        assertThat(address()).isEqualTo("https://0.0.0.0:8080");
        settings.setProperty("server.ssl.enabled", "false");
        assertThat(address()).isEqualTo("http://0.0.0.0:8080");
    }

    @Test
    void withoutAWebServerThereIsNone() {
        assertThat(HttpAddress.of(new MockEnvironment(), "")).isNull();
        assertThat(HttpAddress.of(new MockEnvironment().withProperty("local.server.port", "-1"), ""))
                .isNull();
    }

    @Test
    void pathsAreJoinedAsTheServletsAre() {
        assertThat(HttpAddress.path("", settings)).isEmpty();
        settings.setProperty("spring.mvc.servlet.path", "/");
        assertThat(HttpAddress.path("/acme", settings)).isEqualTo("/acme");
        settings.setProperty("spring.mvc.servlet.path", "api/");
        assertThat(HttpAddress.path("/acme", settings)).isEqualTo("/acme/api");
    }
}
