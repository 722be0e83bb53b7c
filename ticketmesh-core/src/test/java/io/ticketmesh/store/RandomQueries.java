package io.ticketmesh.store;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Criterion.AnyOf;
import io.ticketmesh.ticket.Criterion.Between;
import io.ticketmesh.ticket.Criterion.Deleted;
import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.Criterion.HasConflict;
import io.ticketmesh.ticket.Criterion.TimeField;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What people may ask of the tickets of {@link RandomCommits}. */
public final class RandomQueries {
    private final Random random;
    private final List<TicketId> known;

    public RandomQueries(Random random, List<TicketId> known) {
        this.random = random;
        this.known = known;
    }

    public TicketQuery next() {
        List<Criterion> criteria = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            criteria.add(new Deleted(random.nextInt(5) > 0));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            criteria.add(criterion());
        }
        List<SortKey.By> keys = new ArrayList<>(List.of(SortKey.By.values()));
        Collections.shuffle(keys, random);
        List<SortKey> sort = keys.subList(0, random.nextInt(4)).stream()
                .map(by -> new SortKey(by, random.nextBoolean()))
                .toList();
        int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(40);
        return new TicketQuery(
                new TicketFilter(criteria), sort, limit, null, random.nextBoolean(), random.nextBoolean());
    }

    private Criterion criterion() {
        return switch (random.nextInt(13)) {
            case 0 -> new HasConflict(random.nextInt(3) == 0);
            case 1, 2 -> between();
            case 3 -> text();
            case 4 -> new Criterion.Concerns(any(RandomCommits.PEOPLE));
            case 5 -> judged();
            case 6 -> overdue();
            default -> anyOf();
        };
    }

    private Criterion anyOf() {
        Field field = Field.values()[random.nextInt(Field.values().length)];
        Set<String> values = new HashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            values.add(value(field));
        }
        return new AnyOf(field, values, random.nextInt(4) == 0);
    }

    private String value(Field field) {
        return switch (field) {
            case STATUS -> any(RandomCommits.STATUSES.stream().map(Status::name).toList());
            case RESOLUTION -> random.nextBoolean() ? "" : "fixed";
            case PRIORITY ->
                any(RandomCommits.PRIORITIES.stream().map(Priority::name).toList());
            case ASSIGNEE -> random.nextInt(4) == 0 ? "" : any(RandomCommits.PEOPLE);
            case REPORTER, WATCHER -> any(RandomCommits.PEOPLE);
            case QUEUE -> any(RandomCommits.QUEUES);
            case TYPE -> any(RandomCommits.TYPES);
            case TAG -> any(List.of("printer", "vpn", "coffee", "nothing"));
            case EXTERNAL_ID -> random.nextInt(5) == 0 ? "" : "EXT-" + random.nextInt(5);
            case KEY ->
                known.isEmpty() || random.nextInt(8) == 0
                        ? "TM-00000000"
                        : any(known).key().toString();
        };
    }

    private Criterion between() {
        TimeField field = TimeField.values()[random.nextInt(TimeField.values().length)];
        Instant one = Instant.ofEpochMilli(RandomCommits.START_MILLIS + random.nextInt(12_000) - 6_000);
        Instant two = one.plusMillis(random.nextInt(9_000) - 500);
        return new Between(field, random.nextInt(3) == 0 ? null : one, random.nextInt(3) == 0 ? null : two);
    }

    private Criterion overdue() {
        return new Criterion.Overdue(
                Instant.ofEpochMilli(RandomCommits.START_MILLIS).plusSeconds(random.nextInt(4 * 86_400)),
                ZoneId.of(any(List.of("UTC", "Pacific/Kiritimati", "America/Los_Angeles"))),
                Set.of("resolved", "closed"),
                random.nextInt(3) == 0);
    }

    private Criterion judged() {
        int remainder = random.nextInt(3);
        return new Criterion.Judged(
                "remainder " + remainder, ticket -> Math.floorMod(ticket.id().low(), 3) == remainder);
    }

    private Criterion text() {
        TextClause.Scope scope = TextClause.Scope.values()[random.nextInt(TextClause.Scope.values().length)];
        return new Criterion.Text(
                new TextClause(List.of(any(RandomCommits.WORDS)), scope, false), random.nextInt(4) == 0);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
