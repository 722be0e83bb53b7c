package io.ticketmesh.search;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Relevance;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Holds every ticket against every query, without any index, and remembers of each query the first page and how many there are.
 * Takes the words of a ticket once for all queries, and so looks for them by code of its own; every 64th ticket it asks {@link
 * io.ticketmesh.ticket.TicketFilter#matches} and {@link Relevance} too. Not thread-safe.
 */
public final class Scan {
    private static final int ASKED = 64;

    private final List<Question> questions;
    private long looked;

    /** @param queries first pages */
    public Scan(List<TicketQuery> queries) {
        questions = queries.stream().map(Question::new).toList();
    }

    /**
     * @param comments the texts of those that the asker may see
     * @throws IllegalStateException when a filter says something else than this scan
     */
    public void look(Ticket ticket, List<String> comments) {
        TicketWords words = new TicketWords(ticket, comments);
        boolean asked = looked++ % ASKED == 0;
        for (Question question : questions) {
            boolean found = question.look(ticket, words, comments);
            if (asked && found != question.query.filter().matches(ticket, () -> comments)) {
                throw new IllegalStateException(
                        question.query + (found ? " does not match " : " matches ") + ticket.id());
            }
        }
    }

    /** How many tickets the query of that number finds. */
    public long total(int query) {
        return questions.get(query).total;
    }

    /** The ids on the first page of the query of that number. */
    public List<TicketId> firstPage(int query) {
        Question question = questions.get(query);
        List<Hit> page = new ArrayList<>(question.best);
        page.sort(question.order);
        return page.stream().map(hit -> hit.ticket().id()).toList();
    }

    private record Hit(Ticket ticket, int level) {}

    private static final class Question {
        private final TicketQuery query;
        private final List<TextClause> wanted;
        private final List<TextClause> ranking;
        private final Comparator<Hit> order;

        /** The last one first. */
        private final PriorityQueue<Hit> best;

        private long total;

        Question(TicketQuery query) {
            this.query = query;
            wanted = query.filter().wantedText();
            ranking = query.ranked() ? Relevance.of(query.filter()).clauses() : List.of();
            TicketQuery unranked = new TicketQuery(
                    query.filter(), query.sort(), query.limit(), null, query.seesInternal(), query.count(), false);
            order = Comparator.comparingInt(Hit::level)
                    .reversed()
                    .thenComparing(Comparator.comparing(Hit::ticket, unranked.order()));
            best = new PriorityQueue<>(order.reversed());
        }

        /** Whether the ticket is found. */
        boolean look(Ticket ticket, TicketWords words, List<String> comments) {
            if (!wanted.stream().allMatch(words::mayHave) || !ticket.isBorn()) {
                return false;
            }
            for (Criterion criterion : query.filter().criteria()) {
                boolean met = criterion instanceof Criterion.Text text
                        ? words.have(text.clause()) != text.negated()
                        : criterion.matches(ticket, () -> comments);
                if (!met) {
                    return false;
                }
            }
            total++;
            best.add(new Hit(ticket, words.levelOf(ranking)));
            if (best.size() > query.limit()) {
                best.remove();
            }
            return true;
        }
    }
}
