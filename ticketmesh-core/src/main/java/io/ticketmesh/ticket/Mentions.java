package io.ticketmesh.ticket;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds whom a text in Markdown mentions: {@code @bob}, {@code @bob@example.com}, or {@code @"Bob Builder"}.
 *
 * <p>A name begins with a letter or digit and is made of letters, digits, {@code _}, {@code .}, {@code -} and {@code +}, but does not end
 * in one of the last three; it may have one {@code @} inside. Any other name stands in double quotes, on one line. Before the first
 * {@code @} stands nothing that could belong to an address or a path: no letter or digit, none of {@code _ . - + / @}, and no
 * backslash, which takes away the meaning. What stands in code is no mention: between backticks, in fences of three or more backticks or
 * tildes, and in lines that are indented by four spaces or a tab and follow an empty line or another one of these.
 */
public final class Mentions {
    /** The most people that one text mentions; further ones are not found. */
    public static final int MAX = 20;

    private static final int MAX_NAME_CHARS = 128;
    private static final String WORD = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}_.+-]*[\\p{L}\\p{M}\\p{N}_])?";
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_.+/@\\\\-])@(?:\"([^\"\\p{Cc}\\u2028\\u2029]+)\"|(" + WORD + "(?:@"
                    + WORD + ")?))");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");
    private static final Pattern QUOTE = Pattern.compile("(?: {0,3}> ?)+");

    private Mentions() {}

    /** The names in the order in which they come, each once. */
    public static List<String> in(String markdown) {
        if (markdown.indexOf('@') < 0) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String paragraph : paragraphs(markdown)) {
            Matcher mention = MENTION.matcher(withoutCodeSpans(paragraph));
            while (names.size() < MAX && mention.find()) {
                add(
                        mention.group(1) == null
                                ? mention.group(2)
                                : mention.group(1).strip(),
                        names);
            }
        }
        return List.copyOf(names);
    }

    private static void add(String name, Set<String> names) {
        if (!name.isEmpty() && name.length() <= MAX_NAME_CHARS) {
            names.add(name);
        }
    }

    /** The text between empty lines, without blocks of code and without the marks of quotations. */
    private static List<String> paragraphs(String markdown) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        String fence = "";
        boolean mayBeIndentedCode = true;
        for (String line : markdown.split("\\r\\n|\\r|\\n", -1)) {
            String text = unquoted(line);
            if (!fence.isEmpty()) {
                fence = closes(fence, text) ? "" : fence;
                continue;
            }
            boolean isCode = mayBeIndentedCode && (text.startsWith("    ") || text.startsWith("\t"));
            fence = opening(text);
            if (isCode || text.isBlank() || !fence.isEmpty()) {
                paragraphs.add(paragraph.toString());
                paragraph.setLength(0);
                mayBeIndentedCode = true;
            } else {
                paragraph.append(text).append('\n');
                mayBeIndentedCode = false;
            }
        }
        paragraphs.add(paragraph.toString());
        return paragraphs;
    }

    private static String unquoted(String line) {
        Matcher marks = QUOTE.matcher(line);
        return marks.lookingAt() ? line.substring(marks.end()) : line;
    }

    /** The marks of the fence that the line opens; empty when it opens none. */
    private static String opening(String line) {
        Matcher fence = FENCE.matcher(line);
        if (!fence.matches()) {
            return "";
        }
        String marks = fence.group(1);
        // What follows backticks on their line may hold none: else it is a span.
        return marks.charAt(0) == '`' && fence.group(2).indexOf('`') >= 0 ? "" : marks;
    }

    private static boolean closes(String fence, String line) {
        Matcher closing = FENCE.matcher(line);
        return closing.matches()
                && closing.group(1).charAt(0) == fence.charAt(0)
                && closing.group(1).length() >= fence.length()
                && closing.group(2).isBlank();
    }

    /** With a space in place of each span: a run of backticks up to the next run of the same length. */
    private static String withoutCodeSpans(String paragraph) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < paragraph.length()) {
            char character = paragraph.charAt(at);
            if (character == '\\' && at + 1 < paragraph.length()) {
                text.append(character).append(paragraph.charAt(at + 1));
                at += 2;
            } else if (character != '`') {
                text.append(character);
                at++;
            } else {
                int opened = endOfRun(paragraph, at);
                int closing = closing(paragraph, opened, opened - at);
                text.append(closing < 0 ? paragraph.substring(at, opened) : " ");
                at = closing < 0 ? opened : closing;
            }
        }
        return text.toString();
    }

    private static int endOfRun(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end;
    }

    /** The end of the next run of that length; -1 when there is none. */
    private static int closing(String text, int from, int length) {
        for (int begin = text.indexOf('`', from); begin >= 0; begin = text.indexOf('`', begin)) {
            int end = endOfRun(text, begin);
            if (end - begin == length) {
                return end;
            }
            begin = end;
        }
        return -1;
    }
}
