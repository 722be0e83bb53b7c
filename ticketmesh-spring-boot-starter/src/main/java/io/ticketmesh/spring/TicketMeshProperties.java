package io.ticketmesh.spring;

import io.ticketmesh.attachment.AttachmentOptions;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.transport.jgroups.Discovery;
import io.ticketmesh.webhook.WebhookOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the node in this application. Immutable.
 *
 * @param enabled Whether the application is a node. If false nothing is created: no file, no thread, no endpoint.
 * @param storage Where tickets are kept: in the data directory, or in memory only, where they are lost when the application ends.
 * @param dataDir Directory of the tickets, created when absent; one application at a time can use it. Never put it where files are
 *     cleaned up. By default, the directory 'ticketmesh' below the working directory, and in it one named like the application.
 * @param readOnly Whether all writes are refused. Reads go on.
 * @param systemPath Path of the endpoints about the node itself. Begins with a slash and does not end with one.
 * @param rest The REST endpoints.
 * @param console The page where people work with tickets.
 * @param mesh How the node meets others. Nothing set: it is alone and opens no socket.
 * @param registry How the node is found by clients, and by members that cannot be reached by multicast. Means nothing without a mesh.
 * @param applicationEvents What happens to tickets, for listeners of the application.
 * @param attachments The files that are attached to tickets.
 * @param webhooks How other systems are told what happens to tickets.
 * @param workflow The states, resolutions and types of tickets.
 */
@ConfigurationProperties("ticketmesh")
public record TicketMeshProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("directory") Storage storage,
        @Nullable Path dataDir,
        @DefaultValue("false") boolean readOnly,
        @DefaultValue("/ticketmesh") String systemPath,
        @DefaultValue Rest rest,
        @DefaultValue Console console,
        @DefaultValue Mesh mesh,
        @DefaultValue Registry registry,
        @DefaultValue ApplicationEvents applicationEvents,
        @DefaultValue Attachments attachments,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Workflow workflow) {

    public TicketMeshProperties {
        requirePath("ticketmesh.system-path", systemPath);
        if (systemPath.equals(rest.path()) || rest.path().startsWith(systemPath + "/")) {
            throw new IllegalArgumentException(
                    "ticketmesh.system-path and ticketmesh.rest.path must not be the same, or the second within the first");
        }
        require(
                mesh.enabled() || registry.addresses().isEmpty(),
                "ticketmesh.registry.addresses is set, but no mesh to be found: set ticketmesh.mesh.cluster too");
    }

    /** Where tickets are kept. */
    public enum Storage {
        /** In the data directory. */
        DIRECTORY,
        /** In memory: lost when the application ends. For tests and trials. */
        MEMORY
    }

    /** Who may call the endpoints of an application without Spring Security. */
    public enum Access {
        /** Callers on the same machine, or, with a token, whoever knows it. */
        LOOPBACK,
        /** Everybody who reaches the application. */
        OPEN
    }

    /**
     * The REST endpoints.
     *
     * @param enabled Whether a servlet application answers the REST endpoints.
     * @param path Path of the tickets. Begins with a slash and does not end with one.
     * @param access Who may call the endpoints, in an application without Spring Security: callers on the same machine, or
     *     everybody. With Spring Security its rules decide, and this setting and the token mean nothing.
     * @param token Secret that callers must send as 'Authorization: Bearer', in an application without Spring Security. Once it is
     *     set all callers need it, those on the same machine too. Use at least 32 random characters. Not set: the access decides.
     * @param anonymousName Actor of callers whom nobody authenticated; at most 128 characters.
     * @param maxBody Largest body of a request in JSON. Too small: long descriptions are refused. Too large: one caller can take
     *     that much memory, several times over.
     * @param maxImport Largest body of an import, which is read as a stream. Too small: an archive must be cut up. Too large: one
     *     caller can keep the node busy for long.
     * @param writeTimeout How long a request waits for its write before it is answered with 503. Too short: writes that are kept are
     *     reported as uncertain. Too long: requests pile up behind a slow disk.
     * @param readWait How long a request that brings TicketMesh-Version waits until this node holds as much, before it is carried
     *     out with what is there and the answer says so. Too short: clients that change nodes often read less than they wrote. Too
     *     long: requests pile up while the other node is cut off.
     * @param ackTimeout How long a write that asks for TicketMesh-Acks waits for other members, before it is answered with 503
     *     although it is kept. Too short: a member that is only busy counts as missing. Too long: requests pile up while one is
     *     cut off.
     * @param requireIfMatch Whether PATCH and DELETE are answered with 428 unless they say which state of the ticket they mean.
     * @param events The streams of events.
     * @param roles Who is what at the help desk.
     */
    public record Rest(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/tickets") String path,
            @DefaultValue("loopback") Access access,
            @Nullable String token,
            @DefaultValue("anonymous") String anonymousName,
            @DefaultValue("1MB") DataSize maxBody,
            @DefaultValue("64MB") DataSize maxImport,
            @DefaultValue("10s") Duration writeTimeout,
            @DefaultValue("500ms") Duration readWait,
            @DefaultValue("5s") Duration ackTimeout,
            @DefaultValue("false") boolean requireIfMatch,
            @DefaultValue Events events,
            @DefaultValue Roles roles) {

        public Rest {
            requirePath("ticketmesh.rest.path", path);
            if (token != null && token.isBlank()) {
                token = null;
            }
            if (anonymousName.isBlank() || anonymousName.length() > 128) {
                throw new IllegalArgumentException("ticketmesh.rest.anonymous-name must have 1 to 128 characters");
            }
            requirePositive("ticketmesh.rest.max-body", maxBody);
            requirePositive("ticketmesh.rest.max-import", maxImport);
            requirePositive("ticketmesh.rest.write-timeout", writeTimeout);
            requirePositive("ticketmesh.rest.ack-timeout", ackTimeout);
            if (readWait.isNegative()) {
                throw new IllegalArgumentException(
                        "ticketmesh.rest.read-wait is " + readWait + ", it must not be negative");
            }
        }

        /** All settings but the secret. */
        @Override
        public String toString() {
            return "Rest[enabled=" + enabled + ", path=" + path + ", access=" + access + ", token="
                    + (token == null ? "none" : "set") + ", anonymousName=" + anonymousName + ", maxBody=" + maxBody
                    + ", maxImport=" + maxImport + ", writeTimeout=" + writeTimeout + ", readWait="
                    + readWait + ", ackTimeout=" + ackTimeout + ", requireIfMatch=" + requireIfMatch
                    + ", events=" + events + ", roles=" + roles + "]";
        }
    }

    /**
     * Who is what at the help desk. Without any, whoever may call may do everything; with one, who has no role may do nothing. Each is
     * made by authorities of Spring Security, those beginning with ROLE_ also without that, or by roles that the web server knows.
     *
     * @param reader Authorities of those who see all tickets, without internal comments; '*' for everybody who may call. Empty: nobody.
     * @param reporter Authorities of those who write tickets and public comments, and see only tickets that they created, reported or
     *     watch, without internal comments; '*' for everybody who may call. Empty: nobody.
     * @param agent Authorities of those who work on all tickets, and see and write internal comments; '*' for everybody who may call. Empty: nobody.
     * @param admin Authorities of those who do everything, with removing for good, import, webhooks, and taking members out of the mesh; '*' for
     *     everybody who may call. Empty: nobody.
     */
    public record Roles(
            @DefaultValue List<String> reader,
            @DefaultValue List<String> reporter,
            @DefaultValue List<String> agent,
            @DefaultValue List<String> admin) {
        /** Nobody has a role, and everybody may do everything. */
        public static final Roles NONE = new Roles(List.of(), List.of(), List.of(), List.of());

        public Roles {
            reader = named("reader", reader);
            reporter = named("reporter", reporter);
            agent = named("agent", agent);
            admin = named("admin", admin);
        }

        private static List<String> named(String role, List<String> authorities) {
            require(
                    authorities.stream().noneMatch(String::isBlank),
                    "ticketmesh.rest.roles." + role + " has a blank entry");
            return List.copyOf(authorities);
        }

        /** Whether roles decide. */
        public boolean configured() {
            return !names().isEmpty();
        }

        /** All authorities that make a role. */
        public List<String> names() {
            return Stream.of(reader, reporter, agent, admin)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /**
     * The streams of events.
     *
     * @param maxStreams Most streams at once; further ones are answered with 503. Too small: readers are turned away. Too large: each may
     *     take some 100 KB and a connection.
     * @param keepAlive After how long without an event a stream gets a line that means nothing, which keeps proxies from closing it and
     *     shows where readers have gone. Too short: traffic for nothing. Too long: connections are cut, and those of readers who are gone
     *     stay open.
     * @param patience How long a reader may take nothing of what waits for him before he is disconnected; he can go on where he
     *     stopped. Too short: readers behind bad networks begin again and again. Too long: readers who hang keep their connections.
     */
    public record Events(
            @DefaultValue("200") int maxStreams,
            @DefaultValue("15s") Duration keepAlive,
            @DefaultValue("20s") Duration patience) {

        public Events {
            require(
                    maxStreams >= 0,
                    "ticketmesh.rest.events.max-streams is " + maxStreams + ", it must not be negative");
            requirePositive("ticketmesh.rest.events.keep-alive", keepAlive);
            requirePositive("ticketmesh.rest.events.patience", patience);
        }
    }

    /**
     * The page where people work with tickets.
     *
     * @param enabled Whether there is a page for people at the system path. It needs the REST endpoints.
     */
    public record Console(@DefaultValue("true") boolean enabled) {}

    /**
     * How the node meets others.
     *
     * @param cluster Name of the mesh: 1 to 64 letters, digits, '.', '_' or '-'. Nodes of one name belong together. Not set: the
     *     node is alone and opens no socket. Set without a secret: the nodes on this machine find each other, and nobody else.
     * @param secret What all nodes of the mesh share, at least 16 random characters; every packet is sealed with it, and the mesh uses the
     *     network. Not set: the mesh stays on this machine.
     * @param previousSecret Second secret whose packets are accepted too, so that a secret can be exchanged without a stop.
     *     Not set: there is one.
     * @param bindAddress Address of this machine to be bound. By default, one of the local network when there is a secret, else a
     *     loopback address; any other without a secret is refused.
     * @param bindPort First port to try; 0 for any. Members that are listed or behind a host name need to be where they are looked for.
     * @param discovery How members find each other: by multicast, from the list of members (static), by a host name (dns), or from the
     *     registry.
     * @param members Where some members are, as host:port, for discovery static; one host name for discovery dns. Empty for
     *     the others.
     * @param nodeName What people call this node; at most 128 characters. By default, the name of the application and where it runs.
     * @param readyWait How long an application that starts is not ready at most, as its readiness tells, until it has what the others hold; it
     *     answers all the while. Three seconds at least, in which members find each other. Too short: it is asked for tickets that it does not
     *     have yet. Too long: a start takes that long when a member does not answer. 0 for not at all.
     */
    public record Mesh(
            @Nullable String cluster,
            @Nullable String secret,
            @Nullable String previousSecret,
            @Nullable String bindAddress,
            @DefaultValue("7810") int bindPort,
            @DefaultValue("multicast") Discovery discovery,
            @DefaultValue List<String> members,
            @Nullable String nodeName,
            @DefaultValue("0s") Duration readyWait) {
        private static final int MIN_SECRET_CHARS = 16;

        public Mesh {
            cluster = textOrNull(cluster);
            secret = textOrNull(secret);
            previousSecret = textOrNull(previousSecret);
            bindAddress = textOrNull(bindAddress);
            nodeName = textOrNull(nodeName);
            members = List.copyOf(members);
            require(
                    cluster == null || cluster.matches("[A-Za-z0-9._-]{1,64}"),
                    "ticketmesh.mesh.cluster is '" + cluster
                            + "'; it must have 1 to 64 characters, and only letters, digits, '.', '_' and '-'");
            require(
                    secret == null || cluster != null,
                    "ticketmesh.mesh.secret is set, but no mesh to use it in: set ticketmesh.mesh.cluster too");
            require(
                    previousSecret == null || secret != null,
                    "ticketmesh.mesh.previous-secret is accepted beside ticketmesh.mesh.secret, which is not set");
            requireLong("ticketmesh.mesh.secret", secret);
            requireLong("ticketmesh.mesh.previous-secret", previousSecret);
            require(
                    bindPort >= 0 && bindPort <= 65_535,
                    "ticketmesh.mesh.bind-port is " + bindPort + ", it must be 0 to 65535");
            require(
                    discovery != Discovery.STATIC || !members.isEmpty(),
                    "ticketmesh.mesh.discovery=static needs ticketmesh.mesh.members");
            require(
                    discovery != Discovery.DNS || members.size() == 1,
                    "ticketmesh.mesh.discovery=dns needs one host name in ticketmesh.mesh.members");
            require(
                    nodeName == null || nodeName.length() <= Member.MAX_NAME_CHARS,
                    "ticketmesh.mesh.node-name must have at most " + Member.MAX_NAME_CHARS + " characters");
            require(
                    !readyWait.isNegative(),
                    "ticketmesh.mesh.ready-wait is " + readyWait + ", it must not be negative");
        }

        /** Whether the node is to meet others. */
        public boolean enabled() {
            return cluster != null;
        }

        /** All settings but the secrets. */
        @Override
        public String toString() {
            return "Mesh[cluster=" + cluster + ", secret=" + (secret == null ? "none" : "set") + ", previousSecret="
                    + (previousSecret == null ? "none" : "set") + ", bindAddress=" + bindAddress + ", bindPort="
                    + bindPort + ", discovery=" + discovery + ", members=" + members + ", nodeName=" + nodeName
                    + ", readyWait=" + readyWait + "]";
        }

        private static void requireLong(String property, @Nullable String secret) {
            require(
                    secret == null || secret.length() >= MIN_SECRET_CHARS,
                    property + " must have at least " + MIN_SECRET_CHARS + " characters");
        }
    }

    /**
     * How the node is found by clients, and by members that cannot be reached by multicast. Name, secret and address are those of the mesh.
     *
     * @param enabled Whether a node of a mesh runs a registry of its own. If false it registers at those of others all the same.
     * @param port First UDP port that registries of this mesh use. With 0 the node's registry takes any, and only those find it who
     *     are told of it.
     * @param portRange How many further ports are tried when the first is taken, and asked on this machine. Too small: the last
     *     nodes of a machine have no registry of their own. Too large: everybody asks many ports every two seconds.
     * @param addresses Where registries are, as host:port, or host for all ports of the range. Those of this machine, and with a
     *     secret those of the link, are found besides; registries tell of each other. Empty: only these.
     * @param multicast Whether registries are looked for, and answer, by multicast on the link. By default, unless the mesh is bound
     *     to loopback.
     * @param packetsPerSecond How many packets a second the node's registry takes from one address, besides renewals. Too small:
     *     clients behind one address are told that it is busy. Too large: one address can keep it busy.
     * @param zone Where the node runs, for clients that prefer what is near; at most 64 bytes. Not set: nowhere in particular.
     * @param httpAddress Address at which clients reach this server, with the path before that of the tickets, as in
     *     https://desk.example/one. By default, it is made of the web server's address, port and paths; a web server on all addresses
     *     is listed under the one that registries see.
     * @param drainTime How long a server that stops goes on answering at most, so that clients turn to others first. It stops when no
     *     call has come for a second and, if there are callers, every client has asked a registry again, within four seconds. Too
     *     short: the last calls have to go on elsewhere. Too long: who calls without asking the registry holds up each stop. 0 for not at all.
     */
    public record Registry(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("7840") int port,
            @DefaultValue("9") int portRange,
            @DefaultValue List<String> addresses,
            @Nullable Boolean multicast,
            @DefaultValue("200") int packetsPerSecond,
            @DefaultValue("") String zone,
            @Nullable URI httpAddress,
            @DefaultValue("8s") Duration drainTime) {
        private static final int MAX_ADDRESSES = 64;
        private static final int MAX_PORT_RANGE = 100;

        public Registry {
            addresses = List.copyOf(addresses);
            require(port >= 0 && port <= 65_535, "ticketmesh.registry.port is " + port + ", it must be 0 to 65535");
            require(
                    portRange >= 0 && portRange <= MAX_PORT_RANGE,
                    "ticketmesh.registry.port-range is " + portRange + ", it must be 0 to " + MAX_PORT_RANGE);
            require(
                    addresses.size() <= MAX_ADDRESSES,
                    "ticketmesh.registry.addresses has " + addresses.size() + " entries, at most " + MAX_ADDRESSES);
            require(
                    packetsPerSecond > 0,
                    "ticketmesh.registry.packets-per-second is " + packetsPerSecond + ", it must be positive");
            require(
                    !drainTime.isNegative(),
                    "ticketmesh.registry.drain-time is " + drainTime + ", it must not be negative");
            requireThatRegistriesTake("ticketmesh.registry.zone", zone, null);
            requireThatRegistriesTake("ticketmesh.registry.http-address", "", httpAddress);
        }

        private static void requireThatRegistriesTake(String property, String zone, @Nullable URI http) {
            try {
                Instance unused =
                        Instance.of(new NodeId(0, 0), 0).withZone(zone).withHttp(http);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(property + ": " + refused.getMessage(), refused);
            }
        }
    }

    /**
     * What happens to tickets, for listeners of the application.
     *
     * @param enabled Whether changes of tickets are published as events of the application.
     * @param drainTime How long an application that stops waits at most until its listeners have heard what happened. Too short: slow
     *     listeners miss the last changes. Too long: a listener that hangs holds up the stop.
     */
    public record ApplicationEvents(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2s") Duration drainTime) {

        public ApplicationEvents {
            require(
                    !drainTime.isNegative(),
                    "ticketmesh.application-events.drain-time is " + drainTime + ", it must not be negative");
        }
    }

    /**
     * How other systems are told what happens to tickets.
     *
     * @param enabled Whether this node sends webhooks. If false other nodes of the mesh tell what it accepted, a minute late.
     * @param allowedNetworks Networks that webhooks may be sent to although they are not public, and by http, such as 10.1.0.0/16 or one
     *     address; should be the same on all nodes. Too wide: whoever manages webhooks can make the node call services inside. Empty:
     *     only public addresses, by https.
     */
    public record Webhooks(
            @DefaultValue("true") boolean enabled,
            @DefaultValue List<String> allowedNetworks) {
        public Webhooks {
            allowedNetworks = List.copyOf(allowedNetworks);
            try {
                WebhookOptions unused = new WebhookOptions(enabled, allowedNetworks);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "ticketmesh.webhooks.allowed-networks: " + refused.getMessage(), refused);
            }
        }
    }

    /**
     * The files that are attached to tickets.
     *
     * @param maxSize Largest file that is taken, at most 10MB. It counts for forms too, whatever the application's own limit for them is.
     *     Too small: pictures of screens are refused. All nodes should have the same.
     * @param mediaTypes Which files are taken, by their content, as in image/png or image/*. Empty: all.
     * @param directory Directory of their bytes, which no other node may use. By default, the directory 'attachments' within that of the
     *     tickets.
     * @param minFree How much room on the disk is left to other things: a file that would go into it is answered with 507. Too small:
     *     a disk full of files stops the tickets too. Too large: room is wasted.
     * @param fetchWait How long a request waits for bytes that are on another node only, before it is answered with 503. Too short:
     *     files are said to be away although they are under way. Too long: requests pile up while the other node is cut off.
     */
    public record Attachments(
            @DefaultValue("10MB") DataSize maxSize,
            @DefaultValue List<String> mediaTypes,
            @Nullable Path directory,
            @DefaultValue("256MB") DataSize minFree,
            @DefaultValue("5s") Duration fetchWait) {

        public Attachments {
            mediaTypes = List.copyOf(mediaTypes);
            require(
                    maxSize.toBytes() >= 1 && maxSize.toBytes() <= Attachment.MAX_BYTES,
                    "ticketmesh.attachments.max-size is " + maxSize + ", it must be 1B to "
                            + DataSize.ofBytes(Attachment.MAX_BYTES).toMegabytes() + "MB");
            require(
                    !minFree.isNegative(),
                    "ticketmesh.attachments.min-free is " + minFree + ", it must not be negative");
            require(
                    !fetchWait.isNegative(),
                    "ticketmesh.attachments.fetch-wait is " + fetchWait + ", it must not be negative");
            requireThatNodesTake(mediaTypes);
        }

        private static void requireThatNodesTake(List<String> mediaTypes) {
            try {
                AttachmentOptions unused = AttachmentOptions.DEFAULT.withMediaTypes(mediaTypes);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "ticketmesh.attachments.media-types: " + refused.getMessage(), refused);
            }
        }

        AttachmentOptions options() {
            return new AttachmentOptions(maxSize.toBytes(), mediaTypes, directory, minFree.toBytes(), fetchWait);
        }
    }

    /**
     * The states, resolutions and types of tickets. What is left empty stays as the standard has it; states, transitions and
     * initial states belong together. All nodes of a mesh should have the same.
     *
     * @param states States by name, in their order, with their category: open, waiting or done. Empty for the standard ones.
     * @param transitions For each state the states that can follow it. Needed when states are given. Empty for the standard ones.
     * @param initial States in which a ticket can be created; the first is the default. Needed when states are given.
     * @param resolutions Reasons for being done; the first is the default. Empty for the standard ones.
     * @param types Kinds of tickets; the first is the default. Empty for the standard ones.
     */
    public record Workflow(
            @DefaultValue Map<String, StatusCategory> states,
            @DefaultValue Map<String, List<String>> transitions,
            @DefaultValue List<String> initial,
            @DefaultValue List<String> resolutions,
            @DefaultValue List<String> types) {}

    private static void requirePath(String property, String path) {
        boolean wellFormed = path.matches("(/[A-Za-z0-9._~-]+)+");
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    property + " is '" + path
                            + "'; it must begin with a slash, not end with one, and hold only letters, digits, '.', '_', '~', '-' and slashes");
        }
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException(complaint);
        }
    }

    private static void requirePositive(String property, Duration duration) {
        require(!duration.isNegative() && !duration.isZero(), property + " is " + duration + ", it must be positive");
    }

    private static void requirePositive(String property, DataSize size) {
        if (size.toBytes() <= 0 || size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(property + " is " + size + ", it must be positive and less than 2 GB");
        }
    }
}
