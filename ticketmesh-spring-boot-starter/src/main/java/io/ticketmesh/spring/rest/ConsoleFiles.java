package io.ticketmesh.spring.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console, as {@code files.txt} lists them, in memory: some 700 KB. Nothing else is ever served. Immutable and
 * thread-safe.
 */
final class ConsoleFiles {
    private static final String FOLDER = "/io/ticketmesh/spring/console/";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "html", "text/html;charset=UTF-8",
            "svg", "image/svg+xml");

    private final Map<String, File> files;
    private final String version;

    /**
     * One file.
     *
     * @param zipped the same bytes, compressed by gzip
     * @param etag without quotes
     */
    record File(String type, byte[] bytes, byte[] zipped, String etag) {
        static File of(String name, byte[] bytes) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalArgumentException("A file of the console has no known type: " + name);
            }
            return new File(type, bytes, zip(bytes), hash(bytes));
        }
    }

    private ConsoleFiles(Map<String, File> files, String version) {
        this.files = files;
        this.version = version;
    }

    /** Reads all files from the class path. */
    static ConsoleFiles load() {
        Map<String, File> files = new LinkedHashMap<>();
        StringBuilder tags = new StringBuilder();
        for (String name : text(read("files.txt")).split("\n", -1)) {
            if (!name.isBlank()) {
                File file = File.of(name, read(name));
                files.put(name, file);
                tags.append(name).append(file.etag());
            }
        }
        return new ConsoleFiles(files, hash(tags.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Changes with any of the files. */
    String version() {
        return version;
    }

    Set<String> names() {
        return files.keySet();
    }

    @Nullable
    File find(String name) {
        return files.get(name);
    }

    /** The page that begins it all, with these texts in place of its variables. */
    static File page(Map<String, String> variables) {
        String page = text(read("index.html"));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            page = page.replace("{{" + variable.getKey() + "}}", variable.getValue());
        }
        return File.of("index.html", page.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(String name) {
        try (InputStream file = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("The file " + name + " of the console is missing on the class path");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " of the console cannot be read", e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return zipped.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
