package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.rest.ConsoleFiles.File;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page where people work with tickets. All its addresses are relative, so that it works behind any path that the application, the
 * container or a proxy puts in front. The page itself is asked for anew each time; its files are at addresses that change with
 * their content, so a browser asks for each once.
 */
final class ConsoleResource {
    /** What browsers may load, run and call: what comes from here, and nothing that is written into the page. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final ConsoleFiles files;
    private final File page;
    private final String lastSegment;

    /**
     * @param root where the page is
     * @param tickets the path of the tickets
     */
    ConsoleResource(ConsoleFiles files, String root, String tickets) {
        this.files = files;
        this.lastSegment = root.substring(root.lastIndexOf('/') + 1);
        String base = "console/" + files.version() + "/";
        this.page = ConsoleFiles.page(Map.of(
                "base",
                base,
                "tickets",
                "../".repeat((int) root.chars().filter(c -> c == '/').count()) + tickets.substring(1),
                "preloads",
                preloads(base)));
    }

    /** Modules are fetched at once, not when the one that imports them has come; the large one for Markdown only when it is needed. */
    private String preloads(String base) {
        return files.names().stream()
                .filter(name -> name.endsWith(".js") && !name.equals("vendor/markdown.js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"" + base + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    /** To the same with a slash, below which relative addresses lead to the files. */
    Reply redirect(Call call) {
        return Reply.empty(308).with("Location", lastSegment + "/");
    }

    Reply page(Call call) {
        return reply(call, page, "no-cache")
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    Reply file(Call call) {
        String folder = call.variable("folder");
        String name = folder.isEmpty() ? call.variable("file") : folder + "/" + call.variable("file");
        File file = call.variable("version").equals(files.version()) ? files.find(name) : null;
        if (file == null) {
            throw Problem.of(ProblemKind.NOT_FOUND, "There is nothing at this path")
                    .exception();
        }
        return reply(call, file, FOR_EVER);
    }

    private static Reply reply(Call call, File file, String caching) {
        boolean zipped = takesGzip(call.header("Accept-Encoding"));
        String etag = zipped ? file.etag() + "-gzip" : file.etag();
        boolean known = call.holds(etag);
        Reply reply = known
                ? Reply.empty(304)
                : Reply.bytes(200, zipped ? file.zipped() : file.bytes()).with("Content-Type", file.type());
        if (zipped && !known) {
            reply = reply.with("Content-Encoding", "gzip");
        }
        return reply.tagged(etag).with("Vary", "Accept-Encoding").with("Cache-Control", caching);
    }

    private static boolean takesGzip(@Nullable String encodings) {
        if (encodings != null) {
            for (String encoding : encodings.split(",", -1)) {
                if (encoding.strip().matches("(?i)gzip(\\s*;\\s*q=(1(\\.0*)?|0\\.[0-9]*[1-9][0-9]*))?")) {
                    return true;
                }
            }
        }
        return false;
    }
}
