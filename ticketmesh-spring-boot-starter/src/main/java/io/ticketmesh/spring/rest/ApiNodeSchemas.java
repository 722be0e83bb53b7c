package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.byName;
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
import static io.ticketmesh.spring.rest.ApiType.whole;

import io.ticketmesh.incident.Incidents;
import io.ticketmesh.incident.Severity;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of the node itself: what it can do, and how the mesh is. */
final class ApiNodeSchemas {
    private final ApiNames names;

    ApiNodeSchemas(ApiNames names) {
        this.names = names;
    }

    Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("Session", session());
        all.put("FormToken", formToken());
        all.put("Meta", meta());
        all.put("Workflow", workflow());
        all.put("WorkflowState", workflowState());
        all.put("TimeRules", timeRules());
        all.put("ServicePolicy", servicePolicy());
        all.put("PriorityRank", priorityRank());
        all.put("LinkType", linkType());
        all.put("TicketLimits", ticketLimits());
        all.put("RequestLimits", requestLimits());
        all.put("BundleReport", bundleReport());
        all.put("NewErasure", newErasure());
        all.put("Erasure", erasure());
        all.put(
                "Erasures",
                shape("Erasures.").member("items", list(ref("Erasure"))).open());
        all.put("ErasureMember", erasureMember());
        all.put("NewIncident", newIncident());
        all.put("ReportedIncident", reportedIncident());
        all.put("Mesh", mesh());
        all.put("MeshNode", meshNode());
        all.put("MeshMember", meshMember());
        all.put("CatchUp", catchUp());
        all.put("MeshMovement", meshMovement());
        all.put("MeshRegistry", meshRegistry());
        all.put("ListedServer", listedServer());
        all.put("MeshStatistics", meshStatistics());
        all.put("MeshNetwork", meshNetwork());
        all.put("ContentDigest", contentDigest());
        all.put("TicketCopies", ticketCopies());
        all.put("TicketHolder", ticketHolder());
        return all;
    }

    private static ApiObject session() {
        return shape("Who asks, and what he may do.")
                .member("actor", text(), "The name under which what he does is kept.")
                .member("authenticated", truth())
                .member(
                        "csrf",
                        nullable(ref("FormToken")),
                        "What each write must bring; null where nothing wants a token.")
                .member("readOnly", truth(), "Whether the node takes no writes at all.")
                .member("permissions", list(text()), "What he may do, on some tickets at least.")
                .open();
    }

    private static ApiObject formToken() {
        return shape("The token against forged requests of Spring Security.")
                .member("header", text(), "The header that takes it.")
                .member("parameter", text(), "The parameter of forms that takes it.")
                .member("token", text())
                .open();
    }

    private static ApiObject meta() {
        return shape("What a client must know to fill in forms.")
                .member("version", text(), "Of the software.")
                .member("workflow", ref("Workflow"))
                .member("priorities", list(ref("PriorityRank")))
                .member("linkTypes", list(ref("LinkType")))
                .member("commentKinds", list(text()))
                .member("timeRules", ref("TimeRules"))
                .member("limits", ref("TicketLimits"))
                .member("requests", ref("RequestLimits"))
                .open();
    }

    private static ApiObject workflow() {
        return shape("The states of tickets, why they are done, and which kinds there are.")
                .member("states", list(ref("WorkflowState")))
                .member("resolutions", list(text()), "The first is the default.")
                .member("types", list(text()), "The first is the default.")
                .open();
    }

    private ApiObject workflowState() {
        return shape("A state of the workflow.")
                .member("name", oneOf(names.states()))
                .member("category", oneOf(ApiNames.CATEGORIES))
                .member("initial", truth(), "Whether tickets can begin in it.")
                .member("transitions", list(oneOf(names.states())), "The states that can follow it.")
                .open();
    }

    private static ApiObject timeRules() {
        return shape("What time does to tickets.")
                .member(
                        "zone",
                        text(),
                        "The time zone in which the day of a due date ends, by its name in the tz database.")
                .member(
                        "closeResolvedAfterSeconds",
                        nullable(count()),
                        "After how long without a change resolved tickets are closed; null for never.")
                .member("policies", list(ref("ServicePolicy")), "For a ticket the first one counts that covers it.")
                .open();
    }

    private static ApiObject servicePolicy() {
        ApiObject target = nullable(count());
        return shape("What is promised for some tickets, in seconds of working time; null where nothing is.")
                .member("name", text())
                .member("zone", text(), "The time zone of its business calendar.")
                .member("firstResponseSeconds", target)
                .member("updateSeconds", target)
                .member("resolutionSeconds", target)
                .open();
    }

    private static ApiObject priorityRank() {
        return shape("A priority; the larger the rank, the more urgent.")
                .member("name", text())
                .member("rank", whole())
                .open();
    }

    private static ApiObject linkType() {
        return shape("How a ticket can refer to another, and how the other then refers to it.")
                .member("name", text())
                .member("inverse", text())
                .open();
    }

    private static ApiObject ticketLimits() {
        return shape("The limits of tickets: characters are UTF-16 units.")
                .member("titleChars", count())
                .member("descriptionChars", count())
                .member("commentChars", count())
                .member("comments", count())
                .member("queueChars", count())
                .member("principalChars", count())
                .member("tagChars", count())
                .member("tags", count())
                .member("watchers", count())
                .member("links", count())
                .member("attachments", count())
                .member("attachmentNameChars", count())
                .member("customFields", count())
                .member("customFieldChars", count())
                .member("customFieldTexts", count())
                .member("externalIdChars", count())
                .member("pageSize", count())
                .open();
    }

    private static ApiObject requestLimits() {
        return shape("The limits of requests.")
                .member("bodyBytes", count())
                .member("importBytes", count())
                .member("attachmentBytes", count())
                .member("bulkOperations", count())
                .member("requireIfMatch", truth(), "Whether PATCH and DELETE need If-Match.")
                .member("readOnly", truth(), "Whether the node was configured to refuse all writes.")
                .open();
    }

    private static ApiObject bundleReport() {
        return shape("What a bundle held.")
                .member("operations", count())
                .member("added", count(), "Operations that were new.")
                .member("known", count(), "Operations that were held already.")
                .open();
    }

    private static ApiObject newErasure() {
        return shape("Whose texts and name are to be taken away.")
                .member("person", ApiTicketSchemas.person(), "The name of the actor, exactly.")
                .optional(
                        "mode",
                        nullable(oneOf(ErasureResource.MODES)),
                        "What becomes of the tickets that he created or reported: by default redact, which takes their texts away; purge"
                                + " removes them with what others wrote in them.")
                .closed();
    }

    private static ApiObject erasure() {
        return shape("An erasure, as the node that answers knows it.")
                .member("id", text())
                .member("mode", known(ErasureResource.MODES))
                .member("pseudonym", text(), "What is shown in place of the name.")
                .member("by", ApiTicketSchemas.person())
                .member("at", time())
                .member("finished", truth(), "Whether all that was found where it began was taken away.")
                .member("tickets", count(), "Tickets that were redacted or purged.")
                .member("comments", count(), "Comments that were redacted.")
                .member("names", count(), "Tickets in which the name was replaced.")
                .member("complete", truth(), "Whether all members have confirmed it.")
                .member("members", list(ref("ErasureMember")))
                .open();
    }

    private static ApiObject erasureMember() {
        return shape("A member of the mesh.")
                .member("id", text())
                .member("name", text())
                .member("confirmed", truth(), "Whether it is known to hold the erasure on disk.")
                .open();
    }

    private static ApiObject newIncident() {
        return shape("An incident to be reported.")
                .member("dedupKey", text(Incidents.MAX_KEY_CHARS).with("minLength", 1), "Which incidents are the same.")
                .optional("title", nullable(text(SetTitle.MAX_CHARS)), "By default, the key.")
                .optional("description", nullable(text(SetDescription.MAX_CHARS)), "Markdown.")
                .optional("severity", nullable(oneOf(Severity.LABELS)), "By default, error; says the priority.")
                .optional(
                        "place",
                        nullable(text(RecordOccurrences.MAX_PLACE_CHARS)),
                        "By default, the node that is asked.")
                .optional("queue", nullable(text()), "A slug; by default, default.")
                .optional("tags", nullable(list(text())))
                .optional(
                        "details",
                        nullable(text(AddComment.MAX_CHARS)),
                        "An internal comment when the ticket is created or opened again.")
                .closed();
    }

    private static ApiObject reportedIncident() {
        return shape("Where a report is counted.")
                .member("dedupKey", text())
                .member("id", uuid(), "Of the ticket.")
                .member("key", text(), "Of the ticket.")
                .open();
    }

    private static ApiObject mesh() {
        return shape("The mesh as the node that answers sees it.")
                .member("node", ref("MeshNode"))
                .member("members", list(ref("MeshMember")))
                .member("active", count(), "Members that count for copies.")
                .member("catchingUp", truth())
                .optional("lastCatchUp", ref("CatchUp"), "Absent before the first.")
                .member(
                        "version",
                        byName(count()),
                        "For each run of a node the number of its last operation held here.")
                .member("movements", list(ref("MeshMovement")), "Who came and who went of late, the oldest first.")
                .optional("registry", ref("MeshRegistry"), "That of the node; absent when it has none.")
                .member("statistics", ref("MeshStatistics"))
                .member("network", ref("MeshNetwork"))
                .open();
    }

    private static ApiObject meshNode() {
        return shape("The node that answers.")
                .member("id", text())
                .member("name", text())
                .member("origin", text(), "This run of it.")
                .member("writable", truth())
                .member("waitingWrites", count())
                .member("droppedMessages", count())
                .open();
    }

    private static ApiObject meshMember() {
        return shape("A member of the mesh.")
                .member("id", text())
                .member("name", text())
                .member("self", truth(), "Whether it is the node that answers.")
                .member("active", truth(), "Whether it counts for copies.")
                .member("reachable", truth(), "Whether it was heard within fifteen seconds.")
                .optional("origin", text(), "Its run; absent when it was not heard of late.")
                .optional("silentMillis", count(), "Absent when it was not heard of late.")
                .optional("heardAt", time())
                .member("wire", count(), "The newest version of messages that it understands.")
                .member("behind", count(), "Operations held here that it is not known to hold.")
                .member("ahead", count(), "Operations that it holds and that are not here yet.")
                .optional("driftMillis", whole(), "By how much its clock was ahead.")
                .open();
    }

    private static ApiObject meshMovement() {
        return shape("A member that came or went.")
                .member("id", text())
                .member("name", text())
                .member("kind", known(List.of("joined", "returned", "lost", "left")))
                .member("at", time())
                .open();
    }

    private static ApiObject meshRegistry() {
        return shape("The registry of the node that answers.")
                .member("address", text())
                .member("port", count())
                .member("instances", count(), "Servers that it lists.")
                .member("listed", list(ref("ListedServer")))
                .open();
    }

    private static ApiObject listedServer() {
        return shape("A server in a registry.")
                .member("id", text(), "Of its node.")
                .optional("http", text(), "Where it answers; absent when it does not.")
                .member("state", known(List.of("up", "draining")))
                .member("zone", text())
                .member("late", truth(), "Whether it was not heard for six seconds.")
                .open();
    }

    private static ApiObject ticketCopies() {
        return shape("Where the last change of a ticket was accepted, and who is known to hold it.")
                .member("operation", text(), "Its id, as in the history.")
                .member("actor", text())
                .member("at", time())
                .member("members", list(ref("TicketHolder")))
                .open();
    }

    private static ApiObject ticketHolder() {
        return shape("A member of the mesh, as the node that answers knows it.")
                .member("id", text())
                .member("name", text())
                .member("accepted", truth(), "Whether the change was made there.")
                .member("holds", truth(), "Whether it is known to hold the change on disk.")
                .optional("knownAt", time(), "Since when that is known; absent when it is not, or was long ago.")
                .open();
    }

    private static ApiObject catchUp() {
        return shape("The last time in which others were known to hold what was not here.")
                .member("tookMillis", count())
                .member("endedMillisAgo", count())
                .open();
    }

    private static ApiObject meshStatistics() {
        return shape("What the node has counted since it was started.")
                .member("duplicates", count())
                .member("droppedAsPurged", count())
                .member("early", count())
                .member("leadsRefused", count())
                .member("largestLeadMillis", count())
                .open();
    }

    private static ApiObject meshNetwork() {
        return shape("How the node meets others.")
                .member("kind", text())
                .optional("address", text(), "Absent when it has none.")
                .member("port", count())
                .member("membersInGroup", count())
                .member("packetsRejected", count())
                .member("packetsReplayed", count())
                .member("messagesUnreadable", count())
                .member("messagesDropped", count())
                .member("queueBytes", count())
                .open();
    }

    private static ApiObject contentDigest() {
        return shape("Nodes with equal digests hold the same.")
                .member("digest", text())
                .member("version", text(), "What the digest is of, as in TicketMesh-Version.")
                .open();
    }
}
