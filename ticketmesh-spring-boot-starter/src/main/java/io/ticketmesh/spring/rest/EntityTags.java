package io.ticketmesh.spring.rest;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code If-Match} or {@code If-None-Match}, RFC 9110.
 *
 * @param any whether it is {@code *}
 * @param strong the strong tags, without quotes
 * @param weak the weak ones, without quotes
 */
record EntityTags(boolean any, Set<String> strong, Set<String> weak) {
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"\\s*(,|$)");

    EntityTags {
        strong = Set.copyOf(strong);
        weak = Set.copyOf(weak);
    }

    static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    /**
     * @param header its name, for the problem
     * @throws ProblemException when the value is neither {@code *} nor a list of tags in quotes
     */
    static EntityTags parse(String header, String value) {
        if (value.strip().equals("*")) {
            return new EntityTags(true, Set.of(), Set.of());
        }
        Set<String> strong = new LinkedHashSet<>();
        Set<String> weak = new LinkedHashSet<>();
        Matcher tag = TAG.matcher(value);
        int end = 0;
        while (end < value.length() && tag.find(end) && tag.start() == end) {
            (tag.group(1) == null ? strong : weak).add(tag.group(2));
            end = tag.end();
        }
        if (end < value.length() || value.isBlank() || value.stripTrailing().endsWith(",")) {
            String detail = "must be '*' or entity tags in double quotes, separated by commas";
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header " + header + " " + detail)
                    .with(ProblemError.header(header, "malformed", detail))
                    .exception();
        }
        return new EntityTags(false, strong, weak);
    }

    /** Whether a reader who has one of these has that state; weak and strong tags are compared alike. */
    boolean covers(String etag) {
        return any || strong.contains(etag) || weak.contains(etag);
    }

    /** What {@code If-Match} expects: strong tags only, so a weak one is given in a form that no state has. Empty for {@code *}. */
    Set<String> expected() {
        Set<String> expected = new LinkedHashSet<>(strong);
        weak.forEach(tag -> expected.add("W/" + tag));
        return expected;
    }
}
