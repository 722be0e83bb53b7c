package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/**
 * The parser's complaints in our own words. Its texts name switches of its own that mean nothing to a client, and its places
 * inside numbers depend on how its buffer was filled; a text it may bring in a later version is reported in general words.
 */
final class SyntaxFault {
    private static final Pattern UNEXPECTED =
            Pattern.compile("Unexpected character \\('(.+?)' \\(code", Pattern.DOTALL);
    private static final Pattern UNEXPECTED_CONTROL =
            Pattern.compile("(?:Unexpected|Illegal) (?:unquoted )?character \\(\\(CTRL-CHAR, code (\\d+)");
    private static final Pattern QUOTED = Pattern.compile("'(.*?)'", Pattern.DOTALL);
    private static final int SHOWN_CHARS = 20;

    private final String original;
    private final JsonParser parser;
    private final StrictUtf8Reader reader;
    private final int line;
    private final int column;
    private final long offset;

    private SyntaxFault(JacksonException fault, JsonParser parser, StrictUtf8Reader reader) {
        TokenStreamLocation at = fault.getLocation() == null ? parser.currentLocation() : fault.getLocation();
        this.original = fault.getOriginalMessage();
        this.parser = parser;
        this.reader = reader;
        this.line = at.getLineNr();
        this.column = at.getColumnNr();
        this.offset = at.getCharOffset();
    }

    static MalformedJsonException translate(JacksonException fault, JsonParser parser, StrictUtf8Reader reader) {
        return new SyntaxFault(fault, parser, reader).translated();
    }

    private MalformedJsonException translated() {
        if (original.startsWith("Unexpected end-of-input")) {
            return at(0, "the document ends " + whereItEnds());
        }
        if (original.startsWith("Non-standard token")) {
            String word = quoted();
            return at(word.length(), word + " is not a JSON number");
        }
        if (original.contains("numeric value")) {
            return at(distanceToNumberStart(), "malformed number");
        }
        if (original.startsWith("Unrecognized token")) {
            return at(0, "unknown word '" + quoted() + "', expected a value");
        }
        if (original.startsWith("Unrecognized character escape")) {
            return at(0, "unknown escape in a string");
        }
        Matcher control = UNEXPECTED_CONTROL.matcher(original);
        if (control.find()) {
            String name = String.format("U+%04X", Integer.parseInt(control.group(1)));
            boolean inString = original.startsWith("Illegal unquoted");
            return at(
                    0, "control character " + name + (inString ? " must be escaped in a string" : " outside a string"));
        }
        if (original.startsWith("Unexpected close marker")) {
            return at(0, "unexpected '" + quoted() + "'");
        }
        Matcher unexpected = UNEXPECTED.matcher(original);
        if (unexpected.find()) {
            return at(0, "unexpected character '" + unexpected.group(1) + "', " + expectation());
        }
        return at(0, "not valid JSON");
    }

    private String expectation() {
        if (original.contains("comma to separate")) {
            return "expected a comma or the end of the " + container();
        }
        if (original.contains("double-quote")) {
            return "expected a member name in double quotes";
        }
        if (original.contains("a colon")) {
            return "expected a colon after the member name";
        }
        if (original.contains("hex-digit")) {
            return "expected four hex digits after \\u";
        }
        if (original.contains("root-level")) {
            return "expected nothing after the value";
        }
        return original.contains("comment") ? "comments are not JSON" : "expected a value";
    }

    private String whereItEnds() {
        if (original.contains("string value") || original.contains("escape") || original.contains("property name")) {
            return "inside a string";
        }
        if (original.contains("digit") || original.contains("number")) {
            return "inside a number";
        }
        return "inside an " + container();
    }

    private String container() {
        return parser.streamReadContext().inObject() ? "object" : "array";
    }

    private String quoted() {
        Matcher quoted = QUOTED.matcher(original);
        String text = quoted.find() ? quoted.group(1) : "";
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }

    /** From the parser's place, which is inside the broken number or just after it, back to where the number begins. */
    private int distanceToNumberStart() {
        int back = 1;
        while (back < 3 && !belongsToNumber(reader.charAt(offset - back))) {
            back++;
        }
        while (belongsToNumber(reader.charAt(offset - back - 1))) {
            back++;
        }
        return back;
    }

    private static boolean belongsToNumber(char next) {
        return (next >= '0' && next <= '9') || next == '+' || next == '-' || next == '.' || next == 'e' || next == 'E';
    }

    private MalformedJsonException at(int back, String problem) {
        return new MalformedJsonException(Reason.SYNTAX, problem, line, column - back, offset - back);
    }
}
