package io.ticketmesh.search;

import io.ticketmesh.ticket.TextClause;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The words of one text, by the rule of {@link TextClause#wordsOf} and no other: no stems, no stop words. */
final class WordStream extends TokenStream {
    /** Keeps phrases from reaching out of one comment into the next. */
    private static final int GAP = 10;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<String> words;
    private Iterator<String> rest;
    private boolean first;

    WordStream(String text) {
        words = TextClause.wordsOf(text);
        rest = words.iterator();
    }

    @Override
    public void reset() {
        rest = words.iterator();
        first = true;
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) {
            return false;
        }
        clearAttributes();
        term.append(FieldNames.bounded(rest.next()));
        increment.setPositionIncrement(first ? GAP : 1);
        first = false;
        return true;
    }
}
