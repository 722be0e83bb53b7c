package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.seal.ClusterName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a registry, from a program and from the command line. */
class RegistryOptionsTest {
    private static final String SECRET = "correct horse battery";

    @Test
    void withoutASecretAllStaysOnThisMachine() {
        RegistryOptions options = RegistryOptions.of("helpdesk", settings -> settings);

        assertThat(options.bindAddress().isLoopbackAddress()).isTrue();
        assertThat(options.multicast()).isFalse();
        assertThat(options.hasSecret()).isFalse();
        assertThat(options.registries()).containsExactly(new HostPorts("127.0.0.1", 7_840, 7_849));
        refuses(
                settings -> settings.bindAddress(address("10.1.2.3")),
                "10.1.2.3, which others can reach: set a secret");
        refuses(settings -> settings.bindAddress(address("0.0.0.0")), "set a secret");
    }

    @Test
    void withASecretOthersAreReached() {
        RegistryOptions options = RegistryOptions.of(
                "helpdesk", settings -> settings.secret(SECRET).registries(List.of("one.example", "two.example:99")));

        assertThat(options.bindAddress().isAnyLocalAddress()).isTrue();
        assertThat(options.multicast()).isTrue();
        assertThat(options.registries())
                .containsExactly(
                        new HostPorts("one.example", 7_840, 7_849),
                        new HostPorts("two.example", 99, 99),
                        new HostPorts("127.0.0.1", 7_840, 7_849));
        assertThat(options.toString()).contains("helpdesk").doesNotContain("horse");
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        refuses(settings -> settings.secret("too short"), "at least 16");
        refuses(settings -> settings.previousSecret(SECRET), "previous secret");
        refuses(settings -> settings.port(-1), "port must be 0 to 65535, not -1");
        refuses(settings -> settings.port(65_536), "65536");
        refuses(settings -> settings.portRange(101), "port range");
        refuses(settings -> settings.registries(List.of("a:x")), "'a:x'");
        refuses(settings -> settings.packetsPerSecond(0), "packets per second");
        assertThatThrownBy(() -> RegistryOptions.of("help desk", settings -> settings))
                .hasMessageContaining("help desk");
    }

    @ParameterizedTest
    @CsvSource({
        "one, one, 7840, 7849",
        "one:1, one, 1, 1",
        "' 10.0.0.1:99 ', 10.0.0.1, 99, 99",
        "[::1]:99, ::1, 99, 99",
        "[::1], ::1, 7840, 7849",
        "::1, ::1, 7840, 7849"
    })
    void aPlaceIsAHostAndPerhapsAPort(String text, String host, int first, int last) {
        assertThat(HostPorts.parse(text, 7_840, 7_849)).isEqualTo(new HostPorts(host, first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "a:", "a:0", "a:65536", "a:x"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> HostPorts.parse(text, 7_840, 7_849)).hasMessageContaining("'" + text + "'");
    }

    @Test
    void eachClusterHasItsOwnGroupOnTheLink() {
        Set<InetSocketAddress> groups = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            InetSocketAddress group = LinkGroup.of(new ClusterName("cluster-" + i), address("127.0.0.1"));
            assertThat(group.getAddress().isMulticastAddress()).isTrue();
            assertThat(group.getPort()).isBetween(10_000, 19_999);
            groups.add(group);
        }
        assertThat(groups).hasSize(500);
        assertThat(LinkGroup.of(new ClusterName("helpdesk"), address("::1"))
                        .getAddress()
                        .isMulticastAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "host:80",
                "http:///path",
                "http://user@host",
                "http://host?query",
                "http://host#part",
                "http://host:0",
                "/only/a/path"
            })
    void whatIsNoServerAddressIsRefused(String text) {
        assertThatThrownBy(() -> Instance.of(new NodeId(1, 2), 3).withHttp(URI.create(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http");
    }

    @Test
    void anInstanceHasItsLimits() {
        Instance instance = Instance.of(new NodeId(1, 2), 3);

        assertThat(instance.withMeta("ä".repeat(128)).meta()).hasSize(128);
        assertThatThrownBy(() -> instance.withMeta("ä".repeat(129))).hasMessageContaining("meta");
        assertThatThrownBy(() -> instance.withZone("z".repeat(65))).hasMessageContaining("zone");
        assertThatThrownBy(() -> instance.withHttp(URI.create("http://h/" + "p".repeat(247))))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> instance.withMesh(InetSocketAddress.createUnresolved("nowhere", 1)))
                .hasMessageContaining("mesh");
        assertThat(instance.withHttp(URI.create("http://[::]:8080/x"))
                        .seenFrom(address("2001:db8::1"))
                        .http())
                .isEqualTo(URI.create("http://[2001:db8:0:0:0:0:0:1]:8080/x"));
    }

    @Test
    void theCommandLineAndTheEnvironmentSayTheSame(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        RegistryOptions options = main(
                Map.of("TICKETMESH_REGISTRY_CLUSTER", "helpdesk", "TICKETMESH_REGISTRY_PORT", "1"),
                "--port=7900",
                "--bind=127.0.0.1",
                "--multicast=true",
                "--secret-file=" + file);

        assertThat(options.cluster()).isEqualTo(new ClusterName("helpdesk"));
        assertThat(options.port()).isEqualTo(7_900);
        assertThat(options.portRange()).isZero();
        assertThat(options.multicast()).isTrue();
        assertThat(options.hasSecret()).isTrue();
        assertThat(main(Map.of("TICKETMESH_REGISTRY_SECRET", SECRET), "--cluster=a")
                        .hasSecret())
                .isTrue();
        assertThat(main(Map.of(), "--cluster=a").hasSecret()).isFalse();
    }

    @Test
    void theCommandLineNamesTheCulprit(@TempDir Path directory) throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "");

        assertThat(complaint(Map.of())).startsWith("2 --cluster is missing");
        assertThat(complaint(Map.of(), "--cluster=help desk")).contains("'help desk'");
        assertThat(complaint(Map.of(), "--cluster=a", "--port=x")).contains("--port must be a number, not 'x'");
        assertThat(complaint(Map.of(), "--cluster=a", "--multicast=x")).contains("--multicast must be true or false");
        assertThat(complaint(Map.of(), "--cluster=a", "--colour=red")).contains("'--colour=red'");
        assertThat(complaint(Map.of(), "--cluster=a", "help")).contains("'help'");
        assertThat(complaint(Map.of(), "--cluster=a", "--secret=" + SECRET))
                .contains("TICKETMESH_REGISTRY_SECRET")
                .doesNotContain("horse");
        assertThat(complaint(Map.of(), "--cluster=a", "--bind=10.0.0.1")).contains("10.0.0.1", "set a secret");
        assertThat(complaint(Map.of(), "--cluster=a", "--secret-file=" + empty)).contains("at least 16");
        assertThat(complaint(Map.of(), "--cluster=a", "--secret-file=" + directory.resolve("absent")))
                .contains("--secret-file cannot be read");
        assertThat(complaint(Map.of("TICKETMESH_REGISTRY_SECRET", SECRET), "--cluster=a", "--secret-file=" + empty))
                .contains("both set");
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(complaint(Map.of(), "--cluster=a", "--port=" + taken.getLocalPort()))
                    .startsWith("1 ")
                    .contains("127.0.0.1:" + taken.getLocalPort(), "finds no port to bind");
        }
    }

    private static RegistryOptions main(Map<String, String> environment, String... arguments) {
        return RegistryMain.options(arguments, environment::get);
    }

    private static String complaint(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        int status = RegistryMain.start(arguments, environment::get, stream, stream);
        return status + " " + errors.toString(StandardCharsets.UTF_8);
    }

    private static void refuses(UnaryOperator<RegistryOptions.Builder> settings, String text) {
        assertThatThrownBy(() -> RegistryOptions.of("helpdesk", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
