package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Criterion.AnyOf;
import io.ticketmesh.ticket.Criterion.Between;
import io.ticketmesh.ticket.Criterion.Concerns;
import io.ticketmesh.ticket.Criterion.Deleted;
import io.ticketmesh.ticket.Criterion.HasConflict;
import io.ticketmesh.ticket.Criterion.Overdue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one family that may meet a filter: the intersection of the lists that its criteria name, within the range that
 * they set.
 *
 * @param rows a superset of what the filter lets through
 * @param exact whether the rows are all that the filter lets through and nothing else, but for two lists that share a name
 * @param narrow whether any criterion but that on deletion has made them fewer
 */
record Candidates(Postings rows, boolean exact, boolean narrow) {
    /** A negated criterion becomes a union of the other values up to so many. */
    private static final int MAX_COMPLEMENT = 64;

    static Candidates of(Family family, List<Criterion> criteria, Tables tables) {
        return new Search(family, criteria, tables).candidates();
    }

    private static final class Search {
        private final Family family;
        private final List<Criterion> criteria;
        private final Tables tables;
        private final List<Boolean> flavours = new ArrayList<>();
        private final List<Postings> parts = new ArrayList<>();
        private boolean exact = true;
        private boolean narrow;
        private long firstValue = Long.MIN_VALUE;
        private long lastValue = Long.MAX_VALUE;

        Search(Family family, List<Criterion> criteria, Tables tables) {
            this.family = family;
            this.criteria = criteria;
            this.tables = tables;
        }

        Candidates candidates() {
            for (boolean deleted : new boolean[] {false, true}) {
                if (criteria.stream()
                        .allMatch(one -> !(one instanceof Deleted wanted) || wanted.negated() != deleted)) {
                    flavours.add(deleted);
                }
            }
            criteria.forEach(this::narrowBy);
            if (parts.isEmpty()) {
                parts.add(union(deleted -> List.of(tables.lists.all(family, deleted))));
            }
            Postings rows = IntersectionPostings.of(parts);
            if (firstValue > Long.MIN_VALUE || lastValue < Long.MAX_VALUE) {
                long one = family.place(firstValue);
                long two = family.place(lastValue);
                boolean empty = firstValue > lastValue;
                rows = new RangePostings(rows, empty ? 1 : Math.min(one, two), empty ? 0 : Math.max(one, two));
            }
            return new Candidates(rows, exact, narrow);
        }

        private void narrowBy(Criterion criterion) {
            if (criterion instanceof Deleted) {
                return;
            }
            boolean listed = false;
            if (criterion instanceof AnyOf any && family.fields().contains(any.field())) {
                Set<String> values = wanted(any);
                listed = values != null && add(any.field(), values);
            } else if (criterion instanceof HasConflict conflict && !conflict.negated() && family.listsConflicts()) {
                parts.add(union(deleted -> List.of(tables.lists.conflicts(family, deleted))));
                listed = true;
            } else if (criterion instanceof Concerns concerns && family.listsConcerns()) {
                parts.add(union(deleted -> tables.lists.concerning(family, concerns.person(), deleted)));
                listed = true;
            } else if (criterion instanceof Overdue overdue && !overdue.negated() && family == Family.DUE) {
                limit(null, overdue.latest());
                Set<String> open = wanted(new AnyOf(Criterion.Field.STATUS, overdue.doneStates(), true));
                if (open != null) {
                    add(Criterion.Field.STATUS, open);
                }
                narrow = true; // but the day of a date may not have ended yet
            } else if (criterion instanceof Between between
                    && between.field().name().equals(family.by().name())) {
                listed = limit(between.from(), between.until());
            }
            narrow |= listed;
            exact &= listed;
        }

        private boolean add(Criterion.Field field, Set<String> values) {
            if (field == Criterion.Field.EXTERNAL_ID && values.contains("")) {
                return false;
            }
            parts.add(union(deleted -> values.stream()
                    .map(value -> tables.lists.having(family, field, value, deleted))
                    .toList()));
            return true;
        }

        /** The values of which a ticket must have one; null when they cannot be listed. */
        private @Nullable Set<String> wanted(AnyOf any) {
            if (!any.negated()) {
                return any.values();
            }
            // only the values of living tickets are known
            if (flavours.contains(true) || !Counters.isCounted(any.field())) {
                return null;
            }
            Set<String> others = new HashSet<>(tables.counters.values(any.field()));
            others.removeAll(any.values());
            return others.size() <= MAX_COMPLEMENT ? others : null;
        }

        /** Absent values are sorted as the largest, so a range must not reach there. */
        private boolean limit(@Nullable Instant from, @Nullable Instant until) {
            if (from != null) {
                firstValue = Math.max(firstValue, from.toEpochMilli());
            }
            long end = until == null ? Long.MAX_VALUE - 1 : until.toEpochMilli() - 1;
            lastValue = Math.min(lastValue, end);
            return true;
        }

        private interface Names {
            List<Long> of(boolean deleted);
        }

        private Postings union(Names names) {
            List<Postings> lists = new ArrayList<>();
            for (boolean deleted : flavours) {
                names.of(deleted).forEach(name -> lists.add(new ListPostings(tables.index, name)));
            }
            return UnionPostings.of(lists);
        }
    }
}
