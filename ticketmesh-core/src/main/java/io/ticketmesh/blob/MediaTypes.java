package io.ticketmesh.blob;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the media type of bytes by how they begin. What somebody says of them counts only where the bytes leave it open: text can be any
 * kind of text, a ZIP any of the formats that are one, and other bytes anything that cannot be told by its beginning.
 *
 * <p>A label for people and for the rule which types are taken; nothing is safe because of it.
 */
public final class MediaTypes {
    /** So many bytes are looked at. */
    public static final int HEAD_BYTES = 4_096;

    /** What cannot be told. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final String TEXT = "text/plain";
    private static final String HTML = "text/html";
    private static final String SVG = "image/svg+xml";
    private static final String XML = "application/xml";
    private static final String ZIP = "application/zip";

    /** Of formats that may look like text all along. */
    private static final List<Signature> WRITTEN = List.of(
            Signature.of("application/pdf", 0, "%PDF-"),
            Signature.of("application/postscript", 0, "%!PS"),
            Signature.of("application/rtf", 0, "{\\rtf"));

    /** Of formats that no text is: what begins like one of them and is text, is text. */
    private static final List<Signature> BINARY = List.of(
            Signature.of("image/png", 0, "\u0089PNG\r\n\u001a\n"),
            Signature.of("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
            Signature.of("image/gif", 0, "GIF87a"),
            Signature.of("image/gif", 0, "GIF89a"),
            Signature.of("image/bmp", 0, "BM"),
            Signature.of("image/tiff", 0, "II*\0"),
            Signature.of("image/tiff", 0, "MM\0*"),
            Signature.of("image/webp", 8, "WEBP"),
            Signature.of("image/avif", 4, "ftypavif"),
            Signature.of("image/heic", 4, "ftypheic"),
            Signature.of(ZIP, 0, "PK\u0003\u0004"),
            Signature.of(ZIP, 0, "PK\u0005\u0006"),
            Signature.of("application/gzip", 0, "\u001f\u008b"),
            Signature.of("application/x-bzip2", 0, "BZh"),
            Signature.of("application/x-xz", 0, "\u00fd7zXZ\0"),
            Signature.of("application/zstd", 0, "(\u00b5/\u00fd"),
            Signature.of("application/x-7z-compressed", 0, "7z\u00bc\u00af'\u001c"),
            Signature.of("application/vnd.rar", 0, "Rar!\u001a\u0007"),
            Signature.of("application/x-tar", 257, "ustar"),
            Signature.of("application/x-ole-storage", 0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"),
            Signature.of("application/vnd.sqlite3", 0, "SQLite format 3\0"),
            Signature.of("application/x-executable", 0, "\u007fELF"),
            Signature.of("application/vnd.microsoft.portable-executable", 0, "MZ"),
            Signature.of("application/java-vm", 0, "\u00ca\u00fe\u00ba\u00be"),
            Signature.of("application/wasm", 0, "\0asm"),
            Signature.of("audio/mpeg", 0, "ID3"),
            Signature.of("audio/wav", 8, "WAVE"),
            Signature.of("audio/flac", 0, "fLaC"),
            Signature.of("application/ogg", 0, "OggS"),
            Signature.of("video/mp4", 4, "ftyp"),
            Signature.of("video/webm", 0, "\u001aE\u00df\u00a3"),
            Signature.of("video/x-msvideo", 8, "AVI "));

    private static final Pattern MARKUP = Pattern.compile(
            "(?s)\\uFEFF?\\s*+(?:<!--(?>.*?-->)\\s*+)*+<(!doctype html|html|head|body|script|iframe|svg|\\?xml)\\b.*");

    /** Formats that are a ZIP inside. */
    private static final Pattern ZIPPED = Pattern.compile(
            "application/(vnd\\.openxmlformats-officedocument\\..+|vnd\\.oasis\\.opendocument\\..+|vnd\\.ms-[a-z]+\\..+\\.12"
                    + "|epub\\+zip|java-archive|vnd\\.android\\.package-archive|x-zip-compressed|.+\\+zip)");

    /** Formats that are a compound file of Microsoft's inside. */
    private static final Set<String> COMPOUND = Set.of(
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-outlook",
            "application/x-msi");

    /** Kinds of text that are not called so. */
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/x-ndjson",
            "application/yaml",
            "application/toml",
            "application/sql",
            "application/javascript",
            "application/x-sh",
            "message/rfc822");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*");
    private static final int MAX_NAME_CHARS = 127;

    private MediaTypes() {}

    /**
     * The media type of bytes.
     *
     * @param head how they begin, as far as there are {@link #HEAD_BYTES}
     * @param length how many of {@code head} there are
     * @param declared what their sender says, with parameters or without; null for nothing
     * @return in lower case, without parameters
     */
    public static String of(byte[] head, int length, @Nullable String declared) {
        String told = byContent(head, length);
        String said = normalized(declared);
        return said != null && refines(said, told) ? said : told;
    }

    private static String byContent(byte[] head, int length) {
        String text = text(head, length);
        String written = find(WRITTEN, head, length);
        if (written != null) {
            return written;
        } else if (text != null) {
            return kindOf(text.toLowerCase(Locale.ROOT));
        }
        String binary = find(BINARY, head, length);
        return binary == null ? UNKNOWN : binary;
    }

    private static @Nullable String find(List<Signature> signatures, byte[] head, int length) {
        return signatures.stream()
                .filter(signature -> signature.matches(head, length))
                .map(Signature::mediaType)
                .findFirst()
                .orElse(null);
    }

    private static String kindOf(String text) {
        Matcher markup = MARKUP.matcher(text);
        if (!markup.matches()) {
            return TEXT;
        }
        String begin = markup.group(1);
        if (begin.equals("?xml")) {
            return text.contains("<svg") ? SVG : text.contains("<html") ? HTML : XML;
        }
        return begin.equals("svg") ? SVG : HTML;
    }

    /** The bytes as text; null when they are no UTF-8, or hold what texts do not hold. A character that is cut off at the end is left out. */
    private static @Nullable String text(byte[] head, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head, 0, length), text, length < HEAD_BYTES);
        if (result.isError()) {
            return null;
        }
        String decoded = text.flip().toString();
        boolean printable = decoded.chars()
                .allMatch(character -> character >= ' ' && character != 0x7F
                        || character == '\n'
                        || character == '\r'
                        || character == '\t'
                        || character == '\f'
                        || character == 0x1B);
        return printable ? decoded : null;
    }

    private static @Nullable String normalized(@Nullable String declared) {
        if (declared == null) {
            return null;
        }
        int end = declared.indexOf(';');
        String name = (end < 0 ? declared : declared.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return name.length() <= MAX_NAME_CHARS && NAME.matcher(name).matches() ? name : null;
    }

    /** Whether what is said can be what the bytes are, and tells more. */
    private static boolean refines(String said, String told) {
        return switch (told) {
            case TEXT -> isText(said);
            case XML -> said.endsWith("+xml") && !said.equals(SVG) && !said.equals("application/xhtml+xml");
            case ZIP -> ZIPPED.matcher(said).matches();
            case "application/x-ole-storage" -> COMPOUND.contains(said);
            case "application/ogg" -> said.equals("audio/ogg") || said.equals("video/ogg");
            case "video/mp4" -> said.equals("audio/mp4") || said.equals("video/quicktime");
            case "video/webm" -> said.equals("audio/webm") || said.equals("video/x-matroska");
            case UNKNOWN -> !isText(said) && !isActive(said) && hasNoSignature(said);
            default -> false;
        };
    }

    private static boolean isText(String name) {
        return name.startsWith("text/") && !name.equals(HTML) || name.endsWith("+json") || TEXTS.contains(name);
    }

    private static boolean hasNoSignature(String name) {
        return Stream.of(WRITTEN, BINARY)
                        .flatMap(List::stream)
                        .noneMatch(signature -> signature.mediaType().equals(name))
                && !ZIPPED.matcher(name).matches()
                && !COMPOUND.contains(name);
    }

    /** Whether a browser would carry it out, if it were let. */
    public static boolean isActive(String mediaType) {
        return mediaType.equals(HTML)
                || mediaType.endsWith("xml")
                || mediaType.contains("javascript")
                || mediaType.contains("ecmascript")
                || mediaType.equals("text/css")
                || mediaType.equals("text/xsl")
                || mediaType.equals("application/x-shockwave-flash");
    }
}
