package io.ticketmesh.search;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Relevance;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * What a list is made of from its top to its bottom: of a ranked one, the hits of each level of {@link Relevance}, each in the order
 * of the list's keys; else all hits at once. So the best of a million hits are found as quickly as the newest: whoever has a page
 * full looks no further, and nothing is scored.
 */
final class Strata {
    /**
     * One of them.
     *
     * @param level null when there is only one
     */
    record Stratum(Query hits, @Nullable Long level) {
        /** Below 0 when it ends before the cursor's place, 0 when the place lies in it, above 0 when it begins behind it. */
        int compareTo(PageCursor place, boolean backward) {
            if (level == null) {
                return 0;
            }
            int comparison = Long.compare(place.values().get(0), level);
            return backward ? -comparison : comparison;
        }

        /** The part of a cursor that the keys of the list have made. */
        List<Long> keysOf(PageCursor place) {
            List<Long> values = place.values();
            return level == null ? values : values.subList(1, values.size());
        }

        /** What a cursor to a row with these keys holds. */
        List<Long> valuesWith(List<Long> keys) {
            if (level == null) {
                return keys;
            }
            List<Long> values = new ArrayList<>(List.of(level));
            values.addAll(keys);
            return values;
        }
    }

    private final Query all;
    private final Query allButWords;
    private final List<TextClause> clauses;
    private final boolean seesInternal;
    private final List<Stratum> strata = new ArrayList<>();

    private Strata(Query all, Query allButWords, List<TextClause> clauses, boolean seesInternal) {
        this.all = all;
        this.allButWords = allButWords;
        this.clauses = clauses;
        this.seesInternal = seesInternal;
    }

    /** @param all the hits of the whole list */
    static List<Stratum> of(TicketQuery query, Query all) {
        if (!query.ranked()) {
            return List.of(new Stratum(all, null));
        }
        List<TextClause> clauses = Relevance.of(query.filter()).clauses();
        List<Criterion> others = query.filter().criteria().stream()
                .filter(criterion -> !(criterion instanceof Criterion.Text text
                        && !text.negated()
                        && clauses.contains(text.clause())))
                .toList();
        Query allButWords = CriteriaTranslation.of(new TicketFilter(others), query.seesInternal());
        return new Strata(all, allButWords, clauses, query.seesInternal()).fromTheTop();
    }

    private List<Stratum> fromTheTop() {
        BooleanQuery.Builder everyClause = new BooleanQuery.Builder();
        clauses.forEach(clause -> everyClause.add(aboveTheRest(clause), BooleanClause.Occur.FILTER));
        Query aboveTheRest = everyClause.build();
        add(clauses.size(), true, withInTitle(allButWords, clauses.size()));
        for (int inTitle = clauses.size() - 1; inTitle >= 0; inTitle--) {
            add(inTitle, true, withInTitle(allButWords, inTitle).add(aboveTheRest, BooleanClause.Occur.FILTER));
            add(
                    inTitle,
                    false,
                    withInTitle(clauses.size() == 1 ? allButWords : all, inTitle)
                            .add(anyInTheRest(), BooleanClause.Occur.FILTER)
                            .add(aboveTheRest, BooleanClause.Occur.MUST_NOT));
        }
        return strata;
    }

    private void add(int inTitle, boolean aboveTheRest, BooleanQuery.Builder hits) {
        strata.add(new Stratum(hits.build(), (long) Relevance.level(inTitle, aboveTheRest)));
    }

    /** Those with exactly so many of the clauses in the title. */
    private BooleanQuery.Builder withInTitle(Query among, int count) {
        BooleanQuery.Builder hits = new BooleanQuery.Builder().add(among, BooleanClause.Occur.FILTER);
        if (count > 0) {
            hits.add(atLeast(count), BooleanClause.Occur.FILTER);
        }
        return count == clauses.size() ? hits : hits.add(atLeast(count + 1), BooleanClause.Occur.MUST_NOT);
    }

    /** Tickets with so many of the clauses in the title. */
    private Query atLeast(int count) {
        BooleanQuery.Builder building = new BooleanQuery.Builder().setMinimumNumberShouldMatch(count);
        clauses.forEach(clause -> building.add(CriteriaTranslation.inTitle(clause), BooleanClause.Occur.SHOULD));
        return building.build();
    }

    /** Follows from the words being found but not above; said all the same, because fewer tickets have comments than descriptions. */
    private Query anyInTheRest() {
        BooleanQuery.Builder building = new BooleanQuery.Builder();
        clauses.forEach(clause ->
                building.add(CriteriaTranslation.inTheRest(clause, seesInternal), BooleanClause.Occur.SHOULD));
        return building.build();
    }

    private static Query aboveTheRest(TextClause clause) {
        return new BooleanQuery.Builder()
                .add(CriteriaTranslation.inTitle(clause), BooleanClause.Occur.SHOULD)
                .add(CriteriaTranslation.inDescription(clause), BooleanClause.Occur.SHOULD)
                .build();
    }
}
