package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.ticket.Escalation;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.TimeRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConfiguredTimeRulesTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TicketMeshAutoConfiguration.class))
            .withPropertyValues("ticketmesh.storage=memory");

    @Test
    void withoutSettingsNothingIsPromised() {
        runner.run(application -> {
            TimeRules rules = application.getBean(TimeRules.class);
            assertThat(rules.zone()).isEqualTo(ZoneId.of("UTC"));
            assertThat(rules.policies()).isEmpty();
            assertThat(rules.closeResolvedAfter()).isNull();
            assertThat(rules)
                    .isSameAs(application.getBean(TicketMesh.class).service().timeRules());
        });
    }

    @Test
    void policiesAndCalendarsAreMadeOfSettings() {
        runner.withPropertyValues(
                        "ticketmesh.timers.zone=Pacific/Kiritimati",
                        "ticketmesh.timers.close-resolved-after=7d",
                        "ticketmesh.sla.calendars.office.zone=Europe/Berlin",
                        "ticketmesh.sla.calendars.office.hours.monday=09:00-12:00, 13:00-17:00",
                        "ticketmesh.sla.calendars.office.hours.tuesday=18:00-24:00",
                        "ticketmesh.sla.calendars.office.holidays=2026-07-13,2026-12-25",
                        "ticketmesh.sla.policies[0].name=urgent",
                        "ticketmesh.sla.policies[0].priority=urgent,high",
                        "ticketmesh.sla.policies[0].type=incident",
                        "ticketmesh.sla.policies[0].queue=network",
                        "ticketmesh.sla.policies[0].tag=vpn",
                        "ticketmesh.sla.policies[0].calendar=office",
                        "ticketmesh.sla.policies[0].first-response=1h",
                        "ticketmesh.sla.policies[0].update=90m",
                        "ticketmesh.sla.policies[0].resolution=8h",
                        "ticketmesh.sla.policies[0].escalation.priority=urgent",
                        "ticketmesh.sla.policies[0].escalation.tag=late",
                        "ticketmesh.sla.policies[0].escalation.assignee=boss",
                        "ticketmesh.sla.policies[0].escalation.queue=fire",
                        "ticketmesh.sla.policies[1].name=everybody",
                        "ticketmesh.sla.policies[1].resolution=5d")
                .run(application -> {
                    TimeRules rules = application.getBean(TimeRules.class);
                    assertThat(rules.zone()).isEqualTo(ZoneId.of("Pacific/Kiritimati"));
                    assertThat(rules.closeResolvedAfter()).isEqualTo(Duration.ofDays(7));
                    ServicePolicy urgent = rules.policies().get(0);
                    assertThat(urgent.targets())
                            .isEqualTo(Map.of(
                                    ServiceMetric.FIRST_RESPONSE, Duration.ofHours(1),
                                    ServiceMetric.UPDATE, Duration.ofMinutes(90),
                                    ServiceMetric.RESOLUTION, Duration.ofHours(8)));
                    assertThat(urgent.escalation()).isEqualTo(new Escalation(Priority.URGENT, "late", "boss", "fire"));
                    assertThat(urgent.calendar().add(Instant.parse("2026-07-06T09:30:00Z"), Duration.ofHours(5)))
                            .as("half past eleven on a Monday, with a lunch break and an evening")
                            .isEqualTo("2026-07-07T16:30:00Z");
                    assertThat(urgent.calendar()
                                    .between(
                                            Instant.parse("2026-07-12T22:00:00Z"),
                                            Instant.parse("2026-07-13T22:00:00Z")))
                            .isZero();
                    assertThat(rules.policies().get(1).escalation()).isEqualTo(Escalation.NONE);
                    assertThat(rules.policies().get(1).calendar().zone()).isEqualTo(ZoneOffset.UTC);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ticketmesh.sla.policies[0].name=gold | ticketmesh.sla.policies[0]: The service policy 'gold' promises nothing",
                "ticketmesh.sla.policies[0].update=1h | ticketmesh.sla.policies[0]: policy is blank",
                "ticketmesh.sla.policies[0].priority=severe | ticketmesh.sla.policies[0]: there is no priority 'severe'",
                "ticketmesh.sla.policies[0].type=pizza | ticketmesh.sla.policies[0]: there is no type 'pizza'",
                "ticketmesh.sla.policies[0].calendar=office | ticketmesh.sla.policies[0]: there is no calendar 'office'",
                "ticketmesh.sla.policies[0].escalation.priority=severe | there is no priority 'severe'",
                "ticketmesh.sla.policies[0].escalation.queue=Big one | ticketmesh.sla.policies[0]: queue may hold only",
                "ticketmesh.sla.calendars.office.zone=UTC | ticketmesh.sla.calendars.office: A business calendar needs working hours",
                "ticketmesh.sla.calendars.office.hours.monday=nine | the hours 'nine' are not like 09:00-17:00",
                "ticketmesh.sla.calendars.office.hours.monday=9-17 | '9' is not a time like 09:00",
                "ticketmesh.sla.calendars.office.hours.monday=17:00-09:00 | end before they begin",
                "ticketmesh.sla.calendars.office.holidays=Christmas | the holiday 'Christmas' is not a date",
                "ticketmesh.timers.close-resolved-after=0s | ticketmesh.timers.close-resolved-after is PT0S, it must be positive",
                "ticketmesh.timers.zone=Atlantis | ticketmesh.timers.zone"
            })
    void settingsThatCannotBeMeantAreNamed(String setting, String complaint) {
        boolean named = setting.contains(".name=") || setting.contains(".update=");
        runner.withPropertyValues(
                        named || !setting.contains("policies") ? "a=b" : "ticketmesh.sla.policies[0].name=gold")
                .withPropertyValues(setting)
                .run(application -> assertThat(application)
                        .getFailure()
                        .satisfies(failure -> assertThat(messages(failure)).contains(complaint)));
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
