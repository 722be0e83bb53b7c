package io.ticketmesh.exchange;

/**
 * Keeps spreadsheets from taking a text for a formula: a cell that begins with {@code =}, {@code +}, {@code -}, {@code @}, the wide
 * forms of these that East Asian keyboards write, tab, carriage return or line feed gets an apostrophe in front. So that this can be
 * taken back without a doubt, a cell that begins with an apostrophe followed by one of these or by another apostrophe gets one more.
 * OWASP, CSV Injection.
 */
public final class CellGuard {
    private static final String DANGEROUS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n";

    private CellGuard() {}

    /** The text as it can stand in a cell. */
    public static String guarded(String text) {
        boolean dangerous = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
        return dangerous || isGuarded(text) ? "'" + text : text;
    }

    /** The text that stands in a cell; takes back what {@link #guarded} did. */
    public static String unguarded(String cell) {
        return isGuarded(cell) ? cell.substring(1) : cell;
    }

    private static boolean isGuarded(String cell) {
        return cell.length() > 1
                && cell.charAt(0) == '\''
                && (cell.charAt(1) == '\'' || DANGEROUS.indexOf(cell.charAt(1)) >= 0);
    }
}
