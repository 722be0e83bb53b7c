package io.ticketmesh.client;

import java.util.List;
import java.util.stream.Collectors;

/**
 * No server gave an answer that can be used. {@link #attempts} says who was tried and why each failed. A write may have been carried out
 * all the same, unless {@link #isUnsent}; the same call made again is another write.
 */
public final class UnreachableException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    private final transient List<FailedAttempt> attempts;

    UnreachableException(String what, String why, List<FailedAttempt> attempts) {
        super(what + " was not answered: " + why + describe(attempts), lastCause(attempts));
        this.attempts = List.copyOf(attempts);
    }

    private static String describe(List<FailedAttempt> attempts) {
        return attempts.isEmpty()
                ? ""
                : attempts.stream().map(FailedAttempt::toString).collect(Collectors.joining("; ", ". Tried: ", ""));
    }

    private static @org.jspecify.annotations.Nullable Throwable lastCause(List<FailedAttempt> attempts) {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).cause();
    }

    /** In order; empty when no server was known. */
    public List<FailedAttempt> attempts() {
        return attempts;
    }

    /** Whether nothing of the request reached any server, so that it is certain that nothing was carried out. */
    public boolean isUnsent() {
        return attempts.stream().allMatch(FailedAttempt::unsent);
    }
}
