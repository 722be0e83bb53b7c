package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random desks and questions: the index answers exactly as the plainest store does, page by page and in both directions. */
class SearchComparisonTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final List<String> WORDS =
            List.of("a", "ab", "abc", "b", "ba", "c", "\u4f60", "\u4f60\u597d", "0", "A\u0130");
    private static final List<String> TAGS = List.of("x", "X", "y", "z z");
    private static final List<String> PEOPLE = List.of("ann", "bob", "Bob");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theIndexAgreesWithThePlainestStore(long seed, @TempDir Path directory) {
        Random random = new Random(seed);
        Desk desk = new Desk();
        try (LuceneSearchIndex index = open(seed, desk, directory)) {
            List<TicketId> tickets = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 40; i++) {
                    write(random, desk, tickets);
                }
                for (int i = 0; i < 40; i++) {
                    compareWalks(random, desk, index);
                }
            }
        }
    }

    private static LuceneSearchIndex open(long seed, Desk desk, Path directory) {
        return seed % 2 == 0 ? LuceneSearchIndex.inMemory(desk.store) : LuceneSearchIndex.open(desk.store, directory);
    }

    private static void compareWalks(Random random, Desk desk, LuceneSearchIndex index) {
        boolean ranked = random.nextBoolean();
        List<SortKey> sort = sort(random);
        TicketQuery query = new TicketQuery(
                filter(random),
                ranked && sort.size() > 2 ? sort.subList(0, 2) : sort,
                1 + random.nextInt(12),
                null,
                random.nextBoolean(),
                random.nextBoolean(),
                ranked);
        TicketPage page = compare(desk, index, query);
        while (page.next() != null) {
            page = compare(desk, index, query.at(page.next()));
        }
        while (page.previous() != null) {
            page = compare(desk, index, query.at(page.previous()));
        }
    }

    private static TicketPage compare(Desk desk, LuceneSearchIndex index, TicketQuery query) {
        SearchPage found = index.page(query, PATIENT);
        assertThat(found.complete()).isTrue();
        assertThat(found.page()).as(query.toString()).isEqualTo(desk.store.page(query));
        return found.page();
    }

    private static void write(Random random, Desk desk, List<TicketId> tickets) {
        int choice = random.nextInt(10);
        if (tickets.isEmpty() || choice < 5) {
            TicketId id = new TicketId(random.nextInt(4) - 2, random.nextLong());
            tickets.add(desk.create(id, text(random, 1), changes(random)));
            return;
        }
        TicketId id = tickets.get(random.nextInt(tickets.size()));
        if (choice < 8) {
            desk.comment(id, CommentKind.values()[random.nextInt(3)], text(random, 1));
        } else if (choice == 8) {
            desk.change(id, changes(random));
        } else if (random.nextInt(3) == 0) {
            tickets.remove(id);
            desk.change(id, new PurgeTicket());
        } else {
            desk.changeElsewhere(id, changes(random));
        }
    }

    private static Change[] changes(Random random) {
        List<Change> all = new ArrayList<>(List.of(
                new SetTitle(text(random, 1)),
                new SetDescription(text(random, 0)),
                new SetPriority(pick(random, Priority.ALL)),
                new SetStatus(pick(random, statuses()), random.nextBoolean() ? "fixed" : null, null),
                new SetAssignee(random.nextBoolean() ? null : pick(random, PEOPLE)),
                new SetQueue(random.nextBoolean() ? "default" : "network"),
                new SetDue(due(random)),
                new AddTag(pick(random, TAGS)),
                new RemoveTag(pick(random, TAGS)),
                new AddWatcher(pick(random, PEOPLE)),
                new DeleteTicket()));
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(6)).toArray(Change[]::new);
    }

    private static Due due(Random random) {
        LocalDate date = LocalDate.of(2026, 1, 1 + random.nextInt(5));
        return switch (random.nextInt(3)) {
            case 0 -> new Due.On(date);
            case 1 -> new Due.At(Instant.parse(date + "T12:00:00Z"));
            default -> Due.NEVER;
        };
    }

    private static List<SortKey> sort(Random random) {
        List<SortKey.By> keys = new ArrayList<>(List.of(SortKey.By.values()));
        Collections.shuffle(keys, random);
        return keys.subList(0, random.nextInt(4)).stream()
                .map(by -> new SortKey(by, random.nextBoolean()))
                .toList();
    }

    private static TicketFilter filter(Random random) {
        TicketFilter filter = random.nextBoolean() ? TicketFilter.LIVING : TicketFilter.EVERYTHING;
        for (int i = random.nextInt(4); i > 0; i--) {
            filter = filter.and(criterion(random));
        }
        return filter.and(clause(random));
    }

    private static Criterion clause(Random random) {
        List<String> words = IntStream.rangeClosed(0, random.nextInt(random.nextInt(4) + 1))
                .mapToObj(i -> TextClause.wordsOf(pick(random, WORDS)).get(0))
                .toList();
        TextClause.Scope scope = TextClause.Scope.values()[random.nextInt(TextClause.Scope.values().length)];
        return new Criterion.Text(new TextClause(words, scope, random.nextInt(3) == 0), random.nextInt(4) == 0);
    }

    private static Criterion criterion(Random random) {
        boolean negated = random.nextBoolean();
        return switch (random.nextInt(9)) {
            case 0 ->
                any(
                        random,
                        Criterion.Field.STATUS,
                        statuses().stream().map(Status::name).toList());
            case 1 -> any(random, Criterion.Field.PRIORITY, List.of("low", "normal", "high", "urgent"));
            case 2 -> any(random, Criterion.Field.ASSIGNEE, List.of("", "ann", "bob", "Bob"));
            case 3 -> any(random, Criterion.Field.TAG, List.of("x", "y", "z z"));
            case 4 ->
                any(
                        random,
                        pick(random, List.of(Criterion.Field.values())),
                        List.of("", "ann", "default", "fixed", "open"));
            case 5 -> between(random);
            case 6 -> new Criterion.HasConflict(negated);
            case 7 ->
                new Criterion.Overdue(Instant.parse("2026-01-03T12:00:00Z"), Set.of("resolved", "closed"), negated);
            default -> clause(random);
        };
    }

    private static Criterion any(Random random, Criterion.Field field, List<String> values) {
        Set<String> some =
                values.stream().filter(value -> random.nextInt(3) > 0).collect(Collectors.toCollection(HashSet::new));
        return new Criterion.AnyOf(field, some, random.nextBoolean());
    }

    private static Criterion between(Random random) {
        Criterion.TimeField field = pick(random, List.of(Criterion.TimeField.values()));
        Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(300));
        Instant until = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(400_000));
        return new Criterion.Between(field, random.nextBoolean() ? null : from, random.nextBoolean() ? null : until);
    }

    private static String text(Random random, int atLeast) {
        return IntStream.range(0, atLeast + random.nextInt(5))
                .mapToObj(i -> pick(random, WORDS))
                .collect(Collectors.joining(random.nextBoolean() ? " " : "\ud83d\udd25"));
    }

    private static List<Status> statuses() {
        return List.of(Status.NEW, Status.OPEN, Status.PENDING, Status.RESOLVED, Status.CLOSED, new Status("odd"));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
