package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.Sha256;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.TicketId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code Idempotency-Key}, with whom and what it is for. What it gives, ids and hashes, is the same on every node.
 *
 * @param scope method and path, with the ticket's id in place of whatever names it
 */
record IdempotencyKey(String text, String principal, String scope, byte[] body) {
    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_CHARS = 255;

    /**
     * The key of a call; null when it has none.
     *
     * @throws ProblemException when the header is not 1 to 255 printable characters
     */
    static @Nullable IdempotencyKey of(Call call, String scope) {
        String text = text(call);
        return text == null ? null : new IdempotencyKey(text, call.actor(), scope, call.bytes());
    }

    /** The key of a call whose body is a stream: it keeps two from running at once, and knows nothing of the body. */
    static @Nullable IdempotencyKey ofStream(Call call, String scope) {
        String text = text(call);
        return text == null ? null : new IdempotencyKey(text, call.actor(), scope, new byte[0]);
    }

    private static @Nullable String text(Call call) {
        String text = call.singleHeader(HEADER);
        if (text == null) {
            return null;
        }
        boolean printable = text.chars().allMatch(character -> character >= 0x20 && character < 0x7F);
        if (text.isBlank() || text.length() > MAX_CHARS || !printable) {
            String detail = "must have 1 to " + MAX_CHARS + " printable ASCII characters";
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header " + HEADER + " " + detail)
                    .with(ProblemError.header(HEADER, "malformed", detail))
                    .exception();
        }
        return text;
    }

    /** The key of one part of the request. */
    IdempotencyKey part(int index) {
        return new IdempotencyKey(text, principal, scope + "#" + index, body);
    }

    /** The same key with what the body turned out to be. */
    IdempotencyKey of(String content) {
        return new IdempotencyKey(text, principal, scope, content.getBytes(StandardCharsets.UTF_8));
    }

    AttachmentId attachmentId() {
        return AttachmentId.derived(scope, principal, text);
    }

    TicketId ticketId() {
        return TicketId.derived(scope, principal, text);
    }

    CommentId commentId() {
        return CommentId.derived(scope, principal, text);
    }

    RequestKey request() {
        Sha256 key = Sha256.ofNames(principal, scope, text);
        return new RequestKey(key.high(), key.low(), Sha256.of(body).high());
    }
}
