package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.any;
import static io.ticketmesh.spring.rest.ApiType.count;
import static io.ticketmesh.spring.rest.ApiType.known;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.nullable;
import static io.ticketmesh.spring.rest.ApiType.oneOf;
import static io.ticketmesh.spring.rest.ApiType.ref;
import static io.ticketmesh.spring.rest.ApiType.shape;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.time;
import static io.ticketmesh.spring.rest.ApiType.truth;
import static io.ticketmesh.spring.rest.ApiType.uuid;

import io.ticketmesh.feed.NewsType;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.change.AddComment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of what is said about a ticket and what happens to it: comments, transitions, history, conflicts, events. */
final class ApiTalkSchemas {
    private static final List<String> WRITABLE_KINDS = List.of("public", "internal");

    private final ApiNames names;

    ApiTalkSchemas(ApiNames names) {
        this.names = names;
    }

    Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("Comment", comment());
        all.put("CommentPage", timeList("A page of comments, in the order of time.", "Comment"));
        all.put("NewComment", newComment());
        all.put("CommentPatch", commentPatch());
        all.put("Attachment", attachment());
        all.put("AttachmentList", attachmentList());
        all.put("Transitions", transitions());
        all.put("PossibleTransition", possibleTransition());
        all.put("Transition", transition());
        all.put("HistoryEntry", historyEntry());
        all.put("HistoryPage", timeList("A page of a ticket's history, in the order of time.", "HistoryEntry"));
        all.put("FieldChange", fieldChange());
        all.put("Conflict", conflict());
        all.put("ConflictList", conflictList());
        all.put("ConflictValue", conflictValue());
        all.put("Settlement", settlement());
        all.put("StatusValue", statusValue());
        all.put("Event", event());
        all.put("EventPage", eventPage());
        return all;
    }

    private static ApiObject comment() {
        return shape("A comment. The body of one whose text was taken away is empty.")
                .member("id", uuid())
                .member("kind", known(ApiNames.COMMENT_KINDS))
                .member("author", ApiTicketSchemas.person())
                .member("createdAt", time())
                .member("body", text(AddComment.MAX_CHARS), "Markdown.")
                .member("editedBy", nullable(ApiTicketSchemas.person()))
                .member("editedAt", nullable(time()))
                .member("redactedBy", nullable(ApiTicketSchemas.person()), "Who took the text away.")
                .member("redactedAt", nullable(time()))
                .open();
    }

    private static ApiObject attachment() {
        return shape("What a ticket knows of an attached file.")
                .member("id", uuid())
                .member("name", text(Attachment.MAX_NAME_CHARS), "Without a path.")
                .member("size", count(), "In bytes.")
                .member("mediaType", text(Attachment.MAX_MEDIA_TYPE_CHARS), "What its content is.")
                .member("sha256", text().with("pattern", "^[0-9a-f]{64}$"), "Names its bytes; also their ETag.")
                .member("addedBy", ApiTicketSchemas.person())
                .member("addedAt", time())
                .open();
    }

    private static ApiObject attachmentList() {
        return shape("What is attached to a ticket, by the time at which it was added.")
                .member("items", list(ref("Attachment")))
                .open();
    }

    private static ApiObject timeList(String description, String item) {
        return shape(description)
                .member("items", list(ref(item)))
                .optional("next", text(), "Cursor of the next page; absent on the last one.")
                .open();
    }

    private static ApiObject commentBody() {
        return text(AddComment.MAX_CHARS).with("minLength", 1);
    }

    private static ApiObject newComment() {
        return shape("A comment to be written.")
                .member("body", commentBody(), "Markdown.")
                .optional("kind", nullable(oneOf(WRITABLE_KINDS)), "By default, public.")
                .closed();
    }

    private static ApiObject commentPatch() {
        return shape("The new text of a comment.")
                .member("body", commentBody(), "Markdown.")
                .closed();
    }

    private ApiObject transitions() {
        return shape("Where a ticket can go from its state.")
                .member("status", known(names.states()))
                .member("statusCategory", oneOf(ApiNames.CATEGORIES))
                .member("transitions", list(ref("PossibleTransition")))
                .open();
    }

    private ApiObject possibleTransition() {
        return shape("A state to which a ticket can go.")
                .member("to", oneOf(names.states()))
                .member("category", oneOf(ApiNames.CATEGORIES))
                .optional("resolutions", list(oneOf(names.resolutions())), "Only of a state that is done.")
                .open();
    }

    private ApiObject transition() {
        ApiObject comment = ApiType.either(
                "A text, which everybody sees, or a comment.", nullable(commentBody()), ref("NewComment"));
        return shape("A move through the workflow, in one atomic change with its comment.")
                .member("to", oneOf(names.states()))
                .optional(
                        "resolution",
                        nullable(oneOf(names.resolutions())),
                        "Only with a state that is done; by default, the first one.")
                .optional("pendingUntil", nullable(time()), "Only with a state that waits.")
                .optional("comment", comment)
                .closed();
    }

    private static ApiObject historyEntry() {
        return shape("Who changed what, when and on which node.")
                .member("id", text(), "Of the operation, the same on every node.")
                .member("actor", ApiTicketSchemas.person())
                .member("at", time())
                .member("node", text())
                .member("changes", list(ref("FieldChange")))
                .open();
    }

    private static ApiObject fieldChange() {
        return shape("A field before and after.")
                .member("field", text(), "A member of tickets, `customFields.` and a key, or `comments`.")
                .member("old", any(), "Null when there was nothing, or when a redaction took the text away.")
                .member("new", any(), "Null when there is nothing, or when a redaction took the text away.")
                .optional("comment", uuid(), "The comment that changed; absent for other fields.")
                .open();
    }

    private static ApiObject conflict() {
        return shape("A field into which several people wrote without knowing of each other.")
                .member("field", known(ApiNames.CONTESTED))
                .member("winner", ref("ConflictValue"))
                .member("losers", list(ref("ConflictValue")))
                .open();
    }

    private static ApiObject conflictList() {
        return shape("The conflicts of a ticket.")
                .member("items", list(ref("Conflict")))
                .open();
    }

    private static ApiObject conflictValue() {
        return shape("What somebody wrote.")
                .member("value", any(), "A text; an object of status, resolution and pendingUntil; null for nobody.")
                .member("actor", ApiTicketSchemas.person())
                .member("node", text())
                .member("at", time())
                .open();
    }

    private static ApiObject settlement() {
        ApiObject value = ApiType.either(
                "A status is its name or an object; an assignee can be null.", nullable(text()), ref("StatusValue"));
        return shape("The value that shall stand, in the form in which conflicts show it.")
                .member("value", value)
                .closed();
    }

    private ApiObject statusValue() {
        return shape("A status with what belongs to it.")
                .member("status", oneOf(names.states()))
                .optional("resolution", nullable(oneOf(names.resolutions())))
                .optional("pendingUntil", nullable(time()))
                .closed();
    }

    private static ApiObject event() {
        List<String> types =
                Arrays.stream(NewsType.values()).map(NewsType::label).toList();
        return shape("What happened to a ticket.")
                .member("eventId", text(), "The id of the operation in the history, the same on every node.")
                .member("ticketId", uuid())
                .member("key", ApiTicketSchemas.key())
                .member("type", known(types))
                .member("actor", ApiTicketSchemas.person())
                .member("origin", text(), "The node that took the write.")
                .member("at", time())
                .member(
                        "etag",
                        nullable(text()),
                        "Of the ticket after it, without quotes; null when the ticket was purged.")
                .member("changes", list(ref("FieldChange")), "Empty when it had lost to a later write already.")
                .open();
    }

    private static ApiObject eventPage() {
        return shape("What happened since the last time.")
                .member("items", list(ref("Event")))
                .member("next", text(), "To be sent as `since` the next time.")
                .member("more", truth(), "Whether to ask again at once; there may be no items all the same.")
                .open();
    }
}
