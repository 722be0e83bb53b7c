package io.ticketmesh.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to one server, as it ended.
 *
 * @param method of HTTP
 * @param path without the query
 * @param number which attempt of its call, from 1
 * @param took from sending to the end of the answer; of a stream, to its beginning
 * @param status of HTTP; 0 when there was no answer
 * @param stale whether the server says that it does not hold yet what this client has seen
 * @param failure why the server is asked no more, or the next one is; null when its answer counts
 */
public record Attempt(
        String method,
        String path,
        Server server,
        int number,
        Duration took,
        int status,
        boolean stale,
        @Nullable String failure) {}
