package io.ticketmesh.spring.rest;

import java.util.List;

/** The operations of webhooks, as {@link Resources} routes them. */
final class ApiWebhookPaths {
    private static final String WEBHOOK = "Webhook";

    private final String root;
    private final String one;
    private final ApiExamples examples;

    ApiWebhookPaths(String systemPath, ApiExamples examples) {
        this.root = systemPath + "/webhooks";
        this.one = root + "/{webhook}";
        this.examples = examples;
    }

    List<ApiOperation> all() {
        return List.of(
                operation("GET", root, "listWebhooks", "Lists webhooks")
                        .telling("Without their secrets. They are the same on every node.")
                        .answers(200, "All of them, the oldest first.", "WebhookList", examples.webhookList()),
                writing("POST", root, "createWebhook", "Creates a webhook")
                        .telling(
                                "It is told what happens from now on. The answer shows its secret, once: a repetition under the same"
                                        + " key does not.")
                        .takes("IdempotencyKey")
                        .body("NewWebhook", examples.newWebhook())
                        .tells("Location", "Idempotent-Replayed")
                        .answers(
                                201, "The webhook with its secret.", "WebhookWithSecret", examples.webhookWithSecret()),
                about("GET", one, "getWebhook", "Shows a webhook")
                        .answers(200, "The webhook.", WEBHOOK, examples.webhook()),
                changing("PATCH", one, "changeWebhook", "Changes a webhook")
                        .telling("One that is switched on begins at that moment.")
                        .patch("WebhookPatch", examples.webhookPatch())
                        .answers(200, "The webhook.", WEBHOOK, examples.webhook()),
                changing("DELETE", one, "deleteWebhook", "Removes a webhook with its log of deliveries")
                        .answers(204, "It is no more."),
                changing("POST", one + "/rotate", "rotateWebhook", "Gives a webhook a new secret")
                        .telling("The one before it counts for 24 hours besides: messages are signed with both.")
                        .emptyBody()
                        .answers(
                                200, "The webhook with its secret.", "WebhookWithSecret", examples.webhookWithSecret()),
                changing("POST", one + "/ping", "pingWebhook", "Sends a message of the type `ping` at once")
                        .emptyBody()
                        .answers(200, "How the receiver took it.", "WebhookReception", examples.webhookReception())
                        .fails(ProblemKind.WEBHOOK_REFUSED),
                about("GET", one + "/deliveries", "listDeliveries", "Lists the last deliveries")
                        .telling("At most 100, of all nodes. What was just done shows within some seconds.")
                        .answers(200, "The newest first.", "DeliveryList", examples.deliveryList()),
                changing(
                                "POST",
                                one + "/deliveries/{delivery}/redeliver",
                                "redeliver",
                                "Sends a remembered delivery once more")
                        .emptyBody()
                        .takes("delivery")
                        .answers(200, "What became of it.", "Delivery", examples.delivery())
                        .fails(ProblemKind.WEBHOOK_REFUSED));
    }

    private static ApiOperation operation(String method, String path, String id, String summary) {
        return new ApiOperation(method, path, id, ApiDocument.WEBHOOKS, summary);
    }

    private static ApiOperation about(String method, String path, String id, String summary) {
        return operation(method, path, id, summary).takes("webhook").fails(ProblemKind.UNKNOWN_WEBHOOK);
    }

    private static ApiOperation writing(String method, String path, String id, String summary) {
        return operation(method, path, id, summary)
                .fails(
                        ProblemKind.CROSS_SITE,
                        ProblemKind.OVERLOADED,
                        ProblemKind.READ_ONLY,
                        ProblemKind.WRITE_TIMEOUT);
    }

    private static ApiOperation changing(String method, String path, String id, String summary) {
        return writing(method, path, id, summary).takes("webhook").fails(ProblemKind.UNKNOWN_WEBHOOK);
    }
}
