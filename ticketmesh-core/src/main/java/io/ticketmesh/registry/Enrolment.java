package io.ticketmesh.registry;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** How far a server has got with one registry. Owned by its {@link Registrar}. */
final class Enrolment {
    /** What was asked, and not answered yet. */
    enum Step {
        NOTHING,
        HELLO,
        REGISTER,
        RENEW,
        LEAVE
    }

    final InetSocketAddress registry;

    Step step = Step.NOTHING;
    /** 0 when the registry has to be greeted first. */
    long session;

    long counter;
    /** From the greeting until the registration is answered. */
    @Nullable
    Cookie cookie;

    long request;
    int attempt;
    /** When to do the next thing: ask, ask again, or give up. */
    long dueAt;

    boolean registered;
    int sentRevision;
    int confirmedRevision;

    Enrolment(InetSocketAddress registry, long nowMillis) {
        this.registry = registry;
        this.dueAt = nowMillis;
    }

    /** Waits for nothing; the next step is due then. */
    void rest(long untilMillis) {
        step = Step.NOTHING;
        dueAt = untilMillis;
    }

    /** The registry does not know the session any more. */
    void forgetSession() {
        session = 0;
        counter = 0;
        cookie = null;
        registered = false;
        confirmedRevision = 0;
    }
}
