package io.ticketmesh.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand next to each other, of which the last may go on. However many words begin so, only one of them is looked at at a
 * time, so the memory it takes is bounded by the occurrences of the words before; Lucene's own way holds all of them open.
 */
final class PhrasePrefixQuery extends Query {
    private final String field;
    private final List<String> words;

    /**
     * @param words at least two
     */
    PhrasePrefixQuery(String field, List<String> words) {
        this.field = field;
        this.words = List.copyOf(words);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable Scorer scorer(LeafReaderContext context) throws IOException {
                Terms terms = context.reader().terms(field);
                if (terms == null) {
                    return null;
                }
                FixedBitSet found = find(terms, context.reader().maxDoc());
                DocIdSetIterator documents = new BitSetIterator(found, found.cardinality());
                return new ConstantScoreScorer(this, score(), scoreMode, documents);
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return true;
            }
        };
    }

    private FixedBitSet find(Terms terms, int documents) throws IOException {
        FixedBitSet found = new FixedBitSet(documents);
        TermsEnum dictionary = terms.iterator();
        Places places = placesOf(dictionary);
        BytesRef prefix = new BytesRef(words.get(words.size() - 1));
        if (places.count == 0 || dictionary.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
            return found;
        }
        PostingsEnum postings = null;
        BytesRef term = dictionary.term();
        while (term != null && StringHelper.startsWith(term, prefix)) {
            postings = dictionary.postings(postings, PostingsEnum.POSITIONS);
            places.continuedBy(postings, place -> found.set((int) (place >>> Integer.SIZE)));
            term = dictionary.next();
        }
        return found;
    }

    /** Where the words before the last one stand. */
    private Places placesOf(TermsEnum dictionary) throws IOException {
        Places places = null;
        for (String word : words.subList(0, words.size() - 1)) {
            Places next = new Places();
            if (dictionary.seekExact(new BytesRef(word))) {
                PostingsEnum postings = dictionary.postings(null, PostingsEnum.POSITIONS);
                if (places == null) {
                    next.addAll(postings);
                } else {
                    places.continuedBy(postings, next::add);
                }
            }
            if (next.count == 0) {
                return next;
            }
            places = next;
        }
        return Objects.requireNonNull(places);
    }

    /** Positions of a word in ascending order, each with its document in the upper half. */
    private static final class Places {
        private long[] places = new long[64];
        private int count;

        void add(long place) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
            }
            places[count++] = place;
        }

        void addAll(PostingsEnum postings) throws IOException {
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                for (int i = postings.freq(); i > 0; i--) {
                    add(place(doc, postings.nextPosition()));
                }
            }
        }

        /** Reports each position of {@code postings} that stands right behind one of these places. */
        void continuedBy(PostingsEnum postings, LongConsumer report) throws IOException {
            int at = 0;
            int doc = postings.nextDoc();
            while (doc != DocIdSetIterator.NO_MORE_DOCS && at < count) {
                int wanted = (int) (places[at] >>> Integer.SIZE);
                if (wanted > doc) {
                    doc = postings.advance(wanted);
                } else if (wanted < doc) {
                    at = firstFrom(place(doc, 0), at);
                } else {
                    for (int i = postings.freq(); i > 0; i--) {
                        long place = place(doc, postings.nextPosition());
                        at = firstFrom(place - 1, at);
                        if (at < count && places[at] == place - 1) {
                            report.accept(place);
                        }
                    }
                    doc = postings.nextDoc();
                }
            }
        }

        private int firstFrom(long place, int from) {
            if (from >= count || places[from] >= place) {
                return from;
            }
            int found = Arrays.binarySearch(places, from, count, place);
            return found >= 0 ? found : -found - 1;
        }

        private static long place(int doc, int position) {
            return (long) doc << Integer.SIZE | position;
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public String toString(String defaultField) {
        return field + ":\"" + String.join(" ", words) + "*\"";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
                && other instanceof PhrasePrefixQuery that
                && field.equals(that.field)
                && words.equals(that.words);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), field, words);
    }
}
