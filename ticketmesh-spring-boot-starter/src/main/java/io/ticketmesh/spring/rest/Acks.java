package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.node.NotAcknowledgedException;
import io.ticketmesh.ticket.TicketId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header {@code TicketMesh-Acks}: in a write how many members are to hold it, in the answer how many do. */
final class Acks {
    static final String HEADER = "TicketMesh-Acks";

    private static final List<String> NAMES =
            Arrays.stream(Acknowledgement.values()).map(Acknowledgement::text).toList();

    private Acks() {}

    /**
     * What a write asks for; {@code local} when it does not say.
     *
     * @throws ProblemException when the header has another value than the four
     */
    static Acknowledgement wanted(Call call) {
        String name = call.singleHeader(HEADER);
        if (name == null) {
            return Acknowledgement.LOCAL;
        }
        return Arrays.stream(Acknowledgement.values())
                .filter(value -> value.text().equals(name))
                .findFirst()
                .orElseThrow(() -> refused("must be one of " + String.join(", ", NAMES)));
    }

    /**
     * Goes on only when nobody else is to be waited for.
     *
     * @throws ProblemException otherwise
     */
    static void requireLocal(Call call) {
        if (wanted(call) != Acknowledgement.LOCAL) {
            throw refused(
                    "must be '" + Acknowledgement.LOCAL.text() + "' here: this request waits for no other member");
        }
    }

    private static ProblemException refused(String detail) {
        return Problem.of(ProblemKind.INVALID_HEADER, "The header " + HEADER + " " + detail)
                .with(ProblemError.header(HEADER, "not-allowed", detail))
                .exception();
    }

    static String text(Copies copies) {
        return copies.holders().size() + " of " + copies.members();
    }

    /**
     * A write that too few hold. It is kept: no {@code Retry-After}, because a repetition would double what has no idempotency key.
     *
     * @param etag the state of the ticket as the write left it; null when it is not shown any more
     */
    static Problem missing(Copies copies, TicketId id, @Nullable String etag) {
        Problem problem = Problem.of(
                        ProblemKind.ACKS_NOT_REACHED, String.valueOf(new NotAcknowledgedException(copies).getMessage()))
                .with("wanted", copies.wanted().text())
                .with("needed", copies.wanted().copies(copies.members()))
                .with("held", copies.holders().size())
                .with("members", copies.members())
                .with(
                        "holders",
                        copies.holders().stream().map(NodeId::toString).sorted().toList())
                .with("id", id.toString())
                .with("key", id.key().toString())
                .withHeader(HEADER, text(copies));
        return etag == null
                ? problem
                : problem.with("etag", EntityTags.quoted(etag)).withHeader("ETag", EntityTags.quoted(etag));
    }
}
