package io.ticketmesh.search;

import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Holds every ticket against every query, without any index. Whether a ticket is found is what {@link
 * io.ticketmesh.ticket.TicketFilter#matches} says; it is only not asked for tickets that lack one of the words altogether. Remembers
 * of each query the first page and how many there are. Not thread-safe.
 */
public final class Scan {
    private final List<Question> questions;

    /** @param queries first pages */
    public Scan(List<TicketQuery> queries) {
        questions = queries.stream().map(Question::new).toList();
    }

    /** @param comments the texts of those that the asker may see */
    public void look(Ticket ticket, List<String> comments) {
        Set<String> words = new HashSet<>(TextClause.wordsOf(ticket.title().or("")));
        words.addAll(TextClause.wordsOf(ticket.description().or("")));
        comments.forEach(comment -> words.addAll(TextClause.wordsOf(comment)));
        questions.forEach(question -> question.look(ticket, comments, words));
    }

    /** How many tickets the query of that number finds. */
    public long total(int query) {
        return questions.get(query).total;
    }

    /** The ids on the first page of the query of that number. */
    public List<TicketId> firstPage(int query) {
        Question question = questions.get(query);
        List<Ticket> page = new ArrayList<>(question.best);
        page.sort(question.query.order());
        return page.stream().map(Ticket::id).toList();
    }

    private static final class Question {
        private final TicketQuery query;
        private final List<String> words = new ArrayList<>();

        /** The last one first. */
        private final PriorityQueue<Ticket> best;

        private long total;

        Question(TicketQuery query) {
            this.query = query;
            for (TextClause clause : query.filter().wantedText()) {
                int whole = clause.words().size() - (clause.prefix() ? 1 : 0);
                words.addAll(clause.words().subList(0, whole));
            }
            best = new PriorityQueue<>(query.order().reversed());
        }

        void look(Ticket ticket, List<String> comments, Set<String> present) {
            for (String word : words) {
                if (!present.contains(word)) {
                    return;
                }
            }
            if (query.filter().matches(ticket, () -> comments)) {
                total++;
                best.add(ticket);
                if (best.size() > query.limit()) {
                    best.remove();
                }
            }
        }
    }
}
