package io.ticketmesh.wire;

import io.ticketmesh.ticket.Due;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** The form of a due: the number of its variant, and content up to the end of the frame. */
final class Dues {
    private static final int NEVER = 1;
    private static final int AT = 2;
    private static final int ON = 3;

    private Dues() {}

    static void write(WireOutput output, Due due) {
        if (due instanceof Due.At at) {
            output.unsigned(AT);
            output.signed(at.instant().toEpochMilli());
        } else if (due instanceof Due.On on) {
            output.unsigned(ON);
            output.signed(on.date().toEpochDay());
        } else {
            output.unsigned(NEVER);
        }
    }

    /** The due; null when only a newer version can hold it. */
    static @Nullable Due read(WireInput input) {
        return switch (input.number(Integer.MAX_VALUE)) {
            case NEVER -> Due.NEVER;
            case AT -> new Due.At(Instant.ofEpochMilli(input.signed()));
            case ON -> readDay(input);
            default -> null;
        };
    }

    private static Due.@Nullable On readDay(WireInput input) {
        long day = input.signed();
        return ChronoField.EPOCH_DAY.range().isValidValue(day) ? new Due.On(LocalDate.ofEpochDay(day)) : null;
    }
}
