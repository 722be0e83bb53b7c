package io.ticketmesh.spring;

import io.ticketmesh.calendar.BusinessCalendar;
import io.ticketmesh.ticket.Escalation;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What time does to tickets, as the settings describe it. */
final class ConfiguredTimeRules {
    private static final String CALENDARS = "ticketmesh.sla.calendars.";
    private static final String POLICIES = "ticketmesh.sla.policies";

    private final Workflow workflow;
    private final Map<String, BusinessCalendar> calendars = new HashMap<>();

    private ConfiguredTimeRules(Workflow workflow) {
        this.workflow = workflow;
    }

    /**
     * @throws IllegalArgumentException when a setting cannot be meant, with its name
     */
    static TimeRules of(TicketMeshProperties settings, Workflow workflow) {
        return new ConfiguredTimeRules(workflow).rules(settings.timers(), settings.sla());
    }

    private TimeRules rules(TicketMeshProperties.Timers timers, TicketMeshProperties.Sla sla) {
        TimeRules.Builder rules =
                TimeRules.builder().zone(timers.zone()).closeResolvedAfter(timers.closeResolvedAfter());
        sla.calendars()
                .forEach((name, calendar) -> calendars.put(name, within(CALENDARS + name, () -> calendar(calendar))));
        for (int i = 0; i < sla.policies().size(); i++) {
            TicketMeshProperties.Policy policy = sla.policies().get(i);
            within(POLICIES + "[" + i + "]", () -> rules.policy(policy(policy)));
        }
        return rules.build();
    }

    private static BusinessCalendar calendar(TicketMeshProperties.Calendar settings) {
        BusinessCalendar.Builder calendar = BusinessCalendar.builder(settings.zone());
        settings.hours().forEach((day, parts) -> parts.forEach(part -> addHours(day, part, calendar)));
        List<LocalDate> holidays =
                settings.holidays().stream().map(ConfiguredTimeRules::date).toList();
        return calendar.holidays(holidays).build();
    }

    private static void addHours(DayOfWeek day, String part, BusinessCalendar.Builder calendar) {
        String[] ends = part.strip().split("\\s*-\\s*", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("the hours '" + part + "' are not like 09:00-17:00");
        }
        calendar.hours(day, time(ends[0]), ends[1].equals("24:00") ? LocalTime.MIDNIGHT : time(ends[1]));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 09:00", wrong);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("the holiday '" + text + "' is not a date like 2026-12-25", wrong);
        }
    }

    private ServicePolicy policy(TicketMeshProperties.Policy settings) {
        return ServicePolicy.named(settings.name())
                .priorities(settings.priority().stream()
                        .map(ConfiguredTimeRules::priority)
                        .toArray(Priority[]::new))
                .types(settings.type().stream().map(this::type).toArray(String[]::new))
                .queues(settings.queue().toArray(String[]::new))
                .tags(settings.tag().toArray(String[]::new))
                .calendar(calendarNamed(settings.calendar()))
                .target(ServiceMetric.FIRST_RESPONSE, settings.firstResponse())
                .target(ServiceMetric.UPDATE, settings.update())
                .target(ServiceMetric.RESOLUTION, settings.resolution())
                .escalation(escalation(settings.escalation()))
                .build();
    }

    private BusinessCalendar calendarNamed(@Nullable String name) {
        if (name == null) {
            return BusinessCalendar.always();
        }
        BusinessCalendar calendar = calendars.get(name);
        if (calendar == null) {
            throw new IllegalArgumentException("there is no calendar '" + name + "'");
        }
        return calendar;
    }

    private static Priority priority(String name) {
        return Priority.named(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no priority '" + name + "', only " + Priority.ALL));
    }

    private String type(String name) {
        if (!workflow.types().contains(name)) {
            throw new IllegalArgumentException("there is no type '" + name + "', only " + workflow.types());
        }
        return name;
    }

    private static UnaryOperator<Escalation> escalation(TicketMeshProperties.Escalation settings) {
        String priority = settings.priority();
        return none -> new Escalation(
                priority == null ? null : priority(priority), settings.tag(), settings.assignee(), settings.queue());
    }

    private interface Part<T> {
        T make();
    }

    private static <T> T within(String property, Part<T> part) {
        try {
            return part.make();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(property + ": " + wrong.getMessage(), wrong);
        }
    }
}
