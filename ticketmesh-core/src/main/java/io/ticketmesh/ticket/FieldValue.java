package io.ticketmesh.ticket;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The value of a custom field. */
public sealed interface FieldValue {
    FieldValue ABSENT = new Absent();

    record Text(String text) implements FieldValue {}

    record Numeric(BigDecimal number) implements FieldValue {
        /** Equal numbers are equal values: 1.0 is 1. */
        public Numeric {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    record Flag(boolean set) implements FieldValue {}

    /** Millisecond precision. */
    record Moment(Instant instant) implements FieldValue {}

    record Day(LocalDate date) implements FieldValue {}

    record Texts(List<String> texts) implements FieldValue {
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /** The field was taken away. */
    record Absent() implements FieldValue {}
}
