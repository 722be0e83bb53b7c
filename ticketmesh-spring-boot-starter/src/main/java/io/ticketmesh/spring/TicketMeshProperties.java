package io.ticketmesh.spring;

import io.ticketmesh.ticket.StatusCategory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        @DefaultValue Workflow workflow) {

    public TicketMeshProperties {
        requirePath("ticketmesh.system-path", systemPath);
        if (systemPath.equals(rest.path()) || rest.path().startsWith(systemPath + "/")) {
            throw new IllegalArgumentException(
                    "ticketmesh.system-path and ticketmesh.rest.path must not be the same, or the second within the first");
        }
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
     *     set all callers need it, those on the same machine too. Use at least 32 random characters.
     * @param anonymousName Actor of callers whom nobody authenticated; at most 128 characters.
     * @param maxBody Largest body of a request in JSON. Too small: long descriptions are refused. Too large: one caller can take
     *     that much memory, several times over.
     * @param maxImport Largest body of an import, which is read as a stream. Too small: an archive must be cut up. Too large: one
     *     caller can keep the node busy for long.
     * @param writeTimeout How long a request waits for its write before it is answered with 503. Too short: writes that are kept are
     *     reported as uncertain. Too long: requests pile up behind a slow disk.
     * @param requireIfMatch Whether PATCH and DELETE are answered with 428 unless they say which state of the ticket they mean.
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
            @DefaultValue("false") boolean requireIfMatch) {

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
            if (writeTimeout.isNegative() || writeTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "ticketmesh.rest.write-timeout is " + writeTimeout + ", it must be positive");
            }
        }

        /** All settings but the secret. */
        @Override
        public String toString() {
            return "Rest[enabled=" + enabled + ", path=" + path + ", access=" + access + ", token="
                    + (token == null ? "none" : "set") + ", anonymousName=" + anonymousName + ", maxBody=" + maxBody
                    + ", maxImport=" + maxImport + ", writeTimeout=" + writeTimeout + ", requireIfMatch=" + requireIfMatch + "]";
        }
    }

    /**
     * The states, resolutions and types of tickets. What is left empty stays as the standard has it; states, transitions and
     * initial states belong together. All nodes of a mesh should have the same.
     *
     * @param states States by name, in their order, with their category: open, waiting or done. Empty for the standard ones.
     * @param transitions For each state the states that can follow it. Needed when states are given.
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
            throw new IllegalArgumentException(property + " is '" + path
                    + "'; it must begin with a slash, not end with one, and hold only letters, digits, '.', '_', '~', '-' and slashes");
        }
    }

    private static void requirePositive(String property, DataSize size) {
        if (size.toBytes() <= 0 || size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(property + " is " + size + ", it must be positive and less than 2 GB");
        }
    }
}
