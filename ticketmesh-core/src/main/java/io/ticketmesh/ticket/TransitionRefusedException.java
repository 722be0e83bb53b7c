package io.ticketmesh.ticket;

import java.util.List;

/** The workflow does not lead from the ticket's status to the wanted one. Nothing was stored. */
public class TransitionRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String from;
    private final String to;
    private final List<String> allowed;

    public TransitionRefusedException(Status from, Status to, List<Status> allowed) {
        super("A ticket that is " + from + " cannot become " + to + "; allowed: "
                + (allowed.isEmpty() ? "nothing" : String.join(", ", names(allowed))));
        this.from = from.name();
        this.to = to.name();
        this.allowed = names(allowed);
    }

    public String from() {
        return from;
    }

    public String to() {
        return to;
    }

    /** The states that the ticket can take instead. */
    public List<String> allowed() {
        return allowed;
    }

    private static List<String> names(List<Status> states) {
        return states.stream().map(Status::name).toList();
    }
}
