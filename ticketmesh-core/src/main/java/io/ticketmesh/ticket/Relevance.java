package io.ticketmesh.ticket;

import java.util.List;

/**
 * How well a ticket fits the words that were looked for: by where they stand. The more of them stand in the title the better, and of
 * equals those where none stands in comments or names of attachments alone. All of them stand somewhere, or the ticket would not have been found, so how
 * rare each is among all tickets decides nothing.
 *
 * <p>It follows from the ticket and the words, and not from what else a node holds. So all nodes rank alike, and a cursor of one
 * goes on at another. Comments make no difference, so nobody learns by it of comments that he may not see.
 *
 * @param clauses at most {@link #MAX_CLAUSES}; what is asked for beyond them must be found, but does not count
 */
public record Relevance(List<TextClause> clauses) {
    /** So many words and phrases of a query decide. */
    public static final int MAX_CLAUSES = 8;

    public Relevance {
        clauses = List.copyOf(clauses);
    }

    /** How well tickets fit what that filter looks for. */
    public static Relevance of(TicketFilter filter) {
        List<TextClause> wanted = filter.wantedText();
        return new Relevance(wanted.subList(0, Math.min(wanted.size(), MAX_CLAUSES)));
    }

    /** The level of tickets with all words in the title; the lowest is 0. */
    public int highest() {
        return level(clauses.size(), true);
    }

    /** From 0 to {@link #highest()}, the more the better. */
    public int levelOf(Ticket ticket) {
        int inTitle = 0;
        boolean aboveTheRest = true;
        for (TextClause clause : clauses) {
            if (clause.standsInTitle(ticket)) {
                inTitle++;
            } else {
                aboveTheRest &= clause.standsInDescription(ticket);
            }
        }
        return level(inTitle, aboveTheRest);
    }

    /**
     * The level of a ticket.
     *
     * @param inTitle how many of the clauses stand in its title
     * @param aboveTheRest whether all clauses stand in its title or description
     */
    public static int level(int inTitle, boolean aboveTheRest) {
        return 2 * inTitle + (aboveTheRest ? 1 : 0);
    }
}
