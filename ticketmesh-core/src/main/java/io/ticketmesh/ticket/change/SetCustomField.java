package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Sets a field that the application defines, or takes it away with {@link FieldValue#ABSENT}. */
public record SetCustomField(String key, FieldValue value) implements Change {
    /** The most fields that one ticket can have at a time. */
    public static final int MAX_FIELDS = 50;

    /** The most characters (UTF-16 units) of a text value. */
    public static final int MAX_CHARS = 4_096;

    /** The most texts in a list value; each is at most {@link #MAX_LIST_CHARS} long. */
    public static final int MAX_TEXTS = 50;

    /** The most characters (UTF-16 units) of one text in a list value. */
    public static final int MAX_LIST_CHARS = 255;

    private static final int MAX_DIGITS = 100;
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public SetCustomField {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidChangeException(
                    "customFields", "bad-key", "has the key '" + key + "', which is not " + KEY.pattern(), null);
        }
        value = requireValid("customFields." + key, value);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.redactions().voids(stamp)
                ? ticket
                : ticket.withCustomFields(ticket.customFields().write(key, value, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        long others = ticket.customFields().registers().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .filter(entry -> !entry.getValue().or(FieldValue.ABSENT).equals(FieldValue.ABSENT))
                .count();
        if (!value.equals(FieldValue.ABSENT) && others >= MAX_FIELDS) {
            throw new InvalidChangeException(
                    "customFields", "too-many", "has more than " + MAX_FIELDS + " keys", (long) MAX_FIELDS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !value.equals(ticket.customFields().get(key).or(FieldValue.ABSENT));
    }

    private static FieldValue requireValid(String field, FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return new FieldValue.Text(Texts.text(field, text.text(), MAX_CHARS));
        } else if (value instanceof FieldValue.Moment moment) {
            return new FieldValue.Moment(Times.requireMillis(field, moment.instant()));
        } else if (value instanceof FieldValue.Day day) {
            Times.requireYear(field, day.date());
        } else if (value instanceof FieldValue.Numeric numeric) {
            BigDecimal number = numeric.number();
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
                throw new InvalidChangeException(
                        field, "too-long", "has more than " + MAX_DIGITS + " digits", (long) MAX_DIGITS);
            }
        } else if (value instanceof FieldValue.Texts texts) {
            if (texts.texts().size() > MAX_TEXTS) {
                throw new InvalidChangeException(
                        field, "too-many", "has more than " + MAX_TEXTS + " texts", (long) MAX_TEXTS);
            }
            texts.texts().forEach(text -> Texts.text(field, text, MAX_LIST_CHARS));
        }
        return value;
    }
}
