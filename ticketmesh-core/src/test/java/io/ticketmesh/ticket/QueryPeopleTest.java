package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryPeopleTest {
    private static String renamed(String query) {
        return QueryPeople.rename(
                query, name -> name.equals("bob") || name.equals("bob b") ? "so \"and\" \\ so" : name);
    }

    @Test
    void peopleAreCalledOtherwiseWhereverTheyAreMeantAsPeople() {
        String other = "\"so \\\"and\\\" \\\\ so\"";
        assertThat(renamed("assignee:bob")).isEqualTo("assignee:" + other);
        assertThat(renamed("-Reporter:alice,bob,\"bob\" printer watcher:\"bob b\"  x"))
                .isEqualTo("-Reporter:alice," + other + "," + other + " printer watcher:" + other + "  x");
        assertThat(QueryPeople.rename(renamed("assignee:bob"), name -> name.equals("so \"and\" \\ so") ? "bob" : name))
                .isEqualTo("assignee:\"bob\"");
    }

    @Test
    void allElseStaysAsItWasWritten() {
        for (String query : new String[] {
            "",
            "bob",
            "\"bob\" tag:bob",
            "assignee:@me,none",
            "assignee:alice",
            "assignee:",
            "bob:assignee",
            "assignee:\"bob"
        }) {
            assertThat(renamed(query)).isEqualTo(query);
        }
    }
}
