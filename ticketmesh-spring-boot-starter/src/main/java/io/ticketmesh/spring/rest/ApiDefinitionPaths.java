package io.ticketmesh.spring.rest;

import java.util.List;

/** The operations on what people set up under a name: saved views and canned replies. */
final class ApiDefinitionPaths {
    private final String tickets;
    private final String root;
    private final ApiExamples examples;

    ApiDefinitionPaths(String tickets, String root, ApiExamples examples) {
        this.tickets = tickets;
        this.root = root;
        this.examples = examples;
    }

    List<ApiOperation> all() {
        String views = root + "/views";
        String view = views + "/{name}";
        String replies = root + "/replies";
        String reply = replies + "/{name}";
        String said = tickets + "/{ref}/replies/{name}";
        return List.of(
                operation("GET", views, "listViews", "Lists saved views")
                        .telling("Those of the caller, which nobody else sees, and those that all share.")
                        .answers(200, "The views by their names.", "ViewList", examples.viewList()),
                shows(operation("GET", view, "getView", "Shows a saved view"))
                        .takes("sharedView")
                        .answers(200, "The view.", "View", examples.view()),
                writes(operation("PUT", view, "putView", "Saves a view"))
                        .body("NewView", examples.newView())
                        .answers(200, "The view, which was there before.", "View", examples.view())
                        .answers(201, "The view, which is new.", "View", examples.view()),
                writes(operation("DELETE", view, "deleteView", "Removes a saved view"))
                        .takes("sharedView")
                        .withholds("ETag")
                        .answers(204, "It is gone."),
                operation("GET", replies, "listReplies", "Lists canned replies")
                        .answers(200, "The replies by their names.", "ReplyList", examples.replyList()),
                shows(operation("GET", reply, "getReply", "Shows a canned reply"))
                        .answers(200, "The reply.", "CannedReply", examples.cannedReply()),
                writes(operation("PUT", reply, "putReply", "Sets up a canned reply"))
                        .body("NewCannedReply", examples.newCannedReply())
                        .answers(200, "The reply, which was there before.", "CannedReply", examples.cannedReply())
                        .answers(201, "The reply, which is new.", "CannedReply", examples.cannedReply()),
                writes(operation("DELETE", reply, "deleteReply", "Removes a canned reply"))
                        .withholds("ETag")
                        .answers(204, "It is gone."),
                operation("GET", said, "renderReply", "Tells what a canned reply says on a ticket")
                        .ofTicket()
                        .takes("name", "deletedToo")
                        .fails(ProblemKind.DELETED, ProblemKind.NOT_FOUND)
                        .answers(200, "What it says and does.", "RenderedReply", examples.renderedReply()),
                operation("POST", said, "sendReply", "Says a canned reply on a ticket")
                        .telling("Writes the comment and does what goes along with it, all or nothing.")
                        .changes()
                        .once()
                        .takes("name")
                        .body("SentReply", examples.sentReply())
                        .tells("Location")
                        .answers(201, "The comment.", "Comment", examples.comment())
                        .fails(ProblemKind.NOT_FOUND, ProblemKind.TRANSITION_REFUSED));
    }

    private static ApiOperation shows(ApiOperation operation) {
        return operation
                .takes("name", "IfNoneMatch")
                .tells("ETag")
                .answers(304, "The caller has it.")
                .fails(ProblemKind.NOT_FOUND);
    }

    private static ApiOperation writes(ApiOperation operation) {
        return operation
                .takes("name", "IfMatch", "NoneThere")
                .tells("ETag")
                .fails(
                        ProblemKind.CROSS_SITE,
                        ProblemKind.OVERLOADED,
                        ProblemKind.READ_ONLY,
                        ProblemKind.WRITE_TIMEOUT,
                        ProblemKind.PRECONDITION_FAILED,
                        ProblemKind.INVALID);
    }

    private static ApiOperation operation(String method, String path, String id, String summary) {
        return new ApiOperation(method, path, id, ApiDocument.DEFINITIONS, summary);
    }
}
