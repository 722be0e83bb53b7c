package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Workflow;
import java.util.Arrays;
import java.util.List;

/**
 * The names that fields can take on this node, as the OpenAPI document lists them. Requests take these and no others; answers may show
 * others, which come from newer nodes.
 */
record ApiNames(
        List<String> states,
        List<String> initialStates,
        List<String> doneStates,
        List<String> resolutions,
        List<String> types) {
    static final List<String> PRIORITIES =
            Priority.ALL.stream().map(Priority::name).toList();
    static final List<String> CATEGORIES =
            Arrays.stream(StatusCategory.values()).map(StatusCategory::label).toList();
    static final List<String> LINK_TYPES =
            LinkType.ALL.stream().map(LinkType::name).toList();
    static final List<String> COMMENT_KINDS =
            Arrays.stream(CommentKind.values()).map(CommentKind::label).toList();

    /** The fields into which several people can write without knowing of each other. */
    static final List<String> CONTESTED = List.of("title", "description", "status", "priority", "assignee");

    static ApiNames of(Workflow workflow) {
        return new ApiNames(
                workflow.states().stream().map(Status::name).toList(),
                workflow.initial().stream().map(Status::name).toList(),
                workflow.states().stream()
                        .filter(state -> workflow.category(state) == StatusCategory.DONE)
                        .map(Status::name)
                        .toList(),
                workflow.resolutions(),
                workflow.types());
    }
}
