package io.ticketmesh.spring.rest;

/** The kinds of problems that answers can tell. Names are for ever: clients compare them. */
enum ProblemKind {
    MALFORMED_JSON(400, "The body is not acceptable JSON"),
    MALFORMED_REQUEST(400, "The request is malformed"),
    INVALID_PARAMETER(400, "A parameter is not valid"),
    INVALID_HEADER(400, "A header is not valid"),
    AMBIGUOUS_REFERENCE(409, "The reference fits several tickets"),
    UNAUTHENTICATED(401, "Authentication is needed"),
    ACCESS_DENIED(403, "Access is denied"),
    CROSS_SITE(403, "The request comes from another site"),
    NOT_FOUND(404, "There is no such resource"),
    UNKNOWN_TICKET(404, "There is no such ticket, comment or attachment"),
    UNKNOWN_WEBHOOK(404, "There is no such webhook or delivery"),
    UNKNOWN_MEMBER(404, "There is no such member of the mesh"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    TRANSITION_REFUSED(409, "The workflow does not allow this transition"),
    EXISTS(409, "It exists already"),
    NO_CONFLICT(409, "There is no conflict to settle"),
    INCOMPLETE_NODE(409, "The node does not hold all operations"),
    OWN_NODE(409, "A node cannot do this to itself"),
    WEBHOOK_REFUSED(409, "This cannot be done with the webhook now"),
    REQUEST_IN_FLIGHT(409, "The same request is being carried out"),
    DELETED(410, "The ticket was deleted"),
    PURGED(410, "The ticket was deleted for good"),
    CHANGES_GONE(410, "What happened since then cannot be told one by one"),
    PRECONDITION_FAILED(412, "The ticket is in another state"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
    RANGE_NOT_SATISFIABLE(416, "None of the bytes are in the range"),
    INVALID(422, "The request breaks a rule"),
    DAMAGED_BUNDLE(422, "The bundle is damaged"),
    KEY_REUSED(422, "The idempotency key was used for another request"),
    PRECONDITION_REQUIRED(428, "A precondition is required"),
    INTERNAL(500, "Something failed"),
    OVERLOADED(503, "The node has too much to do"),
    TOO_MANY_STREAMS(503, "Too many event streams are open"),
    SEARCH_UNAVAILABLE(503, "Words cannot be looked for just now"),
    READ_ONLY(503, "The node takes no writes"),
    WRITE_TIMEOUT(503, "The write was not answered in time"),
    ACKS_NOT_REACHED(503, "The write is kept, but too few members hold it yet"),
    BYTES_AWAY(503, "The bytes are on another node"),
    ATTACHMENTS_UNAVAILABLE(503, "Attachments cannot be stored or read just now"),
    NO_ROOM(507, "There is no room for attachments");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The stable word for programs, like {@code too-large}. */
    String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The identifier of RFC 9457. */
    String type() {
        return "urn:ticketmesh:problem:" + code();
    }

    /** The closest kind for a status that something else has chosen. */
    static ProblemKind of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> ACCESS_DENIED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 410 -> DELETED;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID;
            case 503 -> OVERLOADED;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
