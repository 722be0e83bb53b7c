/**
 * JSON as our contract means it, whatever the host application does with its own: a strict reader that names every fault by
 * its place, and a writer whose output never depends on a setting.
 *
 * <p>The way of a request body: {@link io.ticketmesh.json.Json#parse} turns bytes into a {@link io.ticketmesh.json.JsonValue}
 * or throws {@link io.ticketmesh.json.MalformedJsonException} with line and column; an {@link io.ticketmesh.json.ObjectForm}
 * reads typed {@linkplain io.ticketmesh.json.Field fields} from the value and notes what breaks a rule as a
 * {@link io.ticketmesh.json.Violation} with its JSON pointer; {@link io.ticketmesh.json.Violations#throwIfAny} then reports all
 * of them at once. Bodies that do not fit into memory go through {@link io.ticketmesh.json.JsonLines} or
 * {@link io.ticketmesh.json.JsonStream}. Answers are written by {@link io.ticketmesh.json.JsonWriter}.
 *
 * <p>Tickets are written by {@link io.ticketmesh.json.TicketJson} and its siblings, and what people want of them is read by forms such as
 * {@link io.ticketmesh.json.NewTicketForm} and {@link io.ticketmesh.json.TicketPatchForm}, which turn a body into changes.
 *
 * <p>The tokens come from jackson-core, which is named in this package only and appears in no public signature.
 */
@NullMarked
package io.ticketmesh.json;

import org.jspecify.annotations.NullMarked;
