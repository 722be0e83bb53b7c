package io.ticketmesh.json;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A number with exactly the decimal digits it was written with. Its scale is bounded, so that no arithmetic on it can be made
 * to fill the memory by a short text like {@code 1e999999999}. Equal by value: 1, 1.0 and 1e0 are the same.
 */
public record JsonNumber(BigDecimal decimal, JsonPlace place) implements JsonValue {
    /** The scale of a number lies between minus this and this. */
    public static final int MAX_SCALE = 1000;

    /** @throws IllegalArgumentException if the scale is beyond {@link #MAX_SCALE} */
    public JsonNumber {
        if (Math.abs((long) decimal.scale()) > MAX_SCALE) {
            throw new IllegalArgumentException("the number is too large or too small");
        }
    }

    public static JsonNumber of(BigDecimal decimal) {
        return new JsonNumber(decimal, JsonPlace.NONE);
    }

    public static JsonNumber of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    /** The number as a {@code long}, if it is whole and fits; {@code 3.0} and {@code 3e2} are whole. */
    public OptionalLong exactLong() {
        try {
            return OptionalLong.of(decimal.longValueExact());
        } catch (ArithmeticException notALong) {
            return OptionalLong.empty();
        }
    }

    /** Whether nothing but zeros follows the decimal point, however large the number is. */
    public boolean isWhole() {
        return decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public String kind() {
        return "a number";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber that && decimal.compareTo(that.decimal) == 0;
    }

    @Override
    public int hashCode() {
        return decimal.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
