package io.ticketmesh.spring.rest;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonValue;
import java.nio.charset.StandardCharsets;

/** Requests and answers as they may look, with the names of this node's workflow. */
final class ApiExamples {
    private final ApiNames names;

    ApiExamples(ApiNames names) {
        this.names = names;
    }

    JsonValue ticket() {
        return json(ticketText());
    }

    private String ticketText() {
        return """
                {"id": "01a20443-4489-7a0d-9e2a-9ace3a17f061", "key": "TM-YKFCGBB6", "type": "$type", "title": "Printer on fire",
                 "description": "The one in the **hall**.", "status": "$initial", "statusCategory": "open", "resolution": null,
                 "pendingUntil": null, "priority": "urgent", "queue": "default", "createdBy": "alice", "reporter": "alice",
                 "assignee": null, "tags": ["printer"], "watchers": ["alice"], "customFields": {"floor": 3},
                 "links": [{"type": "blocks", "id": "01a20443-9d20-7c11-8f0e-2b1c6f1d7a55", "key": "TM-24MGZV3J"}],
                 "mergedInto": null, "dueAt": "2026-12-01T08:00:00.000Z", "dueDate": null, "overdue": false,
                 "sla": [{"metric": "first_response", "policy": "urgent", "targetSeconds": 3600, "state": "running", "ended": false,
                 "dueAt": "2026-11-23T00:37:50.000Z", "remainingSeconds": 2400}], "occurrences": 0,
                 "lastPlace": null, "lastSeenAt": null,
                 "deleted": null, "externalId": null, "createdAt": "2026-11-22T23:37:50.000Z",
                 "updatedAt": "2026-11-22T23:37:50.000Z", "resolvedAt": null, "closedAt": null, "firstResponseAt": null,
                 "reopenCount": 0, "commentCount": 0, "attachments": [], "conflicts": [], "etag": "kmvyn5h5b2nx4htz5zr"}
                """;
    }

    JsonValue ticketPage() {
        return json("{\"items\": [" + ticketText() + "], \"next\": \"AQMBAcOxFA\", \"total\": 2, \"limit\": 1}");
    }

    JsonValue similarTickets() {
        String ticket = ticketText().stripTrailing();
        return json("{\"items\": [" + ticket.substring(0, ticket.length() - 1) + ", \"similarity\": 0.78}]}");
    }

    JsonValue newTicket() {
        return json("""
                {"title": "Printer on fire", "description": "The one in the **hall**.", "priority": "urgent", "tags": ["printer"],
                 "customFields": {"floor": 3}, "dueAt": "2026-12-01T08:00:00.000Z"}
                """);
    }

    JsonValue ticketPatch() {
        return json("{\"priority\": \"high\", \"assignee\": \"bob\", \"customFields\": {\"floor\": null}}");
    }

    JsonValue bundleReport() {
        return json("{\"operations\": 5120, \"added\": 17, \"known\": 5103}");
    }

    JsonValue newErasure() {
        return json("{\"person\": \"mallory\", \"mode\": \"redact\"}");
    }

    JsonValue erasures() {
        return json("{\"items\": [" + erasureText() + "]}");
    }

    JsonValue erasure() {
        return json(erasureText());
    }

    private static String erasureText() {
        return """
                {"id": "01a20443-a1b2-7d3e-8c4f-5a6b7c8d9e0f", "mode": "redact", "pseudonym": "erased-5d41402abc4b", "by": "admin",
                 "at": "2026-11-22T23:41:12.000Z", "finished": true, "tickets": 2, "comments": 7, "names": 3, "complete": false,
                 "members": [{"id": "51f3c0de51f3c0de51f3c0de51f3c0de", "name": "desk@tokyo:8080", "confirmed": true},
                             {"id": "9a0c77aa9a0c77aa9a0c77aa9a0c77aa", "name": "desk@osaka:8080", "confirmed": false}]}
                """;
    }

    JsonValue newIncident() {
        return json("""
                {"dedupKey": "nightly-backup", "title": "The nightly backup failed", "severity": "critical", "place": "db-2",
                 "tags": ["backup"], "details": "rsync: connection unexpectedly closed"}
                """);
    }

    JsonValue reportedIncident() {
        return json(
                "{\"dedupKey\": \"nightly-backup\", \"id\": \"5d5d6b6e-7f5a-8a1c-9d1e-0a4f7c3b2d11\", \"key\": \"TM-9Q2M4T7C\"}");
    }

    JsonValue merge() {
        return json("{\"into\": \"TM-24MGZV3J\"}");
    }

    JsonValue comment() {
        return json(commentText());
    }

    private static String commentText() {
        return """
                {"id": "01a20443-a1b2-7d3e-8c4f-5a6b7c8d9e0f", "kind": "public", "author": "bob",
                 "createdAt": "2026-11-22T23:41:12.000Z", "body": "On my way.", "editedBy": null, "editedAt": null,
                 "redactedBy": null, "redactedAt": null}
                """;
    }

    JsonValue attachment() {
        return json(attachmentText());
    }

    private static String attachmentText() {
        return """
                {"id": "01a20443-b3c4-7e5f-8a6b-7c8d9e0f1a2b", "name": "smoke.png", "size": 48213, "mediaType": "image/png",
                 "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "addedBy": "alice",
                 "addedAt": "2026-11-22T23:38:02.000Z"}
                """;
    }

    JsonValue attachmentList() {
        return json("{\"items\": [" + attachmentText() + "]}");
    }

    JsonValue commentPage() {
        return json("{\"items\": [" + commentText() + "]}");
    }

    JsonValue newComment() {
        return json("{\"body\": \"On my way.\", \"kind\": \"public\"}");
    }

    JsonValue commentPatch() {
        return json("{\"body\": \"On my way, with a bucket.\"}");
    }

    JsonValue transitions() {
        return json("""
                {"status": "$initial", "statusCategory": "open",
                 "transitions": [{"to": "$state", "category": "open"}]}
                """);
    }

    JsonValue transition() {
        return json("{\"to\": \"$state\", \"comment\": \"We have it.\"}");
    }

    JsonValue historyPage() {
        return json("""
                {"items": [{"id": "9f0c2a11.19b76daa80099#7", "actor": "bob", "at": "2026-11-22T23:41:12.000Z",
                  "node": "9f0c2a11b7c04d2f8e13a5d6c7b8e9f0", "changes": [{"field": "priority", "old": "normal", "new": "urgent"}]}]}
                """);
    }

    JsonValue conflictList() {
        return json("""
                {"items": [{"field": "title",
                  "winner": {"value": "Printer is warm", "actor": "bob", "node": "9a0c77aa1a2c4d2f8e13a5d6c7b8e9f0",
                             "at": "2026-11-22T23:41:12.000Z"},
                  "losers": [{"value": "Printer on fire", "actor": "alice", "node": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0",
                              "at": "2026-11-22T23:41:10.000Z"}]}]}
                """);
    }

    JsonValue settlement() {
        return json("{\"value\": \"Printer on fire\"}");
    }

    JsonValue bulk() {
        return json("""
                {"operations": [
                  {"op": "create", "body": {"title": "New"}},
                  {"op": "update", "ref": "TM-YKFCGBB6", "ifMatch": "\\"kmvyn5h5b2nx4htz5zr\\"", "body": {"priority": "high"}},
                  {"op": "delete", "ref": "TM-24MGZV3J"}]}
                """);
    }

    JsonValue bulkReport() {
        return json("""
                {"failed": 1, "items": [
                  {"status": 201, "id": "01a20443-4489-7a0d-9e2a-9ace3a17f061", "key": "TM-YKFCGBB6", "etag": "kmvyn5h5b2nx4htz5zr",
                   "location": "/tickets/01a20443-4489-7a0d-9e2a-9ace3a17f061"},
                  {"status": 404, "problem": {"type": "urn:ticketmesh:problem:unknown-ticket",
                   "title": "There is no such ticket, comment or attachment", "status": 404, "detail": "There is no ticket 'TM-00000000'",
                   "code": "unknown-ticket"}}]}
                """);
    }

    JsonValue importReport() {
        return json("""
                {"dryRun": false, "totals": {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0,
                  "passedOver": 0}, "fault": null,
                 "rows": [{"row": 1, "action": "created", "id": "01a20443-4489-7a0d-9e2a-9ace3a17f061", "key": "TM-YKFCGBB6",
                  "externalId": "E-1", "problems": [], "notes": []}], "rowsOmitted": 0}
                """);
    }

    JsonValue numbers() {
        return json("""
                {"total": 2, "deleted": 1, "status": {"$initial": 2}, "statusCategory": {"open": 2, "waiting": 0, "done": 0},
                 "priority": {"normal": 1, "urgent": 1}, "assignee": {"bob": 1}, "unassigned": 1, "queue": {"default": 2},
                 "type": {"$type": 2}, "ages": {"underOneDay": 1, "underOneWeek": 1, "underOneMonth": 0, "older": 0},
                 "createdByDay": {"2026-11-21": 1, "2026-11-22": 1}}
                """);
    }

    JsonValue eventPage() {
        return json("""
                {"items": [{"eventId": "9f0c2a11.19b76daa80099#1", "ticketId": "01a20443-4489-7a0d-9e2a-9ace3a17f061",
                  "key": "TM-YKFCGBB6", "type": "ticket.created", "actor": "alice", "origin": "9f0c2a11b7c04d2f8e13a5d6c7b8e9f0",
                  "at": "2026-11-22T23:37:50.000Z", "etag": "kmvyn5h5b2nx4htz5zr",
                  "changes": [{"field": "title", "old": null, "new": "Printer on fire"}]}],
                 "next": "AR0BARoCXh", "more": false}
                """);
    }

    JsonValue session() {
        return json("""
                {"actor": "alice", "authenticated": true,
                 "csrf": {"header": "X-CSRF-TOKEN", "parameter": "_csrf", "token": "Vf0nHk2m"}, "readOnly": false,
                 "permissions": ["read", "create", "comment"]}
                """);
    }

    JsonValue copies() {
        return json("""
                {"operation": "51f3c0de.19b76daa80099#17", "actor": "alice", "at": "2026-11-22T23:37:50.000Z",
                 "members": [{"id": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0", "name": "desk@tokyo:8080", "accepted": true, "holds": true,
                              "knownAt": "2026-11-22T23:37:50.004Z"}]}
                """);
    }

    JsonValue meta() {
        return json("""
                {"version": "0.1.0",
                 "workflow": {"states": [{"name": "$initial", "category": "open", "initial": true, "transitions": ["$state"]}],
                              "resolutions": ["$resolution"], "types": ["$type"]},
                 "priorities": [{"name": "normal", "rank": 20}], "linkTypes": [{"name": "blocks", "inverse": "blocked_by"}],
                 "commentKinds": ["public", "internal", "system"],
                 "timeRules": {"zone": "Europe/Berlin", "closeResolvedAfterSeconds": 604800,
                               "policies": [{"name": "urgent", "zone": "Europe/Berlin", "firstResponseSeconds": 3600,
                                             "updateSeconds": null, "resolutionSeconds": 28800}]},
                 "limits": {"titleChars": 255, "descriptionChars": 65536, "commentChars": 65536, "comments": 5000, "queueChars": 64,
                            "principalChars": 128, "tagChars": 64, "tags": 50, "watchers": 200, "links": 200, "attachments": 20,
                            "attachmentNameChars": 255, "customFields": 50,
                            "customFieldChars": 4096, "customFieldTexts": 50, "externalIdChars": 255, "pageSize": 100},
                 "requests": {"bodyBytes": 1048576, "importBytes": 67108864, "attachmentBytes": 10485760, "bulkOperations": 100, "requireIfMatch": false,
                              "readOnly": false}}
                """);
    }

    JsonValue mesh() {
        return json("""
                {"node": {"id": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0", "name": "desk@tokyo:8080", "origin": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0.1",
                          "writable": true, "waitingWrites": 0, "droppedMessages": 0},
                 "members": [{"id": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0", "name": "desk@tokyo:8080", "self": true, "active": true,
                              "reachable": true, "wire": 1, "behind": 0, "ahead": 0}],
                 "active": 1, "catchingUp": false, "version": {"51f3c0de1a2b4d2f8e13a5d6c7b8e9f0.1": 17},
                 "movements": [{"id": "9a0c77aa1a2c4d2f8e13a5d6c7b8e9f0", "name": "desk@oslo:8080", "kind": "joined",
                                "at": "2026-11-22T23:37:50.000Z"}],
                 "registry": {"address": "127.0.0.1", "port": 7840, "instances": 1,
                              "listed": [{"id": "51f3c0de1a2b4d2f8e13a5d6c7b8e9f0", "http": "http://127.0.0.1:8080", "state": "up",
                                          "zone": "", "late": false}]},
                 "statistics": {"duplicates": 0, "droppedAsPurged": 0, "early": 0, "leadsRefused": 0, "largestLeadMillis": 0},
                 "network": {"kind": "none", "port": 0, "membersInGroup": 1, "packetsRejected": 0, "packetsReplayed": 0,
                             "messagesUnreadable": 0, "messagesDropped": 0, "queueBytes": 0}}
                """);
    }

    JsonValue webhook() {
        return json("{" + webhookText() + "}");
    }

    JsonValue webhookWithSecret() {
        return json("{" + webhookText() + ", \"secret\": \"whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IQ==\"}");
    }

    JsonValue webhookList() {
        return json("{\"items\": [{" + webhookText() + "}]}");
    }

    private static String webhookText() {
        return """
                "id": "0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d", "url": "https://chat.example/hooks/desk", "events": ["ticket.created"],
                "filter": "priority:urgent", "description": "The chat", "active": true, "stopped": null,
                "since": "2026-11-22T23:37:50.000Z", "createdAt": "2026-11-22T23:37:50.000Z", "createdBy": "alice"
                """;
    }

    JsonValue newWebhook() {
        return json("""
                {"url": "https://chat.example/hooks/desk", "events": ["ticket.created"], "filter": "priority:urgent",
                 "description": "The chat"}
                """);
    }

    JsonValue webhookPatch() {
        return json("{\"active\": false}");
    }

    JsonValue webhookReception() {
        return json("{\"accepted\": true, \"status\": 200, \"millis\": 41, \"body\": \"ok\", \"error\": null}");
    }

    JsonValue delivery() {
        return json(deliveryText());
    }

    JsonValue deliveryList() {
        return json("{\"items\": [" + deliveryText() + "]}");
    }

    private static String deliveryText() {
        return """
                {"id": "9f0c2a11-19b76daa80099-1", "eventId": "9f0c2a11.19b76daa80099#1", "type": "ticket.created",
                 "ticketId": "01a20443-4489-7a0d-9e2a-9ace3a17f061", "key": "TM-YKFCGBB6", "state": "pending", "tries": 1,
                 "nextAt": "2026-11-22T23:37:55.310Z",
                 "attempts": [{"at": "2026-11-22T23:37:50.012Z", "node": "9f0c2a11b7c04d2f8e13a5d6c7b8e9f0", "status": 503,
                               "millis": 12, "error": null}]}
                """;
    }

    JsonValue digest() {
        return json("{\"digest\": \"5f1c0a9be2d34c77\", \"version\": \"HQEBGgJe\"}");
    }

    JsonValue view() {
        return json(viewText());
    }

    private static String viewText() {
        return """
                {"name": "urgent", "title": "Urgent and open", "query": "priority=urgent&category=open", "sort": "-updatedAt",
                 "columns": [], "shared": true, "owner": null, "updatedBy": "alice", "updatedAt": "2026-11-29T08:00:00.000Z",
                 "etag": "2lhc3wkx0m8vd"}
                """;
    }

    JsonValue viewList() {
        return json("{\"items\": [" + viewText() + "]}");
    }

    JsonValue newView() {
        return json("""
                {"title": "Urgent and open", "query": "priority=urgent&category=open", "sort": "-updatedAt", "shared": true}
                """);
    }

    JsonValue cannedReply() {
        return json(cannedReplyText());
    }

    private static String cannedReplyText() {
        return """
                {"name": "more", "title": "Ask for more", "body": "Dear {{reporter}}, what does {{ticket.title}} look like?",
                 "status": "$state", "resolution": null, "tags": ["asked"], "updatedBy": "alice",
                 "updatedAt": "2026-11-29T08:00:00.000Z", "etag": "1s7hd0q2mz4kx"}
                """;
    }

    JsonValue replyList() {
        return json("{\"items\": [" + cannedReplyText() + "]}");
    }

    JsonValue newCannedReply() {
        return json("""
                {"title": "Ask for more", "body": "Dear {{reporter}}, what does {{ticket.title}} look like?", "status": "$state",
                 "tags": ["asked"]}
                """);
    }

    JsonValue renderedReply() {
        return json("""
                {"body": "Dear bob, what does Printer on fire look like?", "status": "$state", "resolution": null, "tags": ["asked"]}
                """);
    }

    JsonValue sentReply() {
        return json("{\"body\": \"Dear Bob, what does it look like?\", \"kind\": \"public\"}");
    }

    private JsonValue json(String text) {
        String named = text.replace("$type", names.types().get(0))
                .replace("$initial", names.initialStates().get(0))
                .replace("$state", names.states().get(names.states().size() > 1 ? 1 : 0))
                .replace("$resolution", names.resolutions().get(0));
        return Json.parse(named.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    }
}
