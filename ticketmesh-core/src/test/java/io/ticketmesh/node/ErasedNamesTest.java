package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErasedNamesTest {
    private final Node node = SmallNode.over(SmallNode.store());
    private final ErasedNames names = new ErasedNames(node);

    @BeforeEach
    void start() {
        node.start();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void erase(List<String> people) throws Exception {
        List<WriteEntry> entries = people.stream().map(names::entry).toList();
        Outcome outcome = new Books(node)
                .write(names.book(people.get(0)), "admin", entries, Set.of())
                .get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }

    private static List<String> people(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "person-" + i)
                .toList();
    }

    @Test
    void morePeopleThanABookHoldsAreErased() throws Exception {
        for (int first = 0; first < 2 * WriteEntry.MAX_ENTRIES; first += 100) {
            erase(people(first, 100));
        }
        erase(List.of("mallory"));

        assertThat(people(0, 2 * WriteEntry.MAX_ENTRIES))
                .allSatisfy(person -> assertThat(names.apply(person)).isEqualTo(names.pseudonymOf(person)));
        assertThat(names.apply("mallory")).isEqualTo(names.pseudonymOf("mallory"));
        assertThat(names.apply("alice")).isEqualTo("alice");
    }

    @Test
    void whoIsErasedOnceMoreStaysInTheBookThatHasHim() throws Exception {
        erase(people(0, WriteEntry.MAX_ENTRIES));
        String first = names.book("person-0");
        assertThat(names.book("mallory")).isNotEqualTo(first);
        assertThat(names.book("person-999")).isEqualTo(first);
    }
}
