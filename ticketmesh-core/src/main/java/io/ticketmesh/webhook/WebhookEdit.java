package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a webhook shall be like. Each method throws {@link InvalidChangeException}, which names the field, when its value breaks a
 * rule. Not thread-safe.
 */
public final class WebhookEdit {
    /** The most characters (UTF-16 units) of a description. */
    public static final int MAX_DESCRIPTION_CHARS = 255;

    /** The most characters (UTF-16 units) of a filter. */
    public static final int MAX_FILTER_CHARS = 1_000;

    private final Workflow workflow;
    private final AddressGuard guard;
    private @Nullable URI url;
    private @Nullable Set<String> events;
    private @Nullable String filter;
    private @Nullable String description;
    private @Nullable Boolean active;
    private @Nullable WebhookSecret secret;

    WebhookEdit(Workflow workflow, AddressGuard guard) {
        this.workflow = workflow;
        this.guard = guard;
    }

    /**
     * Where events are posted to: https, or http to an allowed network. A name that cannot be looked up just now is taken; it is looked
     * up and checked anew at each delivery.
     */
    public WebhookEdit url(String address) {
        WebhookUrl parsed;
        try {
            parsed = WebhookUrl.parse(address);
        } catch (IllegalArgumentException refused) {
            throw new InvalidChangeException("url", String.valueOf(refused.getMessage()));
        }
        try {
            for (InetAddress found : parsed.addresses()) {
                String reason = guard.refusal(found, parsed.isSecure());
                if (reason != null) {
                    throw new InvalidChangeException("url", "not-allowed", reason, null);
                }
            }
        } catch (UnknownHostException unknownNow) {
            return with(parsed.uri());
        }
        return with(parsed.uri());
    }

    private WebhookEdit with(URI checked) {
        url = checked;
        return this;
    }

    /** The types of events that are told, such as {@code ticket.created}; none for all. See {@link Webhook#EVENTS}. */
    public WebhookEdit events(String... types) {
        return events(Arrays.asList(types));
    }

    public WebhookEdit events(Collection<String> types) {
        for (String type : types) {
            if (!Webhook.EVENTS.contains(type)) {
                throw new InvalidChangeException(
                        "events",
                        "not-allowed",
                        "has '" + type + "', which is not one of " + String.join(", ", Webhook.EVENTS),
                        null);
            }
        }
        events = Set.copyOf(types);
        return this;
    }

    /** What a ticket must meet after a change, in the query language of lists, such as {@code priority:urgent}; empty for all. */
    public WebhookEdit filter(String query) {
        String text = Texts.text("filter", query.strip(), MAX_FILTER_CHARS);
        TicketFilter unused = filterOf(text, workflow, TimeRules.standard(), Instant.EPOCH);
        filter = text;
        return this;
    }

    /**
     * @throws InvalidChangeException when it is not understood
     */
    static TicketFilter filterOf(String query, Workflow workflow, TimeRules rules, Instant now) {
        Criteria criteria = new Criteria(workflow, rules, null, now).deletedToo();
        try {
            return query.isEmpty() ? criteria.filter() : criteria.query(query).filter();
        } catch (InvalidQueryException refused) {
            throw new InvalidChangeException(
                    "filter", refused.code(), refused.problem(), refused.limit().orElse(null));
        }
    }

    /** For people. */
    public WebhookEdit description(String text) {
        description = Texts.text("description", text.strip(), MAX_DESCRIPTION_CHARS);
        return this;
    }

    /** Whether events are told. When it is switched on, it begins at that moment. */
    public WebhookEdit active(boolean on) {
        active = on;
        return this;
    }

    /** A secret that the receiver has already; by default a new one is made. Only for a new webhook. */
    public WebhookEdit secret(WebhookSecret known) {
        secret = known;
        return this;
    }

    @Nullable
    WebhookSecret secret() {
        return secret;
    }

    /** The webhook as it shall be. */
    Webhook applyTo(Webhook before, HybridTimestamp now) {
        boolean on = active == null ? before.active() : active;
        boolean begins = on && !before.active();
        return new Webhook(
                before.id(),
                url == null ? before.url() : url,
                events == null ? before.events() : events,
                filter == null ? before.filter() : filter,
                description == null ? before.description() : description,
                on,
                on ? null : before.stopped(),
                begins ? now : before.since(),
                before.createdAt(),
                before.createdBy(),
                before.keys());
    }

    /** @throws InvalidChangeException when no address was given */
    URI requireUrl() {
        if (url == null) {
            throw new InvalidChangeException("url", "required", "is required", null);
        }
        return url;
    }
}
