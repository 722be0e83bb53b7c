package io.ticketmesh.client;

/** Is told of every attempt of every call: for meters, traces and logs. */
@FunctionalInterface
public interface AttemptListener {
    /**
     * An attempt has ended. Called by many threads at once, before the call goes on, so it must not block. What it throws is logged and
     * otherwise ignored.
     */
    void attempted(Attempt attempt);
}
