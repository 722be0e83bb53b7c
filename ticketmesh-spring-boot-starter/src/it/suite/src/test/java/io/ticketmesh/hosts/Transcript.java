package io.ticketmesh.hosts;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server was asked and how it answered, byte for byte but for what has to differ between two servers: times, random ids, and
 * tokens that are made of them.
 */
final class Transcript {
    /** Of the connection, or of the moment. */
    private static final Set<String> LEFT_OUT =
            Set.of("date", "connection", "keep-alive", "transfer-encoding", "content-length");

    /** Of a clock, with how it is written: the conversations themselves speak of 2031. */
    private static final Pattern TIME =
            Pattern.compile("20[0-2]\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?(Z|\\+\\d\\d:?\\d\\d)");

    private static final Pattern MILLIS = Pattern.compile("(?<=\"timestamp\":|<timestamp>)\\d{13}");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{8}\\.[0-9a-f]{8,16}(?=#)");
    private static final Pattern NODE = Pattern.compile("(?<=\"(node|origin)\":\")[^\"]+");
    private static final Pattern TAG =
            Pattern.compile("(?<=\"etag\":\"|\"etag\":\"\\\\\"|etag: \"|If-None-Match, \"|tag is now \\\\\")[0-9a-z]+");
    private static final Pattern TOKEN = Pattern.compile(
            "(?<=ticketmesh-version: |cursor=|since=|\"(next|prev|version|last|since|until)\":\")[^\"&>\\s\\[]+");

    private final Web web;
    private final String prefix;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param prefix what stands in front of all paths of the server; left out of the transcript
     */
    Transcript(Web web, String prefix) {
        this.web = web.below(prefix);
        this.prefix = prefix;
    }

    HttpResponse<String> ask(String method, String path, String body, String... headers) {
        HttpResponse<String> answer = web.send(method, path, body, headers);
        String asked = method + " " + path + List.of(headers) + (body == null ? "" : " " + body);
        String told = new TreeMap<>(answer.headers().map())
                .entrySet().stream()
                        .filter(header -> !LEFT_OUT.contains(header.getKey().toLowerCase(Locale.ROOT)))
                        .map(header ->
                                header.getKey().toLowerCase(Locale.ROOT) + ": " + String.join(", ", header.getValue()))
                        .collect(Collectors.joining("\n"));
        text.append("> ").append(comparable(asked)).append('\n');
        text.append(answer.statusCode()).append('\n');
        text.append(comparable(withoutPrefix(told))).append('\n');
        text.append(comparable(withoutPrefix(answer.body()))).append("\n\n");
        return answer;
    }

    /** A path of ours that lacks the prefix is marked. */
    private String withoutPrefix(String told) {
        if (prefix.isEmpty()) {
            return told;
        }
        return told.replaceAll("(?<!" + Pattern.quote(prefix) + ")/(?=ticket(s|mesh)\\b)", "(no prefix)/")
                .replace(prefix + "/", "/");
    }

    private static String comparable(String told) {
        String same = told.replace("\r", "\\r");
        same = TIME.matcher(same).replaceAll("(time$1$2)").replaceAll("\\(time\\.\\d{3}", "(time.millis");
        same = MILLIS.matcher(same).replaceAll("(millis)");
        same = ID.matcher(same).replaceAll("(id)");
        same = ORIGIN.matcher(same).replaceAll("(origin)");
        same = NODE.matcher(same).replaceAll("(node)");
        same = TAG.matcher(same).replaceAll("(tag)");
        return TOKEN.matcher(same).replaceAll("(token)");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
