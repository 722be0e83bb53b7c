package io.ticketmesh.spring.rest;

import io.ticketmesh.bundle.Bundle;
import io.ticketmesh.bundle.BundleReport;
import io.ticketmesh.bundle.DamagedBundleException;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.spring.access.TicketAction;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** All that the node holds, as one stream of bytes. */
final class BundleResource {
    static final String TYPE = "application/vnd.ticketmesh.bundle";

    private final Desk desk;

    BundleResource(Desk desk) {
        this.desk = desk;
    }

    Reply write(Call call) {
        boolean erased = !Boolean.FALSE.equals(call.parameters().truth("erased"));
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.BUNDLE);
        Accepted.of(call).choose(List.of(TYPE));
        if (!desk.node().bundle().isWhole()) {
            throw Problem.of(
                            ProblemKind.INCOMPLETE_NODE,
                            "A part of what this node holds came by snapshot; take the bundle from another node")
                    .exception();
        }
        Bundle all = desk.node().bundle();
        Bundle bundle = erased ? all : all.withoutErased();
        return Reply.streamed(TYPE, bundle::write)
                .with("Content-Disposition", "attachment; filename=\"tickets.bundle\"");
    }

    Reply read(Call call) throws IOException {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.BUNDLE);
        Accepted.of(call).requireJson();
        Bodies.requireType(call, List.of(TYPE));
        ReadOnlyException refusal = desk.node().refusal();
        if (refusal != null) {
            throw refusal;
        }
        InputStream input = Bodies.stream(call.servlet(), Long.MAX_VALUE); // stored part by part, whatever its size
        try {
            BundleReport report = desk.node().bundle().read(input);
            return Reply.json(
                    200,
                    json -> json.startObject()
                            .member("operations", report.operations())
                            .member("added", report.added())
                            .member("known", report.known())
                            .endObject());
        } catch (DamagedBundleException damaged) {
            Bodies.drain(call.servlet()); // so that the client reads why
            throw Problem.of(ProblemKind.DAMAGED_BUNDLE, String.valueOf(damaged.getMessage()))
                    .with("offset", damaged.offset())
                    .exception();
        }
    }
}
