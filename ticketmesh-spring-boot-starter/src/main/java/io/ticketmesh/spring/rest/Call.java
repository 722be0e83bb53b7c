package io.ticketmesh.spring.rest;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonPlace;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.access.TicketCaller;
import io.ticketmesh.spring.rest.Rights.Permitted;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.RequestPath;
import org.springframework.web.servlet.function.ServerRequest;

/** One request in our own words, read strictly: what is malformed ends it with a problem. For one thread. */
final class Call {
    /** The longest name of an actor, in characters. */
    static final int MAX_ACTOR = 128;

    private final HttpServletRequest request;
    private final RequestPath path;
    private final Map<String, String> variables;
    private final Desk desk;
    private final Parameters parameters;
    private final TicketCaller caller;
    private @Nullable Rights rights;
    private byte @Nullable [] body;

    /**
     * @throws ProblemException when the query is malformed, or the caller's name cannot be an actor's
     */
    Call(ServerRequest request, Desk desk) {
        this.request = request.servletRequest();
        this.path = request.requestPath();
        this.variables = request.pathVariables();
        this.desk = desk;
        this.parameters = new Parameters(this.request.getQueryString());
        this.caller = callerOf(this.request, desk);
    }

    private static TicketCaller callerOf(HttpServletRequest request, Desk desk) {
        Principal principal = request.getUserPrincipal();
        String name = principal == null ? null : principal.getName();
        Set<String> authorities = desk.security()
                .authorities(request, desk.settings().rest().roles().names());
        if (name == null || name.isBlank()) {
            return new TicketCaller(desk.settings().rest().anonymousName(), null, authorities);
        }
        if (!canBeActor(name)) {
            throw Problem.of(
                            ProblemKind.ACCESS_DENIED,
                            "The name of the authenticated user cannot be an actor's: it has more than " + MAX_ACTOR
                                    + " characters, space around it, or what is no character of a line")
                    .exception();
        }
        return new TicketCaller(name, principal, authorities);
    }

    /** Whether it names the same person where it is written: nobody becomes another one by a space. */
    private static boolean canBeActor(String name) {
        try {
            return Texts.line("actor", name, MAX_ACTOR).equals(name);
        } catch (InvalidChangeException refused) {
            return false;
        }
    }

    HttpServletRequest servlet() {
        return request;
    }

    String method() {
        return request.getMethod();
    }

    boolean reads() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** Who asks; at most 128 characters. */
    String actor() {
        return caller.name();
    }

    TicketCaller caller() {
        return caller;
    }

    /** What the caller may do. */
    Rights rights() {
        Rights known = rights;
        if (known == null) {
            known = new Rights(desk.service(), desk.authorizer(), caller);
            rights = known;
        }
        return known;
    }

    /**
     * @throws ProblemException when the caller may not do that
     */
    Permitted permitted(Proposal proposal) {
        return rights().permitted(proposal);
    }

    boolean seesInternal() {
        return rights().seesInternal();
    }

    Parameters parameters() {
        return parameters;
    }

    /** The part of the path that the route names so, decoded. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** The ticket that the path names, deleted or not, if there is one for the caller. */
    TicketId ticket() {
        return rights().resolve(variable("ref"));
    }

    /** All values of the header, as one list; null when there is none. */
    @Nullable
    String header(String name) {
        List<String> all = Collections.list(request.getHeaders(name));
        return all.isEmpty() ? null : String.join(", ", all);
    }

    /** The value of a header that can be given once; null when there is none. */
    @Nullable
    String singleHeader(String name) {
        List<String> all = Collections.list(request.getHeaders(name));
        if (all.size() > 1) {
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header " + name + " is given " + all.size() + " times")
                    .with(ProblemError.header(name, "repeated", "is given more than once"))
                    .exception();
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** The path that a client uses for {@code path} of ours: with what the application puts in front. */
    String external(String own) {
        String whole = path.value();
        return whole.substring(
                        0, whole.length() - path.pathWithinApplication().value().length())
                + own;
    }

    /** The path of this request, as the client wrote it. */
    String ownPath() {
        return path.value();
    }

    /** The address of a ticket. */
    String address(TicketId ticket) {
        return external(desk.settings().rest().path() + "/" + ticket);
    }

    /** Which states {@code If-Match} expects; empty when it is not given, or {@code *}. */
    Set<String> expected() {
        String value = header("If-Match");
        return value == null ? Set.of() : EntityTags.parse("If-Match", value).expected();
    }

    /** Like {@link #expected}, but refuses to go on without the header when the application demands it. */
    Set<String> demanded() {
        if (header("If-Match") == null && desk.settings().rest().requireIfMatch()) {
            throw Problem.of(
                            ProblemKind.PRECONDITION_REQUIRED,
                            "This application demands If-Match with the ETag of the state that is meant")
                    .exception();
        }
        return expected();
    }

    /** How many members are to hold what this call writes. */
    Acknowledgement acknowledgement() {
        return Acks.wanted(this);
    }

    /** Whether the caller holds that state already: the answer is 304 then. */
    boolean holds(String etag) {
        String value = header("If-None-Match");
        return value != null
                && reads()
                && EntityTags.parse("If-None-Match", value).covers(etag);
    }

    /** The body as one document of JSON. */
    JsonValue json(String... mediaTypes) {
        Bodies.requireType(this, List.of(mediaTypes));
        return Json.parse(bytes(), limits());
    }

    /** The body as one document of JSON; an empty object when there is no body. */
    JsonValue optionalJson() {
        return bytes().length == 0 ? new JsonObject(Map.of(), JsonPlace.NONE) : json("application/json");
    }

    /** The whole body. */
    byte[] bytes() {
        byte[] read = body;
        if (read == null) {
            read = Bodies.read(request, desk.settings().rest().maxBody().toBytes());
            body = read;
        }
        return read;
    }

    private JsonLimits limits() {
        return JsonLimits.DEFAULT.withDocumentBytes(
                desk.settings().rest().maxBody().toBytes());
    }
}
