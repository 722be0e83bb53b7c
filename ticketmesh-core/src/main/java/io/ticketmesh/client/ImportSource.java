package io.ticketmesh.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What is imported, and how. Immutable. */
public final class ImportSource {
    private final String mediaType;
    private final Supplier<? extends InputStream> opening;
    private final boolean createOnly;
    private final boolean dryRun;
    private final boolean truncates;

    private ImportSource(
            String mediaType,
            Supplier<? extends InputStream> opening,
            boolean createOnly,
            boolean dryRun,
            boolean truncates) {
        this.mediaType = mediaType;
        this.opening = opening;
        this.createOnly = createOnly;
        this.dryRun = dryRun;
        this.truncates = truncates;
    }

    /**
     * One ticket a line as JSON, as an export writes it.
     *
     * @param opening gives a new stream each time, since a second server may have to be asked; the client closes it
     */
    public static ImportSource ndjson(Supplier<? extends InputStream> opening) {
        return new ImportSource("application/x-ndjson", opening, false, false, false);
    }

    /** Like {@link #ndjson(Supplier)}, from a file. */
    public static ImportSource ndjson(Path file) {
        return ndjson(Source.of(file));
    }

    /** One ticket a record as CSV; see {@link #ndjson(Supplier)}. */
    public static ImportSource csv(Supplier<? extends InputStream> opening) {
        return new ImportSource("text/csv", opening, false, false, false);
    }

    /** An archive of the issues of a GitHub repository, one JSON object; see {@link #ndjson(Supplier)}. */
    public static ImportSource githubArchive(Supplier<? extends InputStream> opening) {
        return new ImportSource("application/json", opening, false, false, false);
    }

    /** The same leaving tickets that are there alone; otherwise they are changed to what the source says. */
    public ImportSource createOnly() {
        return new ImportSource(mediaType, opening, true, dryRun, truncates);
    }

    /** The same storing nothing. */
    public ImportSource dryRun() {
        return new ImportSource(mediaType, opening, createOnly, true, truncates);
    }

    /** The same cutting texts that are too long. */
    public ImportSource truncating() {
        return new ImportSource(mediaType, opening, createOnly, dryRun, true);
    }

    Request request(Target target, String key) {
        Target asked = target.and("mode", createOnly ? "create" : "upsert");
        asked = dryRun ? asked.and("dryRun", "true") : asked;
        asked = truncates ? asked.and("truncate", "true") : asked;
        return Request.upload(asked, mediaType, opening).under(key).once().alone();
    }
}
