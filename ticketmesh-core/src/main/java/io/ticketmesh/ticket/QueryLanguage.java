package io.ticketmesh.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The language of the parameter {@code q}. Terms are separated by space, and a ticket must meet all of them:
 *
 * <ul>
 *   <li>{@code printer}: the word, in any case; {@code paper-jam}: words that stand next to each other; {@code print*}: words that
 *       begin so. Other characters than letters and digits only separate words.
 *   <li>{@code "on fire"}: words that stand next to each other within one text; {@code "on fi*"}: the last may go on. Within quotes
 *       {@code \"} is a quote and {@code \\} a backslash.
 *   <li>{@code status:open,pending}: one of the values; those with spaces or commas are quoted. So too {@code category:}, {@code
 *       priority:}, {@code type:}, {@code queue:}, {@code resolution:}, {@code tag:}, {@code assignee:}, {@code reporter:} and {@code
 *       watcher:}. Of people, {@code @me} is who asks, and {@code assignee:none} is nobody; quoted, both are ordinary names.
 *   <li>{@code no:assignee}, {@code no:resolution}, {@code has:conflict}, {@code is:overdue}, {@code is:deleted}.
 *   <li>{@code created:}, {@code updated:}, {@code due:} with a date, which means the whole day in UTC, or an RFC 3339 instant:
 *       {@code 2026-01-31}, {@code >=2026-01-01}, {@code <2026-01-31T12:00:00Z}, {@code 2026-01-01..2026-02-01} with both ends
 *       included, and {@code *} for an open end.
 *   <li>{@code in:title}, {@code in:description}, {@code in:comments} or {@code in:attachments}, which is their names: where all words
 *       of the query are looked for; without it everywhere.
 *   <li>{@code -} before a word, a phrase or any of these but times and {@code in:} turns it round.
 * </ul>
 *
 * <p>Names of qualifiers are taken in any case. A name with a colon that is no qualifier, as in {@code foo:bar}, is an error, for it
 * is more likely a slip than a word; quoted it is words. Before {@code //}, a second colon or a space, as in {@code http://x}, {@code
 * std::list} or {@code Error: disk}, it is a word anyway. There is no {@code OR}, and no bracket.
 *
 * <p>Immutable when made for a workflow and a user; any thread may use it.
 */
public final class QueryLanguage {
    /** The longest query, in characters (UTF-16 units). */
    public static final int MAX_CHARS = 1_000;

    /** The most words, phrases and qualifiers. */
    public static final int MAX_TERMS = 50;

    static final List<String> QUALIFIERS = List.of(
            "status",
            "category",
            "priority",
            "type",
            "queue",
            "resolution",
            "tag",
            "assignee",
            "reporter",
            "watcher",
            "no",
            "has",
            "is",
            "created",
            "updated",
            "due",
            "in");

    private static final List<String> PLACES = List.of("title", "description", "comments", "attachments");

    private final Criteria criteria;

    /**
     * @param user who asks; null when unknown, and then {@code @me} is refused
     * @param now decides what is overdue
     */
    public QueryLanguage(Workflow workflow, @Nullable String user, Instant now) {
        this(new Criteria(workflow, user, now));
    }

    QueryLanguage(Criteria criteria) {
        this.criteria = criteria;
    }

    /**
     * What {@code text} says; nothing for a blank one. Only {@code is:deleted} speaks of deleted tickets: whoever asks for lists adds
     * that they are left out, as {@link Criteria#filter()} does.
     *
     * @throws InvalidQueryException when the text cannot be understood, with field {@code q} and the position
     */
    public List<Criterion> parse(String text) {
        if (text.length() > MAX_CHARS) {
            String problem = "has " + text.length() + " characters, at most " + MAX_CHARS;
            throw new InvalidQueryException("q", "too-long", problem, MAX_CHARS, List.of(), (long) MAX_CHARS);
        }
        List<QueryTerm> terms = new QueryScanner(text, QUALIFIERS).terms(MAX_TERMS);
        TextClause.Scope scope = scopeOf(terms);
        List<Criterion> found = new ArrayList<>();
        boolean wordless = false;
        for (QueryTerm term : terms) {
            String qualifier = term.qualifier();
            if (qualifier == null) {
                List<String> words = TextClause.wordsOf(term.first().text());
                wordless |= words.isEmpty();
                if (!words.isEmpty()) {
                    found.add(new Criterion.Text(new TextClause(words, scope, term.prefix()), term.negated()));
                }
            } else if (!qualifier.equals("in")) {
                found.add(qualified(qualifier, term));
            }
        }
        if (found.isEmpty() && wordless) {
            throw new InvalidQueryException(
                    "q",
                    "no-word",
                    "holds no letter or digit to look for",
                    terms.get(0).position(),
                    List.of());
        }
        return found;
    }

    private Criterion qualified(String qualifier, QueryTerm term) {
        boolean negated = term.negated();
        return switch (qualifier) {
            case "status" -> checked(term, criteria::statusIn);
            case "category" -> checked(term, criteria::categoryIn);
            case "priority" -> checked(term, criteria::priorityIn);
            case "type" -> checked(term, criteria::typeIn);
            case "resolution" -> checked(term, criteria::resolutionIn);
            case "queue" -> criteria.queueIn(term.texts(), negated);
            case "tag" -> criteria.tagIn(term.texts(), negated);
            case "assignee" -> people(Criterion.Field.ASSIGNEE, term);
            case "reporter" -> people(Criterion.Field.REPORTER, term);
            case "watcher" -> people(Criterion.Field.WATCHER, term);
            case "no" -> {
                String field = oneOf(term, List.of("assignee", "resolution"));
                yield Criteria.anyOf(Criterion.Field.valueOf(field.toUpperCase(Locale.ROOT)), List.of(""), negated);
            }
            case "has" -> {
                oneOf(term, List.of("conflict"));
                yield new Criterion.HasConflict(negated);
            }
            case "is" ->
                oneOf(term, List.of("overdue", "deleted")).equals("overdue")
                        ? criteria.overdueIs(!negated)
                        : new Criterion.Deleted(negated);
            case "created" -> between(Criterion.TimeField.CREATED, term);
            case "updated" -> between(Criterion.TimeField.UPDATED, term);
            case "due" -> between(Criterion.TimeField.DUE, term);
            default -> throw new IllegalStateException("No meaning for the qualifier " + qualifier);
        };
    }

    /** Asks for each value alone first, so that an error can say where it is. */
    private static Criterion checked(QueryTerm term, BiFunction<List<String>, Boolean, Criterion> meaning) {
        List<Criterion> alone = new ArrayList<>();
        for (QueryTerm.Value value : term.values()) {
            try {
                alone.add(meaning.apply(List.of(value.text()), term.negated()));
            } catch (InvalidQueryException unknown) {
                throw at(value.position(), unknown);
            }
        }
        return alone.size() == 1 ? alone.get(0) : meaning.apply(term.texts(), term.negated());
    }

    private Criterion people(Criterion.Field field, QueryTerm term) {
        List<String> names = new ArrayList<>();
        for (QueryTerm.Value value : term.values()) {
            boolean nobody = field == Criterion.Field.ASSIGNEE && value.text().equals(Criteria.NONE);
            if (value.quoted()) {
                names.add(value.text());
            } else if (nobody) {
                names.add("");
            } else {
                try {
                    names.add(criteria.person(String.valueOf(term.qualifier()), value.text()));
                } catch (InvalidQueryException unknown) {
                    throw at(value.position(), unknown);
                }
            }
        }
        return Criteria.anyOf(field, names, term.negated());
    }

    private static TextClause.Scope scopeOf(List<QueryTerm> terms) {
        TextClause.Scope scope = TextClause.Scope.ANYWHERE;
        for (QueryTerm term : terms) {
            if ("in".equals(term.qualifier())) {
                refuseNegation(term);
                TextClause.Scope wanted = switch (oneOf(term, PLACES)) {
                    case "title" -> TextClause.Scope.TITLE;
                    case "description" -> TextClause.Scope.DESCRIPTION;
                    case "attachments" -> TextClause.Scope.ATTACHMENT;
                    default -> TextClause.Scope.COMMENT;
                };
                if (scope != TextClause.Scope.ANYWHERE && scope != wanted) {
                    throw wrong(term.position(), "contradiction", "names two places with 'in:'", PLACES);
                }
                scope = wanted;
            }
        }
        return scope;
    }

    private static Criterion between(Criterion.TimeField field, QueryTerm term) {
        refuseNegation(term);
        if (term.values().size() > 1) {
            throw wrong(
                    term.first().position(), "too-many", "takes one value for '" + term.qualifier() + ":'", List.of());
        }
        String text = term.first().text();
        int dots = text.indexOf("..");
        if (dots >= 0) {
            String first = text.substring(0, dots);
            String last = text.substring(dots + 2);
            return new Criterion.Between(
                    field,
                    first.equals("*") ? null : span(term, first).start(),
                    last.equals("*") ? null : span(term, last).end());
        } else if (text.startsWith(">=")) {
            return new Criterion.Between(field, span(term, text.substring(2)).start(), null);
        } else if (text.startsWith(">")) {
            return new Criterion.Between(field, span(term, text.substring(1)).end(), null);
        } else if (text.startsWith("<=")) {
            return new Criterion.Between(
                    field, null, span(term, text.substring(2)).end());
        } else if (text.startsWith("<")) {
            return new Criterion.Between(
                    field, null, span(term, text.substring(1)).start());
        }
        TimeSpan span = span(term, text);
        return new Criterion.Between(field, span.start(), span.end());
    }

    private static TimeSpan span(QueryTerm term, String text) {
        TimeSpan span = TimeSpan.parse(text);
        if (span == null) {
            String problem = "has '" + text + "' for '" + term.qualifier() + ":', not " + TimeSpan.FORMS;
            throw wrong(term.first().position(), "not-a-time", problem, List.of());
        }
        return span;
    }

    private static String oneOf(QueryTerm term, List<String> allowed) {
        String text = term.first().text().toLowerCase(Locale.ROOT);
        if (term.values().size() > 1 || !allowed.contains(text)) {
            String problem = "has '" + String.join(",", term.texts()) + "' for '" + term.qualifier() + ":', not one of "
                    + String.join(", ", allowed);
            throw wrong(term.first().position(), "unknown-value", problem, allowed);
        }
        return text;
    }

    private static void refuseNegation(QueryTerm term) {
        if (term.negated()) {
            throw wrong(term.position(), "not-negatable", "cannot turn round '" + term.qualifier() + ":'", List.of());
        }
    }

    private static InvalidQueryException wrong(int position, String code, String problem, List<String> allowed) {
        return new InvalidQueryException("q", code, problem + " at position " + position, position, allowed);
    }

    private static InvalidQueryException at(int position, InvalidQueryException cause) {
        return new InvalidQueryException(
                "q",
                cause.code(),
                "at position " + position + ": " + cause.field() + " " + cause.problem(),
                position,
                cause.allowed());
    }
}
