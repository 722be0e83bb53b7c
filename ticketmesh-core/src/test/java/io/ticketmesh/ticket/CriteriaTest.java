package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ticketmesh.ticket.Criterion.AnyOf;
import io.ticketmesh.ticket.Criterion.Field;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CriteriaTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void javaAndTheQueryLanguageSayTheSame() {
        TicketFilter said = bobs().status("Open", "pending")
                .category("open")
                .priority("high")
                .assignee(Criteria.ME, Criteria.NONE)
                .reporter("ann")
                .queue("network")
                .type("bug")
                .tags("VPN", "wlan")
                .anyTag("a", "b")
                .withoutTags("c")
                .watcher(Criteria.ME)
                .resolution("fixed")
                .conflict(true)
                .overdue(true)
                .createdAfter(Instant.parse("2026-01-01T00:00:00Z"))
                .updatedBefore(Instant.parse("2026-02-01T00:00:00Z"))
                .dueBefore(Instant.parse("2026-02-02T00:00:00Z"))
                .filter();
        TicketFilter written = bobs().query("status:open,pending category:open priority:high assignee:@me,none"
                        + " reporter:ann queue:network type:bug tag:vpn tag:wlan tag:a,b -tag:c watcher:@me resolution:fixed"
                        + " has:conflict is:overdue created:>=2026-01-01 updated:<2026-02-01 due:<2026-02-02")
                .filter();

        assertThat(written.criteria()).isEqualTo(said.criteria());
        assertThat(written.fingerprint()).isEqualTo(said.fingerprint());
    }

    @Test
    void deletedTicketsShowOnlyWhenSomebodySpeaksOfThem() {
        assertThat(bobs().filter()).isEqualTo(TicketFilter.LIVING);
        assertThat(bobs().deletedToo().filter()).isEqualTo(TicketFilter.EVERYTHING);
        assertThat(bobs().deletedOnly().filter().criteria()).containsExactly(new Criterion.Deleted(false));
        assertThat(bobs().query("is:deleted").filter().criteria()).containsExactly(new Criterion.Deleted(false));
    }

    @Test
    void anUnknownStateIsOpen() {
        Criterion open = bobs().category("open").filter().criteria().get(0);

        assertThat(open).isEqualTo(new AnyOf(Field.STATUS, Set.of("pending", "resolved", "closed"), true));
    }

    @Test
    void aWalkThroughOverdueTicketsGoesOnWhileTimePasses() {
        TicketFilter before = bobs().overdue(true).filter();
        TicketFilter after = new Criteria(Workflow.standard(), "bob", NOW.plusSeconds(60))
                .overdue(true)
                .filter();

        assertThat(after).isNotEqualTo(before);
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(bobs().overdue(false).filter().fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void aWrongWordNamesItsParameter() {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> bobs().priority("huge"))
                .withMessage("priority is 'huge', not one of low, normal, high, urgent")
                .satisfies(refusal -> {
                    assertThat(refusal.field()).isEqualTo("priority");
                    assertThat(refusal.position()).isEmpty();
                    assertThat(refusal.allowed()).isEqualTo(List.of("low", "normal", "high", "urgent"));
                });
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new Criteria(Workflow.standard(), null, NOW).assignee("@me"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("assignee"));
    }

    private static Criteria bobs() {
        return new Criteria(Workflow.standard(), "bob", NOW);
    }
}
