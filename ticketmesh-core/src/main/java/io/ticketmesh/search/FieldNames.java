package io.ticketmesh.search;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketId;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** The fields of a ticket's document. A change of them or of what they hold needs another {@link TicketIndex#FORMAT}. */
final class FieldNames {
    static final String TITLE = "text.title";
    static final String DESCRIPTION = "text.description";
    /** Comments that everybody sees; each is a text of its own. */
    static final String COMMENT = "text.comment";
    /** Comments for those who work on the ticket. */
    static final String INTERNAL = "text.internal";
    /** Names of attachments; each is a text of its own. */
    static final String ATTACHMENT = "text.attachment";
    /** The 16 bytes of the id. */
    static final String ID = "id";
    /** The halves of the id as numbers that sort, signed, as the id does, unsigned. */
    static final String ID_HIGH = "id.high";

    static final String ID_LOW = "id.low";
    /** Who created it, if it concerns him in no other way. */
    static final String CREATOR = "value.creator";

    static final String FLAG = "flag";
    static final String CONFLICT = "conflict";
    static final String DELETED = "deleted";

    /** Longer words are cut, for Lucene refuses terms above 32,766 bytes. */
    static final int MAX_WORD_CHARS = 8_000;

    /** Marks a word that was cut, so that no whole word equals it. */
    private static final char CUT = '\uFFFF';

    private FieldNames() {}

    static String of(Criterion.Field field) {
        return "value." + field.name().toLowerCase(Locale.ROOT);
    }

    static String of(SortKey.By by) {
        return "number." + by.name().toLowerCase(Locale.ROOT);
    }

    static String of(Criterion.TimeField field) {
        return of(SortKey.By.valueOf(field.name()));
    }

    /** The word or value as it stands in the index. */
    static String bounded(String word) {
        if (word.length() <= MAX_WORD_CHARS) {
            return word;
        }
        boolean splitsPair = Character.isHighSurrogate(word.charAt(MAX_WORD_CHARS - 1));
        return word.substring(0, splitsPair ? MAX_WORD_CHARS - 1 : MAX_WORD_CHARS) + CUT;
    }

    static Term id(TicketId id) {
        byte[] bytes =
                ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
        return new Term(ID, new BytesRef(bytes));
    }

    /** Turns unsigned order into signed order, and back. */
    static long flipped(long half) {
        return half ^ Long.MIN_VALUE;
    }
}
