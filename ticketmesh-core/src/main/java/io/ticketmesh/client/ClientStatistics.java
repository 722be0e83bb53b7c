package io.ticketmesh.client;

/**
 * What a client did since it was opened. Immutable.
 *
 * @param calls that were begun
 * @param failedCalls of these, how many ended with {@link UnreachableException} or {@link UnavailableException}
 * @param rejectedCalls that were not begun because too many were under way
 * @param attempts requests that were sent, or could not be
 * @param retries of these, those that were not the first of their call
 * @param quarantines how often a server was left alone because it failed
 * @param staleAnswers answers of servers that did not hold yet what this client had seen
 * @param callsUnderWay now
 * @param servers known now
 * @param serversInTrouble of these, how many are in quarantine or being tried again
 * @param listingStale whether the list of servers may be out of date
 */
public record ClientStatistics(
        long calls,
        long failedCalls,
        long rejectedCalls,
        long attempts,
        long retries,
        long quarantines,
        long staleAnswers,
        int callsUnderWay,
        int servers,
        int serversInTrouble,
        boolean listingStale) {}
