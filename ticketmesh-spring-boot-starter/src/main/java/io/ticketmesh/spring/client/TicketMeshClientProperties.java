package io.ticketmesh.spring.client;

import io.ticketmesh.client.Server;
import io.ticketmesh.registry.RegistryOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the client in this application. Immutable.
 *
 * @param servers Servers that the client calls, with the path before that of the tickets, as in https://desk.example/one. Either
 *     these or a cluster. Empty: there is a client only if a cluster is set.
 * @param cluster Name of the mesh whose registries tell the client its servers. Nothing else has to be set on the machine of the
 *     servers. Not set: the servers are listed.
 * @param secret Secret of the mesh. Not set: only registries on this machine are asked.
 * @param previousSecret Second secret whose packets are accepted too, while the secret is exchanged. Not set: there is one.
 * @param bindAddress Address of this machine from which registries are asked. By default, any when there is a secret, else loopback.
 * @param registryAddresses Where registries are, as host:port, or host for all ports of the range. Those of this machine, and with a
 *     secret those of the link, are found besides. Empty: only these.
 * @param registryPort First UDP port that registries of the mesh use.
 * @param registryPortRange How many further ports they use on one machine.
 * @param serviceId Name under which Spring Cloud knows the servers of the mesh, where it is present. By default, that of the cluster.
 * @param bearerToken Token that is sent as 'Authorization: Bearer' with every request. Not set: none is sent.
 * @param ticketsPath Path of the tickets on the servers.
 * @param systemPath Path of the endpoints about the servers themselves.
 * @param callTimeout How long a call may take with all its attempts. Too short: it fails although the next server would have
 *     answered. Too long: callers wait for servers that do not come back.
 * @param attemptTimeout How long one server may take before the next is asked. Too short: slow servers are left alone, and work is done
 *     twice. Too long: a server that hangs holds up the calls that it gets.
 * @param maxAttempts Most attempts of a call, the first included. Too small: it fails although another server is well. Too large: it
 *     goes on until its time is over.
 * @param maxCalls Most calls under way at once; further ones are refused. Too small: bursts are refused. Too large: they pile up when
 *     servers are slow.
 */
@ConfigurationProperties("ticketmesh.client")
public record TicketMeshClientProperties(
        @DefaultValue List<URI> servers,
        @Nullable String cluster,
        @Nullable String secret,
        @Nullable String previousSecret,
        @Nullable String bindAddress,
        @DefaultValue List<String> registryAddresses,
        @DefaultValue("7840") int registryPort,
        @DefaultValue("9") int registryPortRange,
        @Nullable String serviceId,
        @Nullable String bearerToken,
        @DefaultValue("/tickets") String ticketsPath,
        @DefaultValue("/ticketmesh") String systemPath,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("5s") Duration attemptTimeout,
        @DefaultValue("10") int maxAttempts,
        @DefaultValue("256") int maxCalls) {
    private static final String PREFIX = "ticketmesh.client.";
    private static final int MIN_SECRET_CHARS = 16;

    public TicketMeshClientProperties {
        servers = List.copyOf(servers);
        registryAddresses = List.copyOf(registryAddresses);
        cluster = textOrNull(cluster);
        secret = textOrNull(secret);
        previousSecret = textOrNull(previousSecret);
        bindAddress = textOrNull(bindAddress);
        serviceId = textOrNull(serviceId);
        bearerToken = textOrNull(bearerToken);
        require(
                servers.isEmpty() || cluster == null,
                "ticketmesh.client.servers and ticketmesh.client.cluster are both set; the servers of a cluster are those that its registries list");
        require(
                cluster != null || (secret == null && registryAddresses.isEmpty()),
                "ticketmesh.client.secret and ticketmesh.client.registry-addresses need ticketmesh.client.cluster");
        requireLong("secret", secret);
        requireLong("previous-secret", previousSecret);
        servers.forEach(TicketMeshClientProperties::requireServer);
        require(
                registryPort > 0 && registryPort <= 65_535,
                PREFIX + "registry-port is " + registryPort + ", it must be 1 to 65535");
        requirePositive("call-timeout", callTimeout);
        requirePositive("attempt-timeout", attemptTimeout);
        require(maxAttempts > 0, PREFIX + "max-attempts is " + maxAttempts + ", it must be positive");
        require(maxCalls > 0, PREFIX + "max-calls is " + maxCalls + ", it must be positive");
        requirePath("tickets-path", ticketsPath);
        requirePath("system-path", systemPath);
        RegistryOptions unused = registry(
                cluster, secret, previousSecret, bindAddress, registryPort, registryPortRange, registryAddresses);
    }

    /** How the registries of the cluster are found; null without cluster. */
    public @Nullable RegistryOptions registry() {
        return registry(
                cluster, secret, previousSecret, bindAddress, registryPort, registryPortRange, registryAddresses);
    }

    private static @Nullable RegistryOptions registry(
            @Nullable String cluster,
            @Nullable String secret,
            @Nullable String previousSecret,
            @Nullable String bindAddress,
            int port,
            int portRange,
            List<String> addresses) {
        if (cluster == null) {
            return null;
        }
        try {
            InetAddress address = bindAddress == null ? null : InetAddress.getByName(bindAddress);
            return RegistryOptions.of(
                    cluster,
                    options -> options.secret(secret)
                            .previousSecret(previousSecret)
                            .bindAddress(address)
                            .port(port)
                            .portRange(portRange)
                            .registries(addresses));
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    PREFIX + "bind-address is '" + bindAddress + "', which is no address of any host", unknown);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("Below ticketmesh.client: " + refused.getMessage(), refused);
        }
    }

    /** All settings but the secrets. */
    @Override
    public String toString() {
        return "TicketMeshClientProperties[servers=" + servers + ", cluster=" + cluster + ", secret=" + shown(secret)
                + ", previousSecret=" + shown(previousSecret) + ", bindAddress=" + bindAddress + ", registryAddresses="
                + registryAddresses + ", registryPort=" + registryPort + ", registryPortRange=" + registryPortRange
                + ", serviceId=" + serviceId + ", bearerToken=" + shown(bearerToken) + ", ticketsPath=" + ticketsPath
                + ", systemPath=" + systemPath + ", callTimeout=" + callTimeout + ", attemptTimeout=" + attemptTimeout
                + ", maxAttempts=" + maxAttempts + ", maxCalls=" + maxCalls + "]";
    }

    private static String shown(@Nullable String secret) {
        return secret == null ? "none" : "set";
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void requireLong(String name, @Nullable String secret) {
        require(
                secret == null || secret.length() >= MIN_SECRET_CHARS,
                PREFIX + name + " must have at least " + MIN_SECRET_CHARS + " characters");
    }

    private static void requireServer(URI address) {
        try {
            Server unused = Server.at(address);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(PREFIX + "servers: " + refused.getMessage(), refused);
        }
    }

    private static void requirePath(String name, String path) {
        require(
                path.matches("(/[A-Za-z0-9._~-]+)+"),
                PREFIX + name + " is '" + path + "'; it must begin with a slash and not end with one");
    }

    private static void requirePositive(String name, Duration duration) {
        require(
                !duration.isNegative() && !duration.isZero() && duration.compareTo(Duration.ofDays(1)) <= 0,
                PREFIX + name + " is " + duration + ", it must be positive and at most a day");
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
