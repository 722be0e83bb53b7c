package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowTest {
    private final Workflow standard = Workflow.standard();

    @ParameterizedTest
    @CsvSource({
        "new, open pending resolved closed",
        "open, pending resolved closed",
        "pending, open resolved closed",
        "resolved, open closed",
        "closed, open"
    })
    void theStandardWayOfATicket(String from, String to) {
        assertThat(standard.allowedFrom(new Status(from)))
                .extracting(Status::name)
                .containsExactly(to.split(" "));
    }

    @Test
    void theFirstOfEachListIsTheDefault() {
        assertThat(standard.initial()).containsExactly(Status.NEW, Status.OPEN);
        assertThat(standard.resolutions()).startsWith("fixed").hasSize(6);
        assertThat(standard.types()).startsWith("incident").hasSize(6);
    }

    @Test
    void aStateThatItDoesNotKnowIsOpenAndLeadsEverywhere() {
        Status unknown = new Status("on-hold");

        assertThat(standard.knows(unknown)).isFalse();
        assertThat(standard.category(unknown)).isEqualTo(StatusCategory.OPEN);
        assertThat(standard.allowedFrom(unknown)).containsExactlyElementsOf(standard.states());
    }

    @Test
    void aTicketIsReopenedToTheFirstOpenStateThatFollows() {
        assertThat(standard.reopened(Status.RESOLVED)).isEqualTo(Status.OPEN);
        assertThat(standard.reopened(Status.PENDING)).isEqualTo(Status.OPEN);
        assertThat(standard.reopened(Status.CLOSED)).isEqualTo(Status.OPEN);
        assertThat(standard.reopened(Status.OPEN)).isEqualTo(Status.OPEN);
    }

    @Test
    void anUnsoundWorkflowIsRefusedWhenItIsBuilt() {
        assertThatThrownBy(() -> Workflow.builder().build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> whole().transition(Status.NEW, Status.CLOSED).build())
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> whole().transition(Status.CLOSED, Status.NEW).build())
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> whole().initial(Status.CLOSED).build()).hasMessageContaining("closed");
        assertThatThrownBy(() -> whole().state(new Status("Not A Slug"), StatusCategory.OPEN))
                .isInstanceOf(InvalidChangeException.class);
        assertThat(whole().build().states()).containsExactly(Status.NEW);
    }

    private static Workflow.Builder whole() {
        return Workflow.builder()
                .state(Status.NEW, StatusCategory.OPEN)
                .initial(Status.NEW)
                .resolutions("done")
                .types("task");
    }
}
