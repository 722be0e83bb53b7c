package io.ticketmesh.search;

import io.ticketmesh.search.Suggestions.Suggestion;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.TextClause;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;

/**
 * Looks for tickets like one that is being written, in one state of the index. Words weigh as much as they are rare, and in a
 * description half; similar is what has much of the weight. Comments are not looked at: they tell what became of a matter, and some
 * of them not everybody may see.
 *
 * <p>Used by one thread, for one question.
 */
final class SimilarReading {
    /** What has less of the weight is no suggestion. */
    private static final double LEAST_SIMILARITY = 0.35;

    /** Of so many of the most similar, a judge is asked which of them the reader may see. */
    private static final int JUDGED = 200;

    private static final float IN_DESCRIPTION = 0.5f;

    /** As many tickets with other words are thought to be there, so that a word in both of two tickets is not taken for frequent. */
    private static final int OTHERS = 100;

    /** The order by likeness, then by age, then by id. */
    private static final Sort MOST_SIMILAR_FIRST = new Sort(
            SortField.FIELD_SCORE,
            new SortField(FieldNames.of(Criterion.TimeField.CREATED), SortField.Type.LONG, true),
            new SortField(FieldNames.ID_HIGH, SortField.Type.LONG),
            new SortField(FieldNames.ID_LOW, SortField.Type.LONG));

    private final IndexSearcher searcher;
    private final TicketReader store;
    private final SimilarQuery query;

    private record Word(String text, double weight) {}

    SimilarReading(IndexSearcher searcher, TicketReader store, SimilarQuery query) {
        this.searcher = searcher;
        this.store = store;
        this.query = query;
    }

    List<Suggestion> read() throws IOException {
        List<Word> words = words();
        double whole = words.stream().mapToDouble(Word::weight).sum();
        if (whole <= 0) {
            return List.of();
        }
        BooleanQuery.Builder similar = new BooleanQuery.Builder()
                .add(CriteriaTranslation.of(query.wanted(), query.seesInternal()), BooleanClause.Occur.FILTER)
                .add(decisive(words, whole), BooleanClause.Occur.FILTER);
        for (Word word : words) {
            similar.add(scored(word), BooleanClause.Occur.SHOULD);
        }
        int most = isJudged(query.wanted()) ? JUDGED : query.limit();
        ScoreDoc[] hits =
                searcher.search(similar.build(), new TopFieldCollectorManager(MOST_SIMILAR_FIRST, most, 1)).scoreDocs;
        List<Suggestion> found = new ArrayList<>();
        for (int i = 0; i < hits.length && found.size() < query.limit(); i++) {
            FieldDoc hit = (FieldDoc) hits[i];
            double similarity = Math.min(1, (Float) hit.fields[0] / whole);
            if (similarity < LEAST_SIMILARITY) {
                return found;
            }
            store.ticket(idOf(hit))
                    .filter(this::isWanted)
                    .ifPresent(ticket -> found.add(new Suggestion(ticket, similarity)));
        }
        return found;
    }

    private boolean isWanted(Ticket ticket) {
        return query.wanted()
                .matches(
                        ticket,
                        () -> TicketDocument.textsOf(ticket, store.comments(ticket.id()), query.seesInternal()));
    }

    private static TicketId idOf(FieldDoc hit) {
        return new TicketId(FieldNames.flipped((Long) hit.fields[2]), FieldNames.flipped((Long) hit.fields[3]));
    }

    /** Tickets with one of the words without which nothing is similar enough; so frequent words need not be looked through. */
    private static Query decisive(List<Word> words, double whole) {
        List<Word> rarestLast =
                words.stream().sorted(Comparator.comparingDouble(Word::weight)).toList();
        BooleanQuery.Builder decisive = new BooleanQuery.Builder();
        double others = 0;
        for (Word word : rarestLast) {
            others += word.weight();
            if (others >= LEAST_SIMILARITY * whole) {
                decisive.add(anywhere(word.text()), BooleanClause.Occur.SHOULD);
            }
        }
        return decisive.build();
    }

    private static Query anywhere(String word) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(FieldNames.TITLE, word)), BooleanClause.Occur.SHOULD)
                .add(new TermQuery(new Term(FieldNames.DESCRIPTION, word)), BooleanClause.Occur.SHOULD)
                .build();
    }

    private static boolean isJudged(TicketFilter filter) {
        return filter.criteria().stream().anyMatch(Criterion.Judged.class::isInstance);
    }

    private static Query scored(Word word) {
        Query inTitle = new ConstantScoreQuery(new TermQuery(new Term(FieldNames.TITLE, word.text())));
        Query inDescription = new ConstantScoreQuery(new TermQuery(new Term(FieldNames.DESCRIPTION, word.text())));
        Query better = new DisjunctionMaxQuery(List.of(inTitle, new BoostQuery(inDescription, IN_DESCRIPTION)), 0);
        return new BoostQuery(better, (float) word.weight());
    }

    private List<Word> words() throws IOException {
        Set<String> inTitle = new LinkedHashSet<>(TextClause.wordsOf(query.title()));
        Set<String> all = new LinkedHashSet<>(inTitle);
        all.addAll(TextClause.wordsOf(query.description()));
        List<Word> words = new ArrayList<>();
        for (String word : all) {
            if (words.size() < SimilarQuery.MAX_WORDS) {
                String text = FieldNames.bounded(word);
                words.add(new Word(text, rarity(text) * (inTitle.contains(word) ? 1 : IN_DESCRIPTION)));
            }
        }
        return words;
    }

    /** How rare the word is among the tickets that there are for the reader, from 0. */
    private double rarity(String word) throws IOException {
        TicketFilter scope = query.scope();
        if (scope.criteria().isEmpty()) {
            IndexReader reader = searcher.getIndexReader();
            int with = Math.max(
                    reader.docFreq(new Term(FieldNames.TITLE, word)),
                    reader.docFreq(new Term(FieldNames.DESCRIPTION, word)));
            return rarity(with, reader.maxDoc());
        }
        if (isJudged(scope)) {
            return 1;
        }
        Query all = CriteriaTranslation.of(scope, query.seesInternal());
        Query with = new BooleanQuery.Builder()
                .add(all, BooleanClause.Occur.FILTER)
                .add(anywhere(word), BooleanClause.Occur.FILTER)
                .build();
        return rarity(searcher.count(with), searcher.count(all));
    }

    /** The inverse document frequency of BM25, Robertson and Zaragoza (2009). */
    private static double rarity(int with, int of) {
        return Math.log(1 + (OTHERS + of - with + 0.5) / (with + 0.5));
    }
}
