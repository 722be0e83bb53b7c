package io.ticketmesh.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Set;

/** What an answer, or its absence, means for the next step of a call. Pure. */
enum Verdict {
    /** The answer counts. */
    DONE,
    /** The server is well and says no; another one would say the same. */
    REFUSED,
    /** The server is well but cannot do this, or not now: another one is asked. */
    ELSEWHERE,
    /** The server failed: it is left alone for a while, and another one is asked. */
    FAILED;

    /** What is said by a server that is well, and may be otherwise at another one, or later. */
    private static final Set<String> ELSEWHERE_CODES = Set.of(
            "read-only",
            "search-unavailable",
            "request-in-flight",
            "too-many-streams",
            "bytes-away",
            "attachments-unavailable",
            "incomplete-node",
            "no-room");

    /** What is said of a write that is kept: to repeat it would only be to wait again. */
    private static final String KEPT = "acks-not-reached";

    /**
     * @param code of the problem; empty when the answer is none of ours
     */
    static Verdict of(int status, String code) {
        if (status >= 200 && status < 300) {
            return DONE;
        } else if (status < 400) {
            return FAILED; // a redirection: no server of ours answers there
        } else if (code.equals(KEPT)) {
            return REFUSED;
        } else if (ELSEWHERE_CODES.contains(code) || status == 429) {
            return ELSEWHERE;
        }
        return status == 502 || status == 503 || status == 504 ? FAILED : REFUSED;
    }

    /** Whether it is certain that a request that ended so never reached the server. */
    static boolean isUnsent(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException;
    }
}
