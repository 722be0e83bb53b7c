package io.ticketmesh.search;

import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;

/** A ticket with its comments as Lucene sees it. Stores no text: results are read from the store. */
final class TicketDocument {
    private static final FieldType TEXT = new FieldType();

    static {
        TEXT.setTokenized(true);
        TEXT.setOmitNorms(true);
        TEXT.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        TEXT.freeze();
    }

    private TicketDocument() {}

    static Document of(Ticket ticket, List<Comment> comments) {
        Document document = new Document();
        document.add(new StringField(FieldNames.ID, FieldNames.id(ticket.id()).bytes(), Field.Store.NO));
        addNumber(document, FieldNames.ID_HIGH, FieldNames.flipped(ticket.id().high()));
        addNumber(document, FieldNames.ID_LOW, FieldNames.flipped(ticket.id().low()));
        for (SortKey.By by : SortKey.By.values()) {
            long value = by.valueOf(ticket);
            if (value != Long.MAX_VALUE) {
                addNumber(document, FieldNames.of(by), value);
                document.add(new LongPoint(FieldNames.of(by), value));
            }
        }
        for (Criterion.Field field : Criterion.Field.values()) {
            field.valuesOf(ticket).forEach(value -> addValue(document, FieldNames.of(field), value));
        }
        String creator = Criterion.Concerns.creatorOnly(ticket);
        if (creator != null) {
            addValue(document, FieldNames.CREATOR, creator);
        }
        if (new Criterion.HasConflict(false).matches(ticket, List::of)) {
            addValue(document, FieldNames.FLAG, FieldNames.CONFLICT);
        }
        if (ticket.isDeleted()) {
            addValue(document, FieldNames.FLAG, FieldNames.DELETED);
        }
        addText(document, FieldNames.TITLE, ticket.title().or(""));
        addText(document, FieldNames.DESCRIPTION, ticket.description().or(""));
        ticket.attachmentNames().forEach(name -> addText(document, FieldNames.ATTACHMENT, name));
        textsOf(ticket, comments, false).forEach(text -> addText(document, FieldNames.COMMENT, text));
        internalTextsOf(ticket, comments).forEach(text -> addText(document, FieldNames.INTERNAL, text));
        return document;
    }

    /** The texts of the comments that a reader may see; a comment of which the ticket does not know yet is not shown. */
    static List<String> textsOf(Ticket ticket, List<Comment> comments, boolean seesInternal) {
        return texts(ticket, comments, kind -> seesInternal || kind != CommentKind.INTERNAL);
    }

    private static List<String> internalTextsOf(Ticket ticket, List<Comment> comments) {
        return texts(ticket, comments, kind -> kind == CommentKind.INTERNAL);
    }

    private static List<String> texts(Ticket ticket, List<Comment> comments, Predicate<CommentKind> wanted) {
        Map<CommentId, CommentHead> heads = ticket.comments().entries();
        return comments.stream()
                .filter(comment -> {
                    CommentHead head = heads.get(comment.id());
                    return head != null && wanted.test(head.kind());
                })
                .map(Comment::text)
                .toList();
    }

    private static void addNumber(Document document, String name, long value) {
        document.add(new NumericDocValuesField(name, value));
    }

    private static void addValue(Document document, String name, String value) {
        document.add(new StringField(name, FieldNames.bounded(value), Field.Store.NO));
    }

    private static void addText(Document document, String name, String text) {
        if (!text.isEmpty()) {
            document.add(new Field(name, new WordStream(text), TEXT));
        }
    }
}
