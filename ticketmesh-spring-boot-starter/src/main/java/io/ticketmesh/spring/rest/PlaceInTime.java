package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.InvalidChangeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cursor of a list that is ordered by time: what it stands behind need not exist any more.
 *
 * @param time of the row
 * @param name tells rows of the same time apart
 */
record PlaceInTime(long time, String name) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})/([0-9a-f.#-]{1,100})");

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws InvalidChangeException when the text is no cursor
     */
    static PlaceInTime parse(String text) {
        try {
            Matcher parts = TEXT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
            if (parts.matches()) {
                return new PlaceInTime(Long.parseLong(parts.group(1)), parts.group(2));
            }
        } catch (IllegalArgumentException malformed) {
            // the same answer as for a text of another form
        }
        throw new InvalidChangeException("cursor", "is not a cursor of this list");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + "/" + name).getBytes(StandardCharsets.ISO_8859_1));
    }
}
