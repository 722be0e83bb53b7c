package io.ticketmesh.timer;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Escalation;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceClock;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.TimerNames;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which timers of a ticket are armed, and what happens when one fires. Says the same on every node that holds the same. Immutable.
 *
 * <p>A timer fires only for a due time behind the one for which it last fired: what was told once is not told again because somebody
 * set the time back, and an escalation that changes the policy cannot set itself off for ever.
 */
final class TicketTimers {
    private final Workflow workflow;
    private final TimeRules rules;

    TicketTimers(Workflow workflow, TimeRules rules) {
        this.workflow = workflow;
        this.rules = rules;
    }

    /** The timer that fires next; null when none will unless the ticket changes. */
    @Nullable
    ArmedTimer next(TicketView ticket) {
        return armed(ticket).stream().min(ArmedTimer::compareTo).orElse(null);
    }

    /** What happens when it fires, beginning with the note that it did. */
    List<Change> firing(TicketView ticket, ArmedTimer timer) {
        List<Change> changes = new ArrayList<>();
        changes.add(new FireTimer(timer.name(), timer.due()));
        if (timer.name().equals(TimerNames.SNOOZE)) {
            Status reopened = workflow.reopened(ticket.status());
            if (!reopened.equals(ticket.status())) {
                changes.add(new SetStatus(reopened));
            }
        } else if (timer.name().equals(TimerNames.AUTO_CLOSE)) {
            changes.add(new SetStatus(Status.CLOSED, ticket.resolution(), null));
        } else if (ServiceMetric.isTimer(timer.name())) {
            escalate(ticket, changes);
        }
        return changes;
    }

    private static void escalate(TicketView ticket, List<Change> changes) {
        ServicePolicy policy = ticket.policy();
        Escalation escalation = policy == null ? Escalation.NONE : policy.escalation();
        Priority priority = escalation.priority();
        if (priority != null && priority.compareTo(ticket.priority()) > 0) {
            changes.add(new SetPriority(priority));
        }
        if (escalation.tag() != null) {
            changes.add(new AddTag(escalation.tag()));
        }
        if (escalation.assignee() != null) {
            changes.add(new SetAssignee(escalation.assignee()));
        }
        if (escalation.queue() != null) {
            changes.add(new SetQueue(escalation.queue()));
        }
    }

    private List<ArmedTimer> armed(TicketView ticket) {
        List<ArmedTimer> armed = new ArrayList<>();
        if (ticket.isDeleted() || ticket.mergedInto() != null) {
            return armed;
        }
        if (ticket.category() == StatusCategory.DONE) {
            arm(TimerNames.AUTO_CLOSE, closing(ticket), ticket, armed);
            return armed;
        }
        armDue(ticket, armed);
        if (ticket.category() == StatusCategory.WAITING) {
            arm(TimerNames.SNOOZE, ticket.pendingUntil(), ticket, armed);
        }
        for (ServiceClock clock : ticket.clocks(Instant.MAX)) { // when it is due does not depend on the time
            if (!clock.ended()) {
                arm(clock.metric().timer(), clock.dueAt(), ticket, armed);
            }
        }
        return armed;
    }

    private @Nullable Instant closing(TicketView ticket) {
        Duration quiet = rules.closeResolvedAfter();
        boolean closes = ticket.status().equals(Status.RESOLVED)
                && workflow.allowedFrom(Status.RESOLVED).contains(Status.CLOSED);
        return quiet != null && closes ? ticket.updatedAt().plus(quiet) : null;
    }

    private void armDue(TicketView ticket, List<ArmedTimer> armed) {
        Long due = Criterion.TimeField.DUE.valueOf(ticket.state());
        Instant at = ticket.overdueFrom();
        if (due != null && at != null) {
            arm(new ArmedTimer(TimerNames.DUE, Instant.ofEpochMilli(due), at), ticket, armed);
        }
    }

    private static void arm(String name, @Nullable Instant due, TicketView ticket, List<ArmedTimer> armed) {
        if (due != null) {
            arm(new ArmedTimer(name, due, due), ticket, armed);
        }
    }

    private static void arm(ArmedTimer timer, TicketView ticket, List<ArmedTimer> armed) {
        if (ticket.state().timers().isBelow(timer.name(), timer.due())) {
            armed.add(timer);
        }
    }
}
