package io.ticketmesh.json;

import io.ticketmesh.ticket.AmbiguousReferenceException;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.UnknownTicketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads links and references to other tickets. What does not resolve is a violation where it stands. */
final class LinkForm {
    private final Function<String, TicketId> references;
    private final Violations violations;

    /**
     * @param references finds the ticket that a reference means, or throws {@link UnknownTicketException} or
     *     {@link AmbiguousReferenceException}
     */
    LinkForm(Function<String, TicketId> references, Violations violations) {
        this.references = references;
        this.violations = violations;
    }

    /** The links with the place of each. Each names its other ticket by {@code target}, or as it is shown by {@code id} or {@code key}. */
    Map<Link, JsonPointer> links(List<ObjectForm> forms) {
        Map<Link, JsonPointer> links = new LinkedHashMap<>();
        for (ObjectForm form : forms) {
            Field<LinkType> type =
                    form.oneOf("type", LinkType.ALL, LinkType::name).required();
            Field<String> target = form.string("target");
            Field<String> id = form.string("id");
            Field<String> key = form.string("key");
            form.rejectUnknown();
            Field<String> named =
                    target.hasValue() ? target : id.hasValue() ? id : key.hasValue() ? key : target.required();
            TicketId ticket = ticket(named);
            if (ticket != null && type.hasValue()) {
                links.putIfAbsent(new Link(type.value(), ticket), form.pointer());
            }
        }
        return links;
    }

    /** The ticket that the field means; null when it has no value, or when that resolves to none, which is noted. */
    @Nullable
    TicketId ticket(Field<String> reference) {
        if (!reference.hasValue()) {
            return null;
        }
        try {
            return references.apply(reference.value());
        } catch (UnknownTicketException unknown) {
            violations.add(reference.pointer(), "unknown-ticket", "names no ticket that is known here");
        } catch (AmbiguousReferenceException ambiguous) {
            violations.add(
                    reference.pointer(),
                    "ambiguous",
                    "fits several tickets",
                    ambiguous.candidates().stream()
                            .map(id -> id.key().toString())
                            .toList());
        }
        return null;
    }
}
