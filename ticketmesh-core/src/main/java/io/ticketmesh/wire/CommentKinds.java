package io.ticketmesh.wire;

import io.ticketmesh.ticket.CommentKind;
import org.jspecify.annotations.Nullable;

/** The numbers of the kinds of comments. */
final class CommentKinds {
    private CommentKinds() {}

    static int numberOf(CommentKind kind) {
        return switch (kind) {
            case PUBLIC -> 1;
            case INTERNAL -> 2;
            case SYSTEM -> 3;
        };
    }

    /** The kind of that number; null when only a newer version knows it. */
    static @Nullable CommentKind of(int number) {
        return switch (number) {
            case 1 -> CommentKind.PUBLIC;
            case 2 -> CommentKind.INTERNAL;
            case 3 -> CommentKind.SYSTEM;
            default -> null;
        };
    }
}
