package io.ticketmesh.search;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.TicketFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Says in Lucene's words what a filter means; {@link Criterion#matches} is what it must agree with. */
final class CriteriaTranslation {
    private CriteriaTranslation() {}

    /** A superset of what the filter lets through if one of its criteria is judged, else exactly that. */
    static Query of(TicketFilter filter, boolean seesInternal) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER);
        for (Criterion criterion : filter.criteria()) {
            if (criterion instanceof Criterion.Judged) {
                continue; // by whoever loads what is found
            }
            boolean negated = isNegated(criterion);
            all.add(
                    translated(criterion, seesInternal),
                    negated ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private static boolean isNegated(Criterion criterion) {
        if (criterion instanceof Criterion.AnyOf any) {
            return any.negated();
        } else if (criterion instanceof Criterion.HasConflict conflict) {
            return conflict.negated();
        } else if (criterion instanceof Criterion.Text text) {
            return text.negated();
        } else if (criterion instanceof Criterion.Deleted deleted) {
            return deleted.negated();
        } else if (criterion instanceof Criterion.Overdue overdue) {
            return overdue.negated();
        }
        return false;
    }

    /** What the criterion would mean if it were not negated. */
    private static Query translated(Criterion criterion, boolean seesInternal) {
        if (criterion instanceof Criterion.AnyOf any) {
            return anyOf(any.field(), any.values());
        } else if (criterion instanceof Criterion.Between between) {
            return between(between.field(), between.from(), between.until());
        } else if (criterion instanceof Criterion.HasConflict) {
            return new TermQuery(new Term(FieldNames.FLAG, FieldNames.CONFLICT));
        } else if (criterion instanceof Criterion.Deleted) {
            return new TermQuery(new Term(FieldNames.FLAG, FieldNames.DELETED));
        } else if (criterion instanceof Criterion.Overdue overdue) {
            return new BooleanQuery.Builder()
                    .add(between(Criterion.TimeField.DUE, null, overdue.now()), BooleanClause.Occur.FILTER)
                    .add(anyOf(Criterion.Field.STATUS, overdue.doneStates()), BooleanClause.Occur.MUST_NOT)
                    .build();
        } else if (criterion instanceof Criterion.Concerns concerns) {
            return concerns(concerns.person());
        } else if (criterion instanceof Criterion.Text text) {
            return text(text.clause(), seesInternal);
        }
        throw new IllegalStateException("No translation for " + criterion);
    }

    private static Query anyOf(Criterion.Field field, Collection<String> values) {
        List<BytesRef> terms = values.stream()
                .map(value -> new BytesRef(FieldNames.bounded(value)))
                .toList();
        return new TermInSetQuery(FieldNames.of(field), terms);
    }

    private static Query concerns(String person) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Criterion.Field field : List.of(Criterion.Field.REPORTER, Criterion.Field.WATCHER)) {
            any.add(anyOf(field, List.of(person)), BooleanClause.Occur.SHOULD);
        }
        Term creator = new Term(FieldNames.CREATOR, FieldNames.bounded(person));
        return any.add(new TermQuery(creator), BooleanClause.Occur.SHOULD).build();
    }

    private static Query between(Criterion.TimeField field, @Nullable Instant from, @Nullable Instant until) {
        long first = from == null ? Long.MIN_VALUE : from.toEpochMilli();
        long last = until == null ? Long.MAX_VALUE : Math.subtractExact(until.toEpochMilli(), 1);
        return LongPoint.newRangeQuery(FieldNames.of(field), first, last);
    }

    /** Tickets in whose title the clause looks for its words and finds them. */
    static Query inTitle(TextClause clause) {
        return inAny(clause, fieldsOf(TextClause.Scope.TITLE, false));
    }

    /** Tickets in whose description the clause looks for its words and finds them. */
    static Query inDescription(TextClause clause) {
        return inAny(clause, fieldsOf(TextClause.Scope.DESCRIPTION, false));
    }

    /** Tickets with a comment, or the name of an attachment, in which the clause looks for its words and finds them. */
    static Query inTheRest(TextClause clause, boolean seesInternal) {
        List<String> rest = new ArrayList<>(fieldsOf(TextClause.Scope.COMMENT, seesInternal));
        rest.addAll(fieldsOf(TextClause.Scope.ATTACHMENT, seesInternal));
        return inAny(clause, rest);
    }

    private static Query text(TextClause clause, boolean seesInternal) {
        return inAny(clause, fieldsOf(TextClause.Scope.ANYWHERE, seesInternal));
    }

    private static Query inAny(TextClause clause, List<String> fields) {
        List<String> lookedAt = fieldsOf(clause.scope(), true);
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String field : fields) {
            if (lookedAt.contains(field)) {
                any.add(words(field, clause), BooleanClause.Occur.SHOULD);
            }
        }
        return any.build();
    }

    private static List<String> fieldsOf(TextClause.Scope scope, boolean seesInternal) {
        List<String> comments =
                seesInternal ? List.of(FieldNames.COMMENT, FieldNames.INTERNAL) : List.of(FieldNames.COMMENT);
        return switch (scope) {
            case TITLE -> List.of(FieldNames.TITLE);
            case DESCRIPTION -> List.of(FieldNames.DESCRIPTION);
            case COMMENT -> comments;
            case ATTACHMENT -> List.of(FieldNames.ATTACHMENT);
            case ANYWHERE ->
                Stream.concat(
                                Stream.of(FieldNames.TITLE, FieldNames.DESCRIPTION, FieldNames.ATTACHMENT),
                                comments.stream())
                        .toList();
        };
    }

    private static Query words(String field, TextClause clause) {
        List<String> words = clause.words().stream().map(FieldNames::bounded).toList();
        if (words.size() == 1) {
            Term term = new Term(field, words.get(0));
            return clause.prefix() ? new PrefixQuery(term) : new TermQuery(term);
        }
        return clause.prefix()
                ? new PhrasePrefixQuery(field, words)
                : new PhraseQuery(field, words.toArray(String[]::new));
    }
}
