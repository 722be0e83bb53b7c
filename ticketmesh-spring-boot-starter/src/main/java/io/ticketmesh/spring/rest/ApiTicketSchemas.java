package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.byName;
import static io.ticketmesh.spring.rest.ApiType.count;
import static io.ticketmesh.spring.rest.ApiType.date;
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

import io.ticketmesh.spring.rest.ApiType.Shape;
import io.ticketmesh.ticket.ServiceClock;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The schemas of tickets: as they are shown, made and changed. */
final class ApiTicketSchemas {
    private static final String CUSTOM_KEY = "^[a-z][a-z0-9_]{0,39}$";
    private static final String KEY = "^TM-[0-9A-HJKMNP-TV-Z]{8}$";

    private final ApiNames names;

    ApiTicketSchemas(ApiNames names) {
        this.names = names;
    }

    Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("Ticket", ticket().open());
        all.put(
                "ListedTicket",
                anyOf(
                        ticket().member(
                                        "highlights",
                                        list(ref("Highlight")),
                                        "Where the words of `q` stand, if `highlight` asked for it."),
                        "A ticket in a list: the members that `fields` names, all of them by default."));
        all.put("Highlight", highlight());
        all.put("HighlightRange", highlightRange());
        all.put(
                "SimilarTicket",
                anyOf(
                        ticket().member(
                                        "similarity",
                                        ApiType.number(),
                                        "How much of the weight of the words it has, from 0 to 1; rare words weigh more."),
                        "A ticket like another: the members that `fields` names, all of them by default, and `similarity`."));
        all.put("SimilarTickets", similarTickets());
        all.put("TicketPage", page());
        all.put("NewTicket", newTicket());
        all.put("TicketPatch", patch());
        all.put("Merge", merge());
        all.put("TicketName", ticketName());
        all.put("Deletion", deletion());
        all.put("ServiceClock", serviceClock());
        all.put("Link", link());
        all.put("LinkTo", linkTo());
        all.put("CustomFieldValue", customFieldValue());
        return all;
    }

    /** An object that has any of the members. */
    private static ApiObject anyOf(Shape shape, String description) {
        return ApiObject.of("type", "object")
                .with("description", description)
                .with("properties", shape.open().getOrDefault("properties", ApiObject.EMPTY));
    }

    private static ApiObject highlight() {
        return shape("Words that were looked for, in an excerpt of the text in which they stand.")
                .member(
                        "field",
                        known(List.of("title", "description", "comment", "attachment")),
                        "Which text it is; of an attachment its name.")
                .optional("comment", uuid(), "Which comment it is; absent in other fields.")
                .member(
                        "text",
                        text(),
                        "Plain text as people wrote it, with `…` where it was cut. Escape it in a page.")
                .member("ranges", list(ref("HighlightRange")), "What to mark, in order.")
                .open();
    }

    private static ApiObject highlightRange() {
        return shape("A part of an excerpt, in UTF-16 units, as in a string of JavaScript or Java.")
                .member("start", count())
                .member("end", count(), "Exclusive.")
                .open();
    }

    private static ApiObject similarTickets() {
        return shape("Tickets like one that is being written, the most similar first.")
                .member("items", list(ref("SimilarTicket")))
                .optional(
                        "complete",
                        truth(),
                        "False when the newest writes could not be looked through yet; absent otherwise.")
                .open();
    }

    static ApiObject key() {
        return text().with("pattern", KEY);
    }

    static ApiObject person() {
        return text(AddWatcher.MAX_CHARS);
    }

    private Shape ticket() {
        return shape(
                        "A ticket. All members are always there, null or empty when it has no such thing; answers may grow further ones.")
                .member("id", uuid(), "Names the ticket for ever.")
                .member("key", key(), "The id in short, for people.")
                .member("type", known(names.types()))
                .member("title", text(SetTitle.MAX_CHARS))
                .member("description", text(SetDescription.MAX_CHARS), "Markdown.")
                .member("status", known(names.states()))
                .member(
                        "statusCategory",
                        oneOf(ApiNames.CATEGORIES),
                        "Whether somebody has to act, somebody else is waited for, or nothing is left to do.")
                .member("resolution", nullable(known(names.resolutions())), "Why it is done; null while it is not.")
                .member("pendingUntil", nullable(time()), "Until when somebody else is waited for.")
                .member("priority", known(ApiNames.PRIORITIES))
                .member("queue", text(SetQueue.MAX_CHARS))
                .member("createdBy", person())
                .member("reporter", person(), "On whose behalf it was made.")
                .member("assignee", nullable(person()))
                .member("tags", list(text(AddTag.MAX_CHARS)), "Equal whatever their case.")
                .member("watchers", list(person()))
                .member("customFields", byName(ref("CustomFieldValue")))
                .member("links", list(ref("Link")))
                .member("mergedInto", nullable(ref("TicketName")), "The ticket in which this one is worked on instead.")
                .member("dueAt", nullable(time()), "Never together with dueDate.")
                .member("dueDate", nullable(date()), "Never together with dueAt.")
                .member("overdue", truth())
                .member(
                        "sla",
                        list(ref("ServiceClock")),
                        "How what was promised about it stands; empty when nothing was.")
                .member("occurrences", count(), "How often what the ticket is about has happened, as was counted.")
                .member("lastPlace", nullable(text()), "Where it happened last, as far as that was told.")
                .member("lastSeenAt", nullable(time()), "When it happened there.")
                .member("deleted", nullable(ref("Deletion")), "By whom and when it was deleted; null when it was not.")
                .member("externalId", nullable(text(SetExternalId.MAX_CHARS)), "Its name in another system.")
                .member("createdAt", time())
                .member("updatedAt", time())
                .member("resolvedAt", nullable(time()))
                .member("closedAt", nullable(time()))
                .member(
                        "firstResponseAt",
                        nullable(time()),
                        "When somebody but the reporter first commented for all to see.")
                .member("reopenCount", count())
                .member("commentCount", count(), "Of the comments that the caller may see.")
                .member("attachments", list(ref("Attachment")), "By the time at which they were added.")
                .member(
                        "conflicts",
                        list(known(ApiNames.CONTESTED)),
                        "The fields into which several people wrote without knowing of each other.")
                .member("etag", text(), "The ETag without its quotes.");
    }

    private static ApiObject serviceClock() {
        return shape("How a promise about a ticket stands, at the time of the node that answers.")
                .member("metric", known(labels(ServiceMetric.values(), ServiceMetric::label)))
                .member("policy", text(), "The name of the policy that makes it.")
                .member("targetSeconds", count(), "The working time that was promised.")
                .member(
                        "state",
                        known(labels(ServiceClock.State.values(), ServiceClock.State::label)),
                        "A clock is paused while somebody else is waited for.")
                .member("ended", truth(), "Whether what was promised has come, in time or late, or the ticket is done.")
                .member("dueAt", nullable(time()), "When the time is or was used up; null while that is open.")
                .member(
                        "remainingSeconds",
                        nullable(count()),
                        "The working time that is left; null unless the clock runs or is paused.")
                .open();
    }

    private static <T> List<String> labels(T[] values, Function<T, String> label) {
        return Arrays.stream(values).map(label).toList();
    }

    private static ApiObject page() {
        return shape("A page of tickets.")
                .member("items", list(ref("ListedTicket")))
                .optional("next", text(), "Cursor of the next page; absent on the last one.")
                .optional("prev", text(), "Cursor of the page before; absent on the first one.")
                .optional("total", count(), "How many tickets there are on all pages, if `count` asked for it.")
                .optional(
                        "complete",
                        truth(),
                        "False when words were looked for and the newest writes could not be looked through yet; absent otherwise.")
                .member("limit", ApiType.whole(1, TicketQuery.MAX_LIMIT), "The most tickets of a page.")
                .optional("limitReduced", truth(), "True when a larger limit was asked for; absent otherwise.")
                .open();
    }

    private ApiObject newTicket() {
        return fields(shape("A ticket to be made. Null is the same as absent."), true)
                .closed();
    }

    private ApiObject patch() {
        return fields(
                        shape(
                                "A merge patch (RFC 7396): what is absent stays, null takes a field back to its default. Tags, watchers and"
                                        + " links are whole lists, from which additions and removals are computed; custom fields are changed"
                                        + " one by one."),
                        false)
                .closed();
    }

    private Shape fields(Shape shape, boolean isNew) {
        List<String> states = isNew ? names.initialStates() : names.states();
        ApiObject title = text(SetTitle.MAX_CHARS).with("minLength", 1);
        ApiObject status = oneOf(states);
        ApiObject externalId = text(SetExternalId.MAX_CHARS);
        if (isNew) {
            shape.member("title", title, "One line.");
        } else {
            shape.optional("title", title, "One line; cannot be null.");
        }
        return shape.optional("type", nullable(oneOf(names.types())))
                .optional("description", nullable(text(SetDescription.MAX_CHARS)), "Markdown.")
                .optional("status", isNew ? nullable(status) : status)
                .optional("resolution", nullable(oneOf(names.resolutions())), "Only with a status that is done.")
                .optional("pendingUntil", nullable(time()), "Only with a status that waits.")
                .optional("priority", nullable(oneOf(ApiNames.PRIORITIES)))
                .optional("queue", nullable(text(SetQueue.MAX_CHARS)), "Lower case letters, digits, '-' and '_'.")
                .optional("reporter", nullable(person()), "By default, whoever asks.")
                .optional("assignee", nullable(person()))
                .optional("tags", nullable(list(text(AddTag.MAX_CHARS), AddTag.MAX_TAGS)))
                .optional("watchers", nullable(list(person(), AddWatcher.MAX_WATCHERS)), "By default, the reporter.")
                .optional(
                        "customFields",
                        nullable(byName(nullable(ref("CustomFieldValue")))
                                .with("propertyNames", ApiObject.of("pattern", CUSTOM_KEY))),
                        "At most " + SetCustomField.MAX_FIELDS + ".")
                .optional("links", nullable(list(ref("LinkTo"), AddLink.MAX_LINKS)))
                .optional("dueAt", nullable(time()), "Never together with dueDate.")
                .optional("dueDate", nullable(date()), "Never together with dueAt.")
                .optional("externalId", isNew ? nullable(externalId) : externalId, "Its name in another system.");
    }

    private static ApiObject merge() {
        return shape("Where a ticket is worked on instead.")
                .member("into", nullable(text()), "Id or key of a ticket; null takes the merge back.")
                .closed();
    }

    private static ApiObject ticketName() {
        return shape("Another ticket.")
                .member("id", uuid())
                .member("key", key())
                .open();
    }

    private static ApiObject deletion() {
        return shape("By whom and when a ticket was deleted.")
                .member("by", person())
                .member("at", time())
                .open();
    }

    private static ApiObject link() {
        return shape("How a ticket refers to another.")
                .member("type", known(ApiNames.LINK_TYPES))
                .member("id", uuid(), "The other ticket.")
                .member("key", key())
                .open();
    }

    private static ApiObject linkTo() {
        return shape("A link to be made: `target`, or as links are shown, `id` or `key`, names the other ticket.")
                .member("type", oneOf(ApiNames.LINK_TYPES))
                .optional("target", text(), "Id or key of the other ticket.")
                .optional("id", text())
                .optional("key", text())
                .closed();
    }

    /** Written as conditions, because generators of clients stumble over alternatives of which one is a list, and read these as any value. */
    private static ApiObject customFieldValue() {
        ApiObject time = shape("A moment, or a day.")
                .optional("instant", time())
                .optional("date", date())
                .closed()
                .with("minProperties", 1)
                .with("maxProperties", 1);
        ApiObject texts =
                ApiObject.of("items", text(SetCustomField.MAX_CHARS)).with("maxItems", SetCustomField.MAX_TEXTS);
        return ApiObject.of(
                        "description",
                        "A text, a number, a boolean, a list of texts, a moment as `{\"instant\": …}` or a day as `{\"date\": …}`.")
                .with("maxLength", SetCustomField.MAX_CHARS)
                .with("if", ApiObject.of("type", "array"))
                .with("then", texts)
                .with("else", ApiObject.of("if", ApiObject.of("type", "object")).with("then", time));
    }
}
