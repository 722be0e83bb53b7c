package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.erasure.Erasure;
import io.ticketmesh.erasure.ErasureMode;
import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.spring.access.TicketAction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Erasures of people, and who has carried them out. */
final class ErasureResource {
    static final List<String> MODES =
            Arrays.stream(ErasureMode.values()).map(ErasureMode::label).toList();

    private final Desk desk;

    ErasureResource(Desk desk) {
        this.desk = desk;
    }

    Reply begin(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.ERASE);
        Violations violations = new Violations();
        ObjectForm form = ObjectForm.of(call.json("application/json"), violations);
        Field<String> person = form.string("person")
                .required()
                .check(name -> !name.isBlank(), "blank", "is blank", null)
                .atMost(Call.MAX_ACTOR);
        ErasureMode mode = form.oneOf("mode", List.of(ErasureMode.values()), ErasureMode::label)
                .valueOr(ErasureMode.REDACT);
        form.rejectUnknown();
        violations.throwIfAny();
        ReadOnlyException refusal = desk.node().refusal();
        if (refusal != null) {
            throw refusal;
        }
        Erasure begun =
                desk.node().erasures().erase(person.value(), mode, call.actor()).begun();
        return shown(202, begun)
                .with("Location", call.external(desk.settings().systemPath() + "/erasures/" + begun.id()));
    }

    /** The last ones. */
    Reply all(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.ERASE);
        List<Erasure> latest = desk.node().erasures().latest();
        Map<NodeId, String> names = CopiesResource.names(desk.node());
        return Reply.json(200, json -> {
            json.startObject().startArray("items");
            latest.forEach(erasure -> write(json, erasure, names));
            json.endArray().endObject();
        });
    }

    Reply read(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.ERASE);
        return shown(
                200,
                desk.node()
                        .erasures()
                        .find(call.variable("erasure"))
                        .orElseThrow(() -> Problem.of(
                                        ProblemKind.NOT_FOUND, "This node knows of no erasure that has this id")
                                .exception()));
    }

    private Reply shown(int status, Erasure erasure) {
        Map<NodeId, String> names = CopiesResource.names(desk.node());
        return Reply.json(status, json -> write(json, erasure, names));
    }

    private static void write(JsonWriter json, Erasure erasure, Map<NodeId, String> names) {
        json.startObject()
                .member("id", erasure.id())
                .member("mode", erasure.mode().label())
                .member("pseudonym", erasure.pseudonym())
                .member("by", erasure.by())
                .member("at", erasure.at())
                .member("finished", erasure.finished())
                .member("tickets", erasure.tickets())
                .member("comments", erasure.comments())
                .member("names", erasure.names())
                .member("complete", erasure.isComplete())
                .startArray("members");
        erasure.confirmed().forEach(member -> write(json, member, names, true));
        erasure.unconfirmed().forEach(member -> write(json, member, names, false));
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, NodeId member, Map<NodeId, String> names, boolean confirmed) {
        json.startObject()
                .member("id", member.toString())
                .member("name", MeshJson.nameOf(names.getOrDefault(member, ""), member.shortName()))
                .member("confirmed", confirmed)
                .endObject();
    }
}
