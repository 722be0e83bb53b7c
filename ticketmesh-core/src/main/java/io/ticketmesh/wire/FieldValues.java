package io.ticketmesh.wire;

import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a custom field's value: the number of its variant, and content up to the end of the frame. */
final class FieldValues {
    private static final int ABSENT = 1;
    private static final int TEXT = 2;
    private static final int NUMERIC = 3;
    private static final int FLAG = 4;
    private static final int MOMENT = 5;
    private static final int DAY = 6;
    private static final int TEXTS = 7;

    /** Room for 300 digits, three times what a change accepts. */
    private static final int MAX_NUMBER_BYTES = 128;

    private static final int MAX_SCALE = 1_000;

    private FieldValues() {}

    static void write(WireOutput output, FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            output.unsigned(TEXT);
            output.characters(text.text());
        } else if (value instanceof FieldValue.Numeric numeric) {
            output.unsigned(NUMERIC);
            writeNumber(output, numeric.number());
        } else if (value instanceof FieldValue.Flag flag) {
            output.unsigned(FLAG);
            output.flag(flag.set());
        } else if (value instanceof FieldValue.Moment moment) {
            output.unsigned(MOMENT);
            output.signed(moment.instant().toEpochMilli());
        } else if (value instanceof FieldValue.Day day) {
            output.unsigned(DAY);
            output.signed(day.date().toEpochDay());
        } else if (value instanceof FieldValue.Texts texts) {
            output.unsigned(TEXTS);
            texts.texts().forEach(output::text);
        } else {
            output.unsigned(ABSENT);
        }
    }

    /** The value; null when only a newer version can hold it. */
    static @Nullable FieldValue read(WireInput input) {
        return switch (input.number(Integer.MAX_VALUE)) {
            case ABSENT -> FieldValue.ABSENT;
            case TEXT -> new FieldValue.Text(input.characters());
            case NUMERIC -> readNumber(input);
            case FLAG -> new FieldValue.Flag(input.flag());
            case MOMENT -> new FieldValue.Moment(Instant.ofEpochMilli(input.signed()));
            case DAY -> readDay(input);
            case TEXTS -> new FieldValue.Texts(readTexts(input));
            default -> null;
        };
    }

    private static void writeNumber(WireOutput output, BigDecimal number) {
        byte[] unscaled = number.unscaledValue().toByteArray();
        if (unscaled.length > MAX_NUMBER_BYTES || Math.abs((long) number.scale()) > MAX_SCALE) {
            throw new InvalidChangeException("customFields", "too-long", "has a number of too many digits", null);
        }
        output.signed(number.scale());
        output.writeBytes(unscaled);
    }

    private static FieldValue.@Nullable Numeric readNumber(WireInput input) {
        long scale = input.signed();
        byte[] unscaled = input.rest(MAX_NUMBER_BYTES);
        return unscaled == null || unscaled.length == 0 || scale < -MAX_SCALE || scale > MAX_SCALE
                ? null
                : new FieldValue.Numeric(new BigDecimal(new BigInteger(unscaled), (int) scale));
    }

    private static FieldValue.@Nullable Day readDay(WireInput input) {
        long day = input.signed();
        return ChronoField.EPOCH_DAY.range().isValidValue(day) ? new FieldValue.Day(LocalDate.ofEpochDay(day)) : null;
    }

    private static List<String> readTexts(WireInput input) {
        List<String> texts = new ArrayList<>();
        while (input.hasMore()) {
            texts.add(input.text());
        }
        return texts;
    }
}
