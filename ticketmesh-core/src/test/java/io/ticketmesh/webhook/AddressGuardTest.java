package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard STRICT = AddressGuard.allowing(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address), true)).contains("no public address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00::1"
            })
    void letsThroughWhatIsPublic(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address), true)).isNull();
    }

    @Test
    void onlyAllowedNetworksAreReachedWithoutTls() throws UnknownHostException {
        AddressGuard guard = AddressGuard.allowing(List.of("10.1.0.0/16", "fd00::/8", "127.0.0.1"));

        assertThat(guard.refusal(InetAddress.getByName("1.1.1.1"), false)).contains("must begin with https");
        assertThat(guard.refusal(InetAddress.getByName("10.1.2.3"), false)).isNull();
        assertThat(guard.refusal(InetAddress.getByName("fd12::1"), true)).isNull();
        assertThat(guard.refusal(InetAddress.getByName("127.0.0.1"), false)).isNull();
        assertThat(guard.refusal(InetAddress.getByName("127.0.0.2"), false)).isNotNull();
        assertThat(guard.refusal(InetAddress.getByName("10.2.0.1"), true)).isNotNull();
        assertThat(guard.refusal(InetAddress.getByName("::ffff:10.1.0.1"), true))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.0/",
                "10.0.0.0/x",
                "::/129",
                "a.example/8",
                "300.0.0.1"
            })
    void namesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> AddressGuard.allowing(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no network");
    }
}
