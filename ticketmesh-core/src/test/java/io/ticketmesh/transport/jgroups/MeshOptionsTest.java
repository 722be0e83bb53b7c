package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MulticastGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshOptionsTest {
    private static final String SECRET = "correct horse battery";

    @Test
    void aNameAloneKeepsTheMeshOnThisMachine() {
        MeshOptions options = MeshOptions.of("helpdesk", settings -> settings);

        assertThat(options.bindAddress().isLoopbackAddress()).isTrue();
        assertThat(options.bindPort()).isEqualTo(7_810);
        assertThat(options.portRange()).isEqualTo(20);
        assertThat(options.discovery()).isEqualTo(Discovery.MULTICAST);
        assertThat(options.hasSecret()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "192.168.7.7", "0.0.0.0", "8.8.8.8", "fd00::1"})
    void withoutASecretNoOtherAddressIsBound(String address) {
        refuses(settings -> settings.bindAddress(address(address)), "ticketmesh.mesh.secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void withoutASecretLoopbackIsBound(String address) {
        assertThat(MeshOptions.of("helpdesk", settings -> settings.bindAddress(address(address)))
                        .bindAddress())
                .isEqualTo(address(address));
    }

    @Test
    void withASecretTheNetworkIsBound() {
        MeshOptions options =
                MeshOptions.of("helpdesk", settings -> settings.secret(SECRET).bindAddress(address("10.1.2.3")));
        MeshOptions chosen = MeshOptions.of("helpdesk", settings -> settings.secret(SECRET));

        assertThat(options.hasSecret()).isTrue();
        assertThat(chosen.bindAddress())
                .matches(address -> address.isSiteLocalAddress() || address.isLoopbackAddress());
        assertThat(options.keys().mesh().id())
                .isNotEqualTo(MeshOptions.of("helpdesk", settings -> settings)
                        .keys()
                        .mesh()
                        .id());
        refuses(settings -> settings.secret(SECRET).bindAddress(address("0.0.0.0")), "ticketmesh.mesh.bind-address");
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        refuses(settings -> settings.secret("too short"), "ticketmesh.mesh.secret must have at least 16");
        refuses(settings -> settings.secret(SECRET).previousSecret("too short"), "ticketmesh.mesh.previous-secret");
        refuses(settings -> settings.previousSecret(SECRET), "ticketmesh.mesh.secret, which is not set");
        refuses(settings -> settings.bindPort(65_536), "ticketmesh.mesh.bind-port");
        refuses(settings -> settings.bindPort(-1), "ticketmesh.mesh.bind-port");
        refuses(settings -> settings.portRange(-1), "ticketmesh.mesh.port-range");
        refuses(settings -> settings.discovery(Discovery.STATIC), "ticketmesh.mesh.members");
        refuses(settings -> settings.members(List.of("a:1")), "ticketmesh.mesh.discovery=static");
        refuses(settings -> settings.discovery(Discovery.STATIC).members(List.of("a:b")), "'a:b'");
        refuses(settings -> settings.discovery(Discovery.DNS).members(List.of("a:1")), "ticketmesh.mesh.members");
        refuses(settings -> settings.discovery(Discovery.DNS).members(List.of("a", "b")), "one host name");
        refuses(
                settings ->
                        settings.discovery(Discovery.DNS).members(List.of("a")).bindPort(0),
                "bind-port");
        refuses(
                settings -> settings.discovery(Discovery.REGISTRY).members(List.of("a:1")),
                "ticketmesh.mesh.discovery=static");
        assertThatThrownBy(() -> MeshOptions.of("help desk", settings -> settings))
                .hasMessageContaining("ticketmesh.mesh.cluster");
    }

    @Test
    void aRegistryMayBeGivenLater() throws Exception {
        MeshOptions options =
                MeshOptions.of("helpdesk", settings -> settings.secret(SECRET).discovery(Discovery.REGISTRY));

        MeshOptions complete = options.withRegistry(List::of);

        assertThat(options.hasRegistry()).isFalse();
        assertThat(complete.hasRegistry()).isTrue();
        assertThat(complete).hasToString(options.toString());
        assertThatThrownBy(() -> Mesh.of(options, Tuning.STANDARD)).hasMessageContaining("needs a registry");
    }

    @Test
    void podsUseOnePort() {
        MeshOptions options = MeshOptions.of(
                "helpdesk", settings -> settings.discovery(Discovery.DNS).members(List.of("helpdesk.local")));

        assertThat(options.portRange()).isZero();
    }

    @Test
    void secretsAreNotPrinted() {
        MeshOptions options =
                MeshOptions.of("helpdesk", settings -> settings.secret(SECRET).previousSecret(SECRET + "2"));

        assertThat(options.toString()).contains("helpdesk").doesNotContain("horse");
    }

    @Test
    void eachClusterHasItsOwnGroup() {
        InetAddress loopback = BindAddress.loopback();
        Set<MulticastGroup> groups = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            MulticastGroup group = MeshGroup.of(new ClusterName("cluster-" + i), loopback);
            groups.add(group);
            assertThat(group.address().isMulticastAddress()).isTrue();
            assertThat(group.address().getHostAddress()).matches("239\\.19[2-5]\\..*");
            assertThat(group.port()).isBetween(20_000, 31_999);
        }
        assertThat(groups).hasSize(500);
        assertThat(MeshGroup.of(new ClusterName("helpdesk"), address("::1"))
                        .address()
                        .isMulticastAddress())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "one, one, 7810",
        "one:1, one, 1",
        "' 10.0.0.1:99 ', 10.0.0.1, 99",
        "[::1]:99, ::1, 99",
        "[::1], ::1, 7810",
        "::1, ::1, 7810"
    })
    void aMemberIsAHostAndPerhapsAPort(String text, String host, int port) {
        assertThat(HostPort.parse(text, 7_810)).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "a:", "a:0", "a:65536", "a:x"})
    void anythingElseIsNoMember(String text) {
        assertThatThrownBy(() -> HostPort.parse(text, 7_810)).hasMessageContaining("ticketmesh.mesh.members");
    }

    private static void refuses(UnaryOperator<MeshOptions.Builder> settings, String text) {
        assertThatThrownBy(() -> MeshOptions.of("helpdesk", settings))
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
