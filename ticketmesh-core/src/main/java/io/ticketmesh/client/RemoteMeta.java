package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import java.util.List;
import java.util.SortedMap;

/**
 * What a client must know to fill in forms.
 *
 * @param version of the server's software
 * @param states of the workflow, in the order of their definition
 * @param resolutions the reasons for being done; the first is the default
 * @param types the kinds of tickets; the first is the default
 * @param priorities by rising rank
 * @param commentKinds by their names in JSON
 * @param timeRules what time does to tickets
 * @param limits of tickets, such as {@code titleChars}
 * @param requests the server's limits of requests
 */
public record RemoteMeta(
        String version,
        List<State> states,
        List<String> resolutions,
        List<String> types,
        List<Priority> priorities,
        List<LinkType> linkTypes,
        List<String> commentKinds,
        RemoteTimeRules timeRules,
        SortedMap<String, Long> limits,
        Requests requests) {
    /**
     * A state of the workflow.
     *
     * @param initial whether tickets can be created in it
     * @param transitions the states that follow it
     */
    public record State(Status status, StatusCategory category, boolean initial, List<Status> transitions) {
        public State {
            transitions = List.copyOf(transitions);
        }

        static State read(AnswerForm form) {
            return new State(
                    new Status(form.text("name")),
                    form.converted("category", RemoteTicket::category),
                    form.truth("initial"),
                    form.texts("transitions").stream().map(Status::new).toList());
        }
    }

    /**
     * What the server takes.
     *
     * @param bodyBytes the largest body
     * @param importBytes the largest import
     * @param attachmentBytes the largest attachment
     * @param bulkOperations the most operations of one bulk request
     * @param requireIfMatch whether changes must say which state they mean
     * @param readOnly whether it takes no writes
     */
    public record Requests(
            long bodyBytes,
            long importBytes,
            long attachmentBytes,
            int bulkOperations,
            boolean requireIfMatch,
            boolean readOnly) {
        static Requests read(AnswerForm form) {
            return new Requests(
                    form.number("bodyBytes"),
                    form.number("importBytes"),
                    form.number("attachmentBytes"),
                    (int) form.number("bulkOperations"),
                    form.truth("requireIfMatch"),
                    form.truth("readOnly"));
        }
    }

    public RemoteMeta {
        states = List.copyOf(states);
        priorities = List.copyOf(priorities);
        linkTypes = List.copyOf(linkTypes);
    }

    static RemoteMeta read(AnswerForm form) {
        AnswerForm workflow = form.inner("workflow");
        return new RemoteMeta(
                form.text("version"),
                workflow.each("states", State::read),
                workflow.texts("resolutions"),
                workflow.texts("types"),
                form.each("priorities", each -> new Priority((int) each.number("rank"), each.text("name"))),
                form.each("linkTypes", each -> new LinkType(each.text("name"), each.text("inverse"))),
                form.texts("commentKinds"),
                RemoteTimeRules.read(form.inner("timeRules")),
                form.numbers("limits"),
                Requests.read(form.inner("requests")));
    }
}
