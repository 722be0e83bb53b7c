package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.rest.HostSecurity.FormToken;
import org.jspecify.annotations.Nullable;

/** Who the caller is, what he may do, and what his writes must bring. */
final class SessionResource {
    private final Desk desk;

    SessionResource(Desk desk) {
        this.desk = desk;
    }

    /** Tells a secret, so nobody may keep it. */
    Reply read(Call call) {
        call.parameters().requireAllKnown();
        FormToken token = desk.security().formToken(call.servlet());
        return Reply.json(200, json -> write(json, call, token)).with("Cache-Control", "no-store");
    }

    private void write(JsonWriter json, Call call, @Nullable FormToken token) {
        json.startObject()
                .member("actor", call.actor())
                .member("authenticated", call.caller().isAuthenticated());
        if (token == null) {
            json.member("csrf", null);
        } else {
            json.startObject("csrf")
                    .member("header", token.header())
                    .member("parameter", token.parameter())
                    .member("token", token.value())
                    .endObject();
        }
        json.member("readOnly", desk.node().refusal() != null).startArray("permissions");
        for (TicketAction action : TicketAction.values()) {
            if (call.rights().may(action)) {
                json.value(action.label());
            }
        }
        json.endArray().endObject();
    }
}
