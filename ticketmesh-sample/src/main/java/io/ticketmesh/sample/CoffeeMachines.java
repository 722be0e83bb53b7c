package io.ticketmesh.sample;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The business of this application: coffee machines that report faults. Each fault becomes a ticket, by the Java API. */
@RestController
@Profile("!client")
@RequestMapping("/machines")
class CoffeeMachines {
    private static final Set<String> DONE = Set.of("resolved", "closed");

    private final TicketMesh mesh;

    CoffeeMachines(TicketMesh mesh) {
        this.mesh = mesh;
    }

    /** What a machine reports. */
    record Fault(String message) {}

    /** What the machine's owner gets to know. */
    record Report(String ticket, String status, long occurrences) {
        static Report of(TicketView ticket) {
            return new Report(ticket.key().toString(), ticket.status().name(), ticket.occurrences());
        }
    }

    /** A fault of a machine that has an open ticket is counted there; otherwise it gets a new one. */
    @PostMapping("/{machine}/faults")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Report report(@PathVariable String machine, @RequestBody Fault fault) {
        TicketView ticket = openTickets(machine).stream()
                .findFirst()
                .map(open -> mesh.tickets(machine).change(open.id().toString(), edit -> edit.occurrences(1)))
                .orElseGet(() -> mesh.tickets(machine)
                        .create(
                                fault.message(),
                                edit -> edit.queue("machines")
                                        .priority(Priority.HIGH)
                                        .tag("coffee")
                                        .occurrences(1)));
        return Report.of(ticket);
    }

    /** The open tickets of a machine. */
    @GetMapping("/{machine}/faults")
    Map<String, List<Report>> faults(@PathVariable String machine) {
        return Map.of("open", openTickets(machine).stream().map(Report::of).toList());
    }

    private List<TicketView> openTickets(String machine) {
        TicketFilter filter = TicketFilter.LIVING
                .and(new Criterion.AnyOf(Criterion.Field.REPORTER, Set.of(machine), false))
                .and(new Criterion.AnyOf(Criterion.Field.STATUS, DONE, true));
        return mesh.tickets(machine).query(TicketQuery.of(filter, 50)).items();
    }
}
