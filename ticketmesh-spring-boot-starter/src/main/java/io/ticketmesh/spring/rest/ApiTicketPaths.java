package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.TicketMeshProperties.Rest;
import java.util.List;
import java.util.stream.Stream;

/** The operations below the root of the tickets, as {@link Resources} routes them. */
final class ApiTicketPaths {
    private final String root;
    private final String one;
    private final boolean demandsIfMatch;
    private final ApiExamples examples;

    ApiTicketPaths(Rest settings, ApiExamples examples) {
        root = settings.path();
        one = root + "/{ref}";
        demandsIfMatch = settings.requireIfMatch();
        this.examples = examples;
    }

    List<ApiOperation> all() {
        return Stream.of(
                        tickets(),
                        lives(),
                        labels(),
                        comments(),
                        attachments(),
                        workflow(),
                        conflicts(),
                        exchange(),
                        events())
                .flatMap(List::stream)
                .toList();
    }

    private static ApiOperation operation(String method, String path, String id, String tag, String summary) {
        return new ApiOperation(method, path, id, tag, summary);
    }

    /** What refuses to change a ticket whose state the caller does not name, if the application wants that. */
    private ApiOperation guarded(ApiOperation operation) {
        return demandsIfMatch ? operation.fails(ProblemKind.PRECONDITION_REQUIRED) : operation;
    }

    private List<ApiOperation> tickets() {
        return List.of(
                operation("GET", root, "listTickets", ApiDocument.TICKETS, "Lists tickets")
                        .telling(
                                "Rows that do not change during a walk appear exactly once; a cursor works on every node.")
                        .filters()
                        .takes("sort", "limit", "cursor", "fields", "count", "highlight")
                        .tells("Link")
                        .answers(200, "A page of tickets.", "TicketPage", examples.ticketPage()),
                operation(
                                "GET",
                                root + "/similar",
                                "listSimilarTickets",
                                ApiDocument.TICKETS,
                                "Finds tickets like one that is being written")
                        .telling("Of those in which something is left to do, the most similar first.")
                        .takes("likeTitle", "likeDescription", "likeLimit", "fields")
                        .fails(ProblemKind.SEARCH_UNAVAILABLE)
                        .answers(200, "The tickets.", "SimilarTickets", examples.similarTickets()),
                operation("POST", root, "createTicket", ApiDocument.TICKETS, "Creates a ticket")
                        .writes()
                        .once()
                        .body("NewTicket", examples.newTicket())
                        .tells("Location")
                        .answers(201, "The ticket.", "Ticket", examples.ticket())
                        .fails(ProblemKind.EXISTS, ProblemKind.PURGED),
                operation("GET", one, "getTicket", ApiDocument.TICKETS, "Shows a ticket")
                        .telling(
                                "Also of the past the `ETag` is that of the ticket as it is; its member `etag` names the state that is shown.")
                        .shows()
                        .takes("asOf")
                        .answers(200, "The ticket.", "Ticket", examples.ticket()),
                operation("PUT", one, "putTicket", ApiDocument.TICKETS, "Creates a ticket under an id of the caller's")
                        .takes("newId", "Absent")
                        .writes()
                        .once()
                        .body("NewTicket", examples.newTicket())
                        .tells("Location")
                        .answers(201, "The ticket.", "Ticket", examples.ticket())
                        .fails(ProblemKind.PRECONDITION_FAILED, ProblemKind.PRECONDITION_REQUIRED, ProblemKind.PURGED),
                guarded(operation("PATCH", one, "patchTicket", ApiDocument.TICKETS, "Changes a ticket")
                        .telling("A merge patch. One that changes nothing writes nothing, and the ETag stays.")
                        .changes()
                        .once()
                        .patch("TicketPatch", examples.ticketPatch())
                        .answers(200, "The ticket as it is then.", "Ticket", examples.ticket())
                        .fails(ProblemKind.TRANSITION_REFUSED)),
                guarded(operation("DELETE", one, "deleteTicket", ApiDocument.TICKETS, "Deletes a ticket")
                        .telling("Hides it, or removes it for good. Done again it succeeds again.")
                        .changes()
                        .withholds("ETag")
                        .takes("purge")
                        .answers(204, "It is deleted.")
                        .neverFails(ProblemKind.DELETED, ProblemKind.PURGED)));
    }

    private List<ApiOperation> lives() {
        return List.of(
                operation("POST", one + "/restore", "restoreTicket", ApiDocument.TICKETS, "Takes a deletion back")
                        .changes()
                        .once()
                        .emptyBody()
                        .answers(200, "The ticket.", "Ticket", examples.ticket())
                        .neverFails(ProblemKind.DELETED),
                operation("POST", one + "/merge", "mergeTicket", ApiDocument.TICKETS, "Merges a ticket into another")
                        .telling("The other is worked on instead. Null takes the merge back.")
                        .changes()
                        .once()
                        .body("Merge", examples.merge())
                        .answers(200, "The ticket.", "Ticket", examples.ticket()));
    }

    private List<ApiOperation> labels() {
        String tag = one + "/tags/{tag}";
        String watcher = one + "/watchers/{who}";
        String link = one + "/links/{type}/{target}";
        return List.of(
                label("PUT", tag, "addTag", "Adds a tag").takes("tagName"),
                label("DELETE", tag, "removeTag", "Removes a tag").takes("tagName"),
                label("PUT", watcher, "addWatcher", "Lets somebody watch").takes("who"),
                label("DELETE", watcher, "removeWatcher", "Lets somebody watch no more")
                        .takes("who"),
                label("PUT", link, "addLink", "Links a ticket to another")
                        .takes("linkType", "target")
                        .fails(ProblemKind.NOT_FOUND),
                label("DELETE", link, "removeLink", "Removes a link")
                        .takes("linkType", "target")
                        .fails(ProblemKind.NOT_FOUND));
    }

    private static ApiOperation label(String method, String path, String id, String summary) {
        return operation(method, path, id, ApiDocument.LABELS, summary)
                .changes()
                .answers(204, "It is so, whether it was before or not.");
    }

    private List<ApiOperation> comments() {
        String all = one + "/comments";
        String comment = all + "/{comment}";
        return List.of(
                operation("GET", all, "listComments", ApiDocument.COMMENTS, "Lists the comments of a ticket")
                        .shows()
                        .takes("asOf", "limit", "cursor")
                        .tells("Link")
                        .answers(200, "A page of comments.", "CommentPage", examples.commentPage()),
                operation("POST", all, "addComment", ApiDocument.COMMENTS, "Comments on a ticket")
                        .telling("A public comment of the reporter reopens a ticket that waits or is done.")
                        .changes()
                        .once()
                        .body("NewComment", examples.newComment())
                        .tells("Location")
                        .answers(201, "The comment.", "Comment", examples.comment()),
                operation("GET", comment, "getComment", ApiDocument.COMMENTS, "Shows a comment")
                        .shows()
                        .takes("comment")
                        .answers(200, "The comment.", "Comment", examples.comment()),
                guarded(operation(
                                "PATCH", comment, "editComment", ApiDocument.COMMENTS, "Changes the text of a comment")
                        .changes()
                        .once()
                        .takes("comment")
                        .patch("CommentPatch", examples.commentPatch())
                        .answers(200, "The comment as it is then.", "Comment", examples.comment())),
                guarded(operation(
                                "DELETE",
                                comment,
                                "redactComment",
                                ApiDocument.COMMENTS,
                                "Takes the text of a comment away")
                        .telling("For good and everywhere; the comment stays as a place.")
                        .changes()
                        .takes("comment")
                        .answers(204, "The text is gone.")));
    }

    private List<ApiOperation> attachments() {
        String all = one + "/attachments";
        String attachment = all + "/{attachment}";
        ApiObject bytes = ApiObject.of("*/*", ApiObject.of("schema", ApiType.text()));
        ApiObject form = ApiType.shape("A form with one file.")
                .member("file", ApiType.text())
                .closed();
        return List.of(
                operation("GET", all, "listAttachments", ApiDocument.ATTACHMENTS, "Lists the attachments of a ticket")
                        .shows()
                        .answers(200, "The attachments.", "AttachmentList", examples.attachmentList()),
                operation("POST", all, "addAttachment", ApiDocument.ATTACHMENTS, "Attaches a file to a ticket")
                        .telling(
                                "The body is the file, or a form with one part `file`. It is read as a stream and stored as a whole or not at"
                                        + " all; what it is, is told by its content, whatever `Content-Type` says.")
                        .changes()
                        .once()
                        .takes("fileName")
                        .body(bytes.with("multipart/form-data", ApiObject.of("schema", form)))
                        .tells("Location")
                        .answers(201, "The attachment.", "Attachment", examples.attachment())
                        .fails(ProblemKind.NO_ROOM, ProblemKind.ATTACHMENTS_UNAVAILABLE),
                operation(
                                "GET",
                                attachment,
                                "getAttachment",
                                ApiDocument.ATTACHMENTS,
                                "Sends the bytes of an attachment")
                        .telling(
                                "Always as a file to be saved, never to be shown. Bytes that are on another node only are fetched.")
                        .shows()
                        .takes("attachment", "Range", "IfRange")
                        .tells(
                                "Content-Disposition",
                                "Content-Security-Policy",
                                "Cross-Origin-Resource-Policy",
                                "Accept-Ranges",
                                "Content-Range")
                        .answers(200, "All of them.", bytes)
                        .answers(206, "Those of the range.", bytes)
                        .neverFails(ProblemKind.NOT_ACCEPTABLE)
                        .fails(
                                ProblemKind.RANGE_NOT_SATISFIABLE,
                                ProblemKind.BYTES_AWAY,
                                ProblemKind.ATTACHMENTS_UNAVAILABLE),
                guarded(operation(
                                "DELETE",
                                attachment,
                                "removeAttachment",
                                ApiDocument.ATTACHMENTS,
                                "Takes an attachment off a ticket")
                        .telling("Its bytes are deleted everywhere once no ticket refers to them.")
                        .changes()
                        .takes("attachment")
                        .answers(204, "It is not there, whether it was before or not.")));
    }

    private List<ApiOperation> workflow() {
        String transitions = one + "/transitions";
        return List.of(
                operation("GET", transitions, "listTransitions", ApiDocument.WORKFLOW, "Tells where a ticket can go")
                        .shows()
                        .answers(200, "The states that can follow.", "Transitions", examples.transitions()),
                operation(
                                "POST",
                                transitions,
                                "transitionTicket",
                                ApiDocument.WORKFLOW,
                                "Moves a ticket through its workflow")
                        .changes()
                        .once()
                        .body("Transition", examples.transition())
                        .answers(200, "The ticket as it is then.", "Ticket", examples.ticket())
                        .fails(ProblemKind.TRANSITION_REFUSED),
                operation(
                                "GET",
                                one + "/history",
                                "getHistory",
                                ApiDocument.WORKFLOW,
                                "Tells what was changed in a ticket")
                        .shows()
                        .takes("limit", "cursor")
                        .tells("Link")
                        .answers(200, "A page of the history.", "HistoryPage", examples.historyPage()),
                operation(
                                "GET",
                                one + "/copies",
                                "listCopies",
                                ApiDocument.WORKFLOW,
                                "Tells which members hold the last change of a ticket")
                        .ofTicket()
                        .takes("deletedToo")
                        .fails(ProblemKind.DELETED)
                        .answers(200, "The members.", "TicketCopies", examples.copies()));
    }

    private List<ApiOperation> conflicts() {
        String conflicts = one + "/conflicts";
        return List.of(
                operation("GET", conflicts, "listConflicts", ApiDocument.CONFLICTS, "Lists the conflicts of a ticket")
                        .shows()
                        .answers(200, "The conflicts.", "ConflictList", examples.conflictList()),
                operation("POST", conflicts + "/{field}", "settleConflict", ApiDocument.CONFLICTS, "Settles a conflict")
                        .changes()
                        .once()
                        .takes("field")
                        .body("Settlement", examples.settlement())
                        .answers(200, "The ticket as it is then.", "Ticket", examples.ticket())
                        .fails(ProblemKind.NO_CONFLICT, ProblemKind.TRANSITION_REFUSED));
    }

    private List<ApiOperation> exchange() {
        ApiObject sheet = ApiType.text();
        return List.of(
                operation("POST", root + "/bulk", "performBulk", ApiDocument.EXCHANGE, "Carries several operations out")
                        .telling(
                                "Each succeeds or fails for itself. `TicketMesh-Acks` of the answer tells of the one that the fewest hold.")
                        .takes("Acks")
                        .tells(Acks.HEADER)
                        .once()
                        .body("Bulk", examples.bulk())
                        .answers(207, "What became of each.", "BulkReport", examples.bulkReport())
                        .fails(ProblemKind.CROSS_SITE),
                operation("GET", root + "/export", "exportTickets", ApiDocument.EXCHANGE, "Exports tickets")
                        .filters()
                        .takes("format")
                        .tells("Content-Disposition")
                        .answers(
                                200,
                                "All tickets that were chosen, as a stream.",
                                ApiObject.of("application/x-ndjson", lines("ExportedTicket", "One ticket a line."))
                                        .with("text/csv", ApiObject.of("schema", sheet))),
                operation("POST", root + "/import", "importTickets", ApiDocument.EXCHANGE, "Imports tickets")
                        .telling(
                                "Each row succeeds or fails for itself, and the report tells. JSON is an archive of GitHub issues. Importing"
                                        + " twice changes nothing.")
                        .takes("mode", "dryRun", "truncate", "IdempotencyKey")
                        .body(ApiObject.of(
                                        "application/x-ndjson",
                                        lines("ExportedTicket", "One ticket a line; only the title is needed."))
                                .with("text/csv", ApiObject.of("schema", sheet))
                                .with("application/json", ApiObject.of("schema", ApiObject.of("type", "object"))))
                        .answers(200, "What became of each row.", "ImportReport", examples.importReport())
                        .fails(
                                ProblemKind.CROSS_SITE,
                                ProblemKind.REQUEST_IN_FLIGHT,
                                ProblemKind.READ_ONLY,
                                ProblemKind.OVERLOADED),
                operation(
                                "GET",
                                root + "/stats",
                                "getStatistics",
                                ApiDocument.EXCHANGE,
                                "Tells how many tickets there are")
                        .telling(
                                "Of all, or of those that the filters choose; with `from`, `to` or `zone` also what came in and went out day by"
                                        + " day. All tickets are counted at once; a filter takes as long as it lets tickets through, and days as"
                                        + " long as tickets were changed since the first.")
                        .filters()
                        .takes("from", "to", "zone")
                        .answers(200, "The numbers.", "TicketNumbers", examples.numbers()));
    }

    private List<ApiOperation> events() {
        return List.of(
                operation(
                                "GET",
                                root + "/events",
                                "streamEvents",
                                ApiDocument.EVENTS,
                                "Tells what happens, as it happens")
                        .telling(
                                "Server-sent events. Send the last id, to any node, and nothing is missed. An event `reset` says that the"
                                        + " node cannot tell what happened since then: read anew whatever you show.")
                        .filters()
                        .takes("LastEventId", "lastEventId")
                        .tells("X-Accel-Buffering")
                        .answers(
                                200,
                                "Events without end.",
                                ApiObject.of(
                                        "text/event-stream", lines("Event", "The data of each event, on one line.")))
                        .fails(ProblemKind.TOO_MANY_STREAMS),
                operation("GET", root + "/changes", "listChanges", ApiDocument.EVENTS, "Tells what has happened since")
                        .telling("The same as the stream, for those who ask from time to time.")
                        .filters()
                        .takes("since", "eventLimit")
                        .answers(200, "What happened.", "EventPage", examples.eventPage())
                        .fails(ProblemKind.CHANGES_GONE));
    }

    /** Text that holds a document of JSON on each of certain lines. */
    private static ApiObject lines(String schema, String meaning) {
        return ApiObject.of(
                "schema",
                ApiType.text()
                        .with("description", meaning)
                        .with("contentMediaType", "application/json")
                        .with("contentSchema", ApiType.ref(schema)));
    }
}
