package io.ticketmesh.exchange;

import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.change.AddWatcher;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads tickets from a stream and stores them. An error in a row fails that row and never stops the others. Immutable and
 * thread-safe; each import runs on the thread that asks for it and holds one row at a time besides its report, which is bounded.
 *
 * <p><b>Which ticket is meant.</b> A row names it by {@code id}, else by {@code externalId}: a ticket that has it, or a new one whose id
 * is derived from it, the same on every node. The ids of comments are derived likewise. The same file, imported twice, on two nodes or
 * in two halves, therefore gives the same tickets, and a file whose tickets are all there stores nothing. A row with neither makes a new
 * ticket each time.
 *
 * <p><b>Who and when.</b> What a row states of authors and times is believed, and is stored as history: it need not follow the workflow.
 * Only those who may write on behalf of others may therefore import. What is not stated is the importer's, and now.
 *
 * <p><b>What a row changes.</b> In a ticket that is there, a row changes what it names, like a merge patch; its tags, watchers and links
 * are whole lists. Comments are added and edited but never taken away, and the way of the status is only added to. A ticket that is
 * deleted here stays so. Links and merges may name tickets of later rows.
 */
public final class TicketImport {
    /** What happens to rows whose tickets are there. */
    public enum Mode {
        /** They are skipped. */
        CREATE,
        /** Their tickets are changed to what they say. */
        UPSERT
    }

    private final TicketService service;
    private final String importer;
    private final Mode mode;
    private final boolean dryRun;
    private final boolean truncates;

    /**
     * An import that changes tickets which are there, stores what it reads, and fails rows with over-long texts.
     *
     * @param importer 1 to 128 characters; who is named where a row does not say who did something
     */
    public TicketImport(TicketService service, String importer) {
        this(service, Texts.line("importer", importer, AddWatcher.MAX_CHARS), Mode.UPSERT, false, false);
    }

    private TicketImport(TicketService service, String importer, Mode mode, boolean dryRun, boolean truncates) {
        this.service = service;
        this.importer = importer;
        this.mode = mode;
        this.dryRun = dryRun;
        this.truncates = truncates;
    }

    /** The same in another mode. Default: {@link Mode#UPSERT}. */
    public TicketImport mode(Mode mode) {
        return new TicketImport(service, importer, mode, dryRun, truncates);
    }

    /**
     * The same storing nothing, or something after all. The report says what would be done, as far as rows do not depend on each other.
     * Default: false.
     */
    public TicketImport dryRun(boolean dryRun) {
        return new TicketImport(service, importer, mode, dryRun, truncates);
    }

    /** The same cutting titles, descriptions, comments and tags that are too long, with a note in the report. Default: false. */
    public TicketImport truncating(boolean truncates) {
        return new TicketImport(service, importer, mode, dryRun, truncates);
    }

    /**
     * Imports newline-delimited JSON: what {@link TicketExport#ndjson} writes, or lines written by hand, which need a title only. A line
     * has at most 64 MiB.
     *
     * @param input is read to its end and left open
     * @throws IOException when the stream fails
     * @throws io.ticketmesh.node.ReadOnlyException when the node takes no writes; rows before may be stored, a repetition is safe
     * @throws io.ticketmesh.node.OverloadedException when the node took nothing for a minute; a repetition is safe
     */
    public ImportReport ndjson(InputStream input) throws IOException {
        return run(new NdjsonLines(input));
    }

    /**
     * Imports CSV (RFC 4180, UTF-8) whose header names columns of {@link TicketExport#csv}, in any order; an unknown one fails the whole
     * import. Cells are separated by what separates the names in the header: commas, or the semicolons or tabs that spreadsheets write
     * in many countries. An empty cell takes a field back to its default, where it has one. Cells are unguarded as {@link CellGuard}
     * says. Columns that are computed, such as {@code key}, are not read.
     *
     * @param input is read to its end and left open
     * @throws IOException when the stream fails
     * @throws io.ticketmesh.node.ReadOnlyException when the node takes no writes; rows before may be stored, a repetition is safe
     * @throws io.ticketmesh.node.OverloadedException when the node took nothing for a minute; a repetition is safe
     */
    public ImportReport csv(InputStream input) throws IOException {
        return run(new SheetLines(input, service.workflow()));
    }

    /**
     * Imports the issues of an archive of a GitHub repository: one JSON object with {@code repo}, {@code issues} and {@code pulls}. The
     * external id is {@code github:owner/name#number}, labels become tags, the first assignee becomes the assignee, the address becomes
     * the custom field {@code url}. Pull requests are counted as passed over.
     *
     * @param input is read to its end and left open
     * @throws IOException when the stream fails
     * @throws io.ticketmesh.node.ReadOnlyException when the node takes no writes; rows before may be stored, a repetition is safe
     * @throws io.ticketmesh.node.OverloadedException when the node took nothing for a minute; a repetition is safe
     */
    public ImportReport githubArchive(InputStream input) throws IOException {
        return run(new GithubLines(input, service.workflow()));
    }

    private ImportReport run(Lines lines) throws IOException {
        return new ImportRun(service, lines, importer, mode, dryRun, truncates).report();
    }
}
