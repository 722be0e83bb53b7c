package io.ticketmesh.search;

import io.ticketmesh.ticket.Relevance;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.TextClause.Scope;
import io.ticketmesh.ticket.Ticket;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words of one ticket, text by text. */
final class TicketWords {
    private final List<String> title;
    private final List<String> description;
    private final List<List<String>> attachments;
    private final List<List<String>> comments;
    private final Set<String> all = new HashSet<>();

    TicketWords(Ticket ticket, List<String> comments) {
        title = TextClause.wordsOf(ticket.title().or(""));
        description = TextClause.wordsOf(ticket.description().or(""));
        attachments = ticket.attachmentNames().stream().map(TextClause::wordsOf).toList();
        this.comments = comments.stream().map(TextClause::wordsOf).toList();
        all.addAll(title);
        all.addAll(description);
        attachments.forEach(all::addAll);
        this.comments.forEach(all::addAll);
    }

    /** False when one of the words is nowhere, so that nothing more need be looked at. */
    boolean mayHave(TextClause clause) {
        int whole = clause.words().size() - (clause.prefix() ? 1 : 0);
        for (int i = 0; i < whole; i++) {
            if (!all.contains(clause.words().get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean have(TextClause clause) {
        return mayHave(clause)
                && (inTitle(clause)
                        || inDescription(clause)
                        || clause.looksIn(Scope.ATTACHMENT)
                                && attachments.stream().anyMatch(text -> stands(clause, text))
                        || clause.looksIn(Scope.COMMENT) && comments.stream().anyMatch(text -> stands(clause, text)));
    }

    private boolean inTitle(TextClause clause) {
        return clause.looksIn(Scope.TITLE) && stands(clause, title);
    }

    private boolean inDescription(TextClause clause) {
        return clause.looksIn(Scope.DESCRIPTION) && stands(clause, description);
    }

    /** How well the ticket fits these, each of which it has; 0 when there are none. */
    int levelOf(List<TextClause> clauses) {
        long inTitle = clauses.stream().filter(this::inTitle).count();
        boolean aboveTheRest = clauses.stream().allMatch(clause -> inTitle(clause) || inDescription(clause));
        return clauses.isEmpty() ? 0 : Relevance.level((int) inTitle, aboveTheRest);
    }

    private static boolean stands(TextClause clause, List<String> text) {
        List<String> words = clause.words();
        if (!clause.prefix()) {
            return Collections.indexOfSubList(text, words) >= 0;
        }
        int last = words.size() - 1;
        for (int end = last; end < text.size(); end++) {
            if (text.get(end).startsWith(words.get(last))
                    && text.subList(end - last, end).equals(words.subList(0, last))) {
                return true;
            }
        }
        return false;
    }
}
