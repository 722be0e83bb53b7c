package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.known;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.nullable;
import static io.ticketmesh.spring.rest.ApiType.oneOf;
import static io.ticketmesh.spring.rest.ApiType.ref;
import static io.ticketmesh.spring.rest.ApiType.shape;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.time;
import static io.ticketmesh.spring.rest.ApiType.truth;

import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.spring.rest.ApiType.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of saved views and canned replies. */
final class ApiDefinitionSchemas {
    private static final String QUERY =
            "Which tickets, in the parameters of lists as they stand in an address; empty for all that are not deleted.";
    private static final String SORT = "As the parameter of lists; empty for newest first.";
    private static final String BODY =
            "Markdown, with these in double braces: " + String.join(", ", CannedReply.placeholders()) + ".";

    private final ApiNames names;

    ApiDefinitionSchemas(ApiNames names) {
        this.names = names;
    }

    Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("View", view());
        all.put("NewView", newView());
        all.put(
                "ViewList",
                shape("Saved views.").member("items", list(ref("View"))).open());
        all.put("CannedReply", reply());
        all.put("NewCannedReply", newReply());
        all.put(
                "ReplyList",
                shape("Canned replies.")
                        .member("items", list(ref("CannedReply")))
                        .open());
        all.put("RenderedReply", renderedReply());
        all.put("SentReply", sentReply());
        return all;
    }

    private static ApiObject view() {
        Shape view = shape("A list of tickets under a name.")
                .member("name", text())
                .member("title", text())
                .member("query", text(), QUERY)
                .member("sort", text(), SORT)
                .member(
                        "columns",
                        list(text()),
                        "Which members of tickets whoever shows the list is to show; none for all.")
                .member("shared", truth(), "Whether all share it.")
                .member("owner", nullable(text()), "Whose it is; null when it is shared.");
        return written(view);
    }

    private static ApiObject written(Shape shape) {
        return shape.member("updatedBy", text())
                .member("updatedAt", time())
                .member("etag", text(), "Without quotes.")
                .open();
    }

    private static ApiObject newView() {
        return shape("A list of tickets to be kept under the name in the path.")
                .member("title", text(SavedView.MAX_TITLE_CHARS))
                .optional("query", text(SavedView.MAX_QUERY_CHARS), QUERY)
                .optional("sort", text(), SORT)
                .optional(
                        "columns",
                        list(oneOf(TicketJson.NAMES)),
                        "Which members of tickets whoever shows the list is to show; none for all.")
                .optional("shared", truth(), "Whether all share it; else it is the caller's own.")
                .closed();
    }

    private ApiObject reply() {
        Shape reply = shape("A comment that is written often, and what is done along with it.")
                .member("name", text())
                .member("title", text())
                .member("body", text(), BODY)
                .member("status", nullable(known(names.states())), "Where the ticket goes; null to leave it.")
                .member("resolution", nullable(known(names.resolutions())))
                .member("tags", list(text()), "Which are added.");
        return written(reply);
    }

    private ApiObject newReply() {
        return shape("A reply to be kept under the name in the path.")
                .member("title", text(CannedReply.MAX_TITLE_CHARS))
                .member("body", text(CannedReply.MAX_BODY_CHARS), BODY)
                .optional("status", nullable(oneOf(names.states())))
                .optional("resolution", nullable(oneOf(names.resolutions())))
                .optional("tags", list(text(), CannedReply.MAX_TAGS))
                .closed();
    }

    private ApiObject renderedReply() {
        return shape("What a canned reply says on a ticket, and does along with it.")
                .member("body", text(), "Markdown; what was put in is escaped.")
                .member("status", nullable(known(names.states())))
                .member("resolution", nullable(known(names.resolutions())))
                .member("tags", list(text()))
                .open();
    }

    private static ApiObject sentReply() {
        return shape("How the reply is said; all of it can be left out.")
                .optional("body", text(), "What was made of the text; by default, what the reply says on the ticket.")
                .optional("kind", oneOf(List.of("public", "internal")), "By default `public`.")
                .closed();
    }
}
