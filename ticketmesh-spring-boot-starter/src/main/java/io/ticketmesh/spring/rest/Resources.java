package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.TicketMeshProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * All paths and what answers them. Fixed words stand before the variable that would match them too. What is answered here is told in the
 * OpenAPI document by {@link ApiTicketPaths}, {@link ApiNodePaths} and {@link ApiWebhookPaths}.
 */
final class Resources {
    private final Desk desk;

    Resources(Desk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        TicketMeshProperties settings = desk.settings();
        List<Route> routes = new ArrayList<>(tickets(settings.rest().path()));
        routes.addAll(node(settings.systemPath()));
        routes.addAll(webhooks(settings.systemPath() + "/webhooks"));
        if (settings.console().enabled()) {
            routes.addAll(console(settings.systemPath(), settings.rest().path()));
        }
        return routes;
    }

    private List<Route> tickets(String root) {
        TicketResource ticket = new TicketResource(desk);
        ListResource list = new ListResource(desk);
        BulkResource bulk = new BulkResource(desk, ticket);
        ExchangeResource exchange = new ExchangeResource(desk);
        WorkflowResource workflow = new WorkflowResource(desk);
        LabelResource labels = new LabelResource(desk);
        CommentResource comments = new CommentResource(desk);
        AttachmentResource attachments = new AttachmentResource(desk);
        HistoryResource history = new HistoryResource(desk);
        ConflictResource conflicts = new ConflictResource(desk);
        CopiesResource copies = new CopiesResource(desk);
        EventResource events = new EventResource(desk);
        ReplyResource replies = new ReplyResource(desk);
        String one = root + "/{ref}";
        return List.of(
                Route.to(root).on("GET", list::page).on("POST", ticket::create),
                Route.to(root + "/bulk").on("POST", bulk::perform),
                Route.to(root + "/changes").on("GET", events::changes),
                Route.to(root + "/events").on("GET", events::stream).choosingItself(),
                Route.to(root + "/export").on("GET", exchange::export).choosingItself(),
                Route.to(root + "/import").on("POST", exchange::load),
                Route.to(root + "/similar").on("GET", list::similar),
                Route.to(root + "/stats").on("GET", list::counts),
                Route.to(one)
                        .on("GET", ticket::read)
                        .on("PUT", ticket::put)
                        .on("PATCH", ticket::patch)
                        .on("DELETE", ticket::delete),
                Route.to(one + "/restore").on("POST", ticket::restore),
                Route.to(one + "/merge").on("POST", ticket::merge),
                Route.to(one + "/transitions").on("GET", workflow::transitions).on("POST", workflow::transition),
                Route.to(one + "/tags/{tag}").on("PUT", labels::tag).on("DELETE", labels::untag),
                Route.to(one + "/watchers/{who}").on("PUT", labels::watch).on("DELETE", labels::unwatch),
                Route.to(one + "/links/{type}/{target}").on("PUT", labels::link).on("DELETE", labels::unlink),
                Route.to(one + "/comments").on("GET", comments::page).on("POST", comments::add),
                Route.to(one + "/comments/{comment}")
                        .on("GET", comments::read)
                        .on("PATCH", comments::edit)
                        .on("DELETE", comments::redact),
                Route.to(one + "/attachments").on("GET", attachments::list).on("POST", attachments::add),
                Route.to(one + "/attachments/{attachment}")
                        .on("GET", attachments::read)
                        .on("DELETE", attachments::remove)
                        .choosingItself(),
                Route.to(one + "/history").on("GET", history::page),
                Route.to(one + "/conflicts").on("GET", conflicts::all),
                Route.to(one + "/conflicts/{field}").on("POST", conflicts::settle),
                Route.to(one + "/copies").on("GET", copies::all),
                Route.to(one + "/replies/{name}").on("GET", replies::rendered).on("POST", replies::send));
    }

    private List<Route> node(String root) {
        NodeResource node = new NodeResource(desk);
        ApiResource api = new ApiResource(desk);
        BundleResource bundle = new BundleResource(desk);
        ErasureResource erasures = new ErasureResource(desk);
        IncidentResource incidents = new IncidentResource(desk);
        SessionResource session = new SessionResource(desk);
        ViewResource views = new ViewResource(desk);
        ReplyResource replies = new ReplyResource(desk);
        return List.of(
                Route.to(root + "/session").on("GET", session::read),
                Route.to(root + "/meta").on("GET", node::meta),
                Route.to(root + "/bundle")
                        .on("GET", bundle::write)
                        .on("POST", bundle::read)
                        .choosingItself(),
                Route.to(root + "/erasures").on("GET", erasures::all).on("POST", erasures::begin),
                Route.to(root + "/erasures/{erasure}").on("GET", erasures::read),
                Route.to(root + "/incidents").on("POST", incidents::report),
                Route.to(root + "/mesh").on("GET", node::mesh),
                Route.to(root + "/mesh/digest").on("GET", node::digest),
                Route.to(root + "/mesh/members/{node}").on("DELETE", node::retire),
                Route.to(root + "/openapi.json").on("GET", api::read),
                Route.to(root + "/views").on("GET", views::all),
                Route.to(root + "/views/{name}")
                        .on("GET", views::read)
                        .on("PUT", views::put)
                        .on("DELETE", views::delete),
                Route.to(root + "/replies").on("GET", replies::all),
                Route.to(root + "/replies/{name}")
                        .on("GET", replies::read)
                        .on("PUT", replies::put)
                        .on("DELETE", replies::delete));
    }

    private List<Route> webhooks(String root) {
        WebhookResource webhooks = new WebhookResource(desk);
        String one = root + "/{webhook}";
        return List.of(
                Route.to(root).on("GET", webhooks::all).on("POST", webhooks::create),
                Route.to(one)
                        .on("GET", webhooks::read)
                        .on("PATCH", webhooks::change)
                        .on("DELETE", webhooks::delete),
                Route.to(one + "/rotate").on("POST", webhooks::rotate),
                Route.to(one + "/ping").on("POST", webhooks::ping),
                Route.to(one + "/deliveries").on("GET", webhooks::deliveries),
                Route.to(one + "/deliveries/{delivery}/redeliver").on("POST", webhooks::redeliver));
    }

    private static List<Route> console(String root, String tickets) {
        ConsoleResource console = new ConsoleResource(ConsoleFiles.load(), root, tickets);
        return List.of(
                Route.to(root).on("GET", console::redirect).asFile(),
                Route.to(root + "/").on("GET", console::page).asFile(),
                Route.to(root + "/console/{version}/{file}")
                        .on("GET", console::file)
                        .asFile(),
                Route.to(root + "/console/{version}/{folder}/{file}")
                        .on("GET", console::file)
                        .asFile());
    }
}
