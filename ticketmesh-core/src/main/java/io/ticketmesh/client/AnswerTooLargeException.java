package io.ticketmesh.client;

/** The answer has more bytes than the client takes; see {@link TicketMeshClient.Builder#maxAnswer}. A write was carried out. */
public final class AnswerTooLargeException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(String what, long limit) {
        super(
                what + " is answered with more than " + limit + " bytes; ask for smaller pages, or raise maxAnswer",
                null);
    }
}
