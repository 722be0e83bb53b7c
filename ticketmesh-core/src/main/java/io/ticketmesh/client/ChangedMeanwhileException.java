package io.ticketmesh.client;

import org.jspecify.annotations.Nullable;

/** The ticket, view or reply is in another state than the one that was expected, or there is one already that was to be created. */
public final class ChangedMeanwhileException extends RefusedException {
    private static final long serialVersionUID = 1L;

    ChangedMeanwhileException(Problem problem) {
        super(problem);
    }

    /** The state in which it is, without quotes; null when the server does not say. */
    public @Nullable String etag() {
        String quoted = problem().text("etag");
        return quoted == null ? null : EntityTag.unquoted(quoted);
    }
}
