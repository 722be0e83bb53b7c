package io.ticketmesh.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violation;
import io.ticketmesh.json.Violations;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedViewTest {
    private static final Instant NOW = Instant.parse("2026-01-31T14:05:00Z");
    private static final Workflow WORKFLOW = Workflow.standard();

    @Test
    void aQueryMeansWhatItsParametersMean() {
        SavedView view = SavedView.of(
                "x",
                "status=open,pending&priority=high&priority=urgent&assignee=%40me&tag=a%20b,c&createdAfter=2026-01-01&overdue=true&q=fire+-test");

        assertThat(view.filter(WORKFLOW, TimeRules.standard(), "bob", NOW).fingerprint())
                .isEqualTo(new Criteria(WORKFLOW, "bob", NOW)
                        .status("open", "pending")
                        .priority("high", "urgent")
                        .assignee("bob")
                        .tags("a b", "c")
                        .createdAfter(Instant.parse("2026-01-01T00:00:00Z"))
                        .overdue(true)
                        .query("fire -test")
                        .filter()
                        .fingerprint());
        assertThat(SavedView.of("x", "").filter(WORKFLOW, TimeRules.standard(), "bob", NOW))
                .isEqualTo(new Criteria(WORKFLOW, "bob", NOW).filter());
        assertThat(SavedView.of("x", "deleted=only").filter(WORKFLOW, TimeRules.standard(), "bob", NOW))
                .isEqualTo(new Criteria(WORKFLOW, "bob", NOW).deletedOnly().filter());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            colour=red            | unknown-parameter
            view=other            | unknown-parameter
            sort=-updatedAt       | unknown-parameter
            limit=10              | unknown-parameter
            q=a&q=b               | repeated
            status=%zz            | malformed
            """)
    void whatNoWorkflowCouldKnowIsRefusedAtOnce(String query, String code) {
        assertThatThrownBy(() -> SavedView.of("x", query))
                .isInstanceOfSatisfying(InvalidQueryException.class, refused -> {
                    assertThat(refused.field()).isEqualTo("query");
                    assertThat(refused.code()).isEqualTo(code);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status=lost           | unknown-value
            overdue=perhaps       | invalid
            has=fun               | not-allowed
            createdAfter=monday   | invalid
            deleted=maybe         | not-allowed
            q=status:lost         | unknown-value
            """)
    void whatThisWorkflowDoesNotKnowIsRefusedWhenItIsChecked(String query, String code) {
        SavedView view = SavedView.of("x", query);
        assertThatThrownBy(() -> view.check(WORKFLOW)).isInstanceOfSatisfying(InvalidQueryException.class, refused -> {
            assertThat(refused.field()).isEqualTo("query");
            assertThat(refused.code()).isEqualTo(code);
        });
    }

    @Test
    void orderAndColumnsAreNamesThatThereAre() {
        assertThat(SavedView.of("x", "").sortedBy("-priority, updatedAt").order())
                .hasSize(2);
        assertThatThrownBy(() -> SavedView.of("x", "").sortedBy("colour")).hasMessageContaining("sort must be made of");
        assertThatThrownBy(() -> SavedView.of("x", "").sortedBy("priority,-priority"))
                .isInstanceOf(InvalidChangeException.class);
        assertThat(SavedView.of("x", "").showing("key", "title", "key").columns())
                .containsExactly("key", "title");
        assertThatThrownBy(() -> SavedView.of("x", "").showing("colour")).hasMessageContaining("'colour'");
        assertThatThrownBy(() -> SavedView.of(" ", "")).hasMessageContaining("title is blank");
        assertThatThrownBy(() -> SavedView.of("x", "q=" + "y".repeat(2_050))).hasMessageContaining("query has 2052");
    }

    @Test
    void aViewComesBackFromJson() {
        SavedView view = new SavedView("\"Hot\" ✓", "q=a%22b", "-dueAt", List.of("key"));
        String json = JsonWriter.text(writer -> {
            writer.startObject();
            ViewForm.INSTANCE.writeMembers(writer, view);
            writer.member("of a newer version", 7).endObject();
        });

        assertThat(read(json, new Violations())).isEqualTo(view);
    }

    @Test
    void whatIsWrongWithAViewInJsonHasAPlace() {
        Violations violations = new Violations();

        assertThat(read("{\"title\":\"x\",\"query\":\"colour=red\"}", violations))
                .isNull();
        assertThat(read("{\"query\":7,\"columns\":[1]}", violations)).isNull();
        assertThat(read("{\"title\":\"x\",\"sort\":\"colour\"}", violations)).isNull();

        assertThat(violations.list())
                .extracting(Violation::pointer)
                .containsExactly("/query", "/title", "/query", "/columns/0", "/sort");
        assertThat(violations.list().get(4).limit()).isEqualTo(List.of("createdAt", "updatedAt", "priority", "dueAt"));
    }

    private static SavedView read(String json, Violations violations) {
        return ViewForm.INSTANCE.read(
                ObjectForm.of(Json.parse(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT), violations));
    }
}
