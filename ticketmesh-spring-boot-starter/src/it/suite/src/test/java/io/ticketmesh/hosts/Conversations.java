package io.ticketmesh.hosts;

import java.net.http.HttpResponse;

/** What is said to servers that should all answer the same. */
final class Conversations {
    private static final String FIRST = "/tickets/0198c5a1-7d3e-8a6b-9c1d-2e3f4a5b6c7d";
    private static final String SECOND = "/tickets/0198c5a1-7d3e-8a6b-9c1d-2e3f4a5b6c7e";
    private static final String UNKNOWN = "/tickets/0198c5a1-7d3e-8a6b-9c1d-000000000000";
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String[] NEW = {"Content-Type", "application/json", "If-None-Match", "*"};
    private static final String[] MERGE_PATCH = {"Content-Type", "application/merge-patch+json"};

    private Conversations() {}

    /** Every kind of answer that the endpoints have, success and failure; the server must hold no ticket before. */
    static String aboutTickets(Web web, String prefix) {
        Transcript talk = new Transcript(web, prefix);
        write(talk);
        read(talk, prefix);
        refused(talk);
        leave(talk);
        return talk.toString();
    }

    private static void write(Transcript talk) {
        talk.ask(
                "PUT",
                FIRST,
                "{\"title\":\"Printer on fire\",\"priority\":\"urgent\",\"tags\":[\"printer\"],\"dueDate\":\"2031-05-01\","
                        + "\"customFields\":{\"floor\":3,\"room_number\":\"3.14\",\"reported\":\"2031-05-01T10:00:00Z\"}}",
                NEW);
        talk.ask("PUT", SECOND, "{\"title\":\"Mäuse 🐭\",\"description\":\"in the \\\"cellar\\\"\"}", NEW);
        talk.ask("PATCH", FIRST, "{\"assignee\":\"bob\",\"priority\":\"high\"}", MERGE_PATCH);
        talk.ask("POST", FIRST + "/comments", "{\"body\":\"It smokes.\",\"kind\":\"public\"}", JSON);
        talk.ask("PUT", FIRST + "/tags/third-floor", null);
        talk.ask("PUT", FIRST + "/links/blocks/" + SECOND.substring(9), null);
        talk.ask("POST", FIRST + "/transitions", "{\"to\":\"resolved\",\"resolution\":\"workaround\"}", JSON);
        talk.ask(
                "POST",
                "/tickets/bulk",
                "{\"operations\":[{\"op\":\"transition\",\"ref\":\"" + SECOND.substring(9)
                        + "\",\"body\":{\"to\":\"open\"}},{\"op\":\"delete\",\"ref\":\"TM-00000000\"}]}",
                JSON);
    }

    private static void read(Transcript talk, String prefix) {
        HttpResponse<String> ticket = talk.ask("GET", FIRST, null);
        String tag = ticket.headers().firstValue("ETag").orElseThrow(() -> new AssertionError("No ETag:\n" + talk));
        talk.ask("GET", FIRST, null, "If-None-Match", tag);
        talk.ask("HEAD", FIRST, null);
        talk.ask("GET", FIRST + "/comments", null);
        talk.ask("GET", FIRST + "/transitions", null);
        talk.ask("GET", FIRST + "/history?limit=3", null);
        talk.ask("GET", "/tickets?status=resolved&count=true", null);
        HttpResponse<String> page = talk.ask("GET", "/tickets?limit=1&sort=createdAt&fields=key,title", null);
        String link = page.headers().firstValue("Link").orElseThrow(() -> new AssertionError("No Link:\n" + talk));
        String next = link.substring(link.indexOf('<') + 1, link.indexOf('>'));
        talk.ask("GET", next.substring(prefix.length()), null);
        talk.ask("GET", "/tickets?q=smoke*+OR+tag:printer&fields=key", null);
        talk.ask("GET", "/tickets?q=printer&fields=key", null);
        talk.ask("GET", "/tickets/export", null, "Accept", "text/csv");
        talk.ask("GET", "/tickets/changes?limit=2", null);
        talk.ask("GET", "/ticketmesh/meta", null);
        talk.ask("OPTIONS", "/tickets", null);
    }

    private static void refused(Transcript talk) {
        talk.ask("POST", "/tickets", "{\"title\":", JSON);
        talk.ask("POST", "/tickets", "{\"title\":\"\",\"priority\":\"loud\",\"colour\":\"red\"}", JSON);
        talk.ask("POST", "/tickets", "title=x", "Content-Type", "application/x-www-form-urlencoded");
        talk.ask("POST", "/tickets", "x", "Content-Type", "multipart/form-data");
        talk.ask("POST", "/tickets", "<ticket/>", "Content-Type", "application/xml");
        talk.ask("GET", "/tickets", null, "Accept", "application/xml");
        talk.ask("GET", FIRST, null, "Accept", "text/html");
        talk.ask("GET", UNKNOWN, null);
        talk.ask("GET", "/tickets/nothing!", null);
        talk.ask("GET", "/tickets/a/b/c/d", null);
        talk.ask("GET", "/ticketmesh/nowhere", null);
        talk.ask("GET", "/tickets?colour=red", null);
        talk.ask("DELETE", "/tickets", null);
        talk.ask("PATCH", FIRST, "{\"title\":\"x\"}", "Content-Type", "application/json", "If-Match", "\"other\"");
        talk.ask("PUT", FIRST, "{\"title\":\"Again\"}", NEW);
        talk.ask("POST", FIRST + "/transitions", "{\"to\":\"pending\"}", JSON);
        talk.ask(
                "POST",
                "/tickets",
                "{\"title\":\"x\"}",
                "Content-Type",
                "application/json",
                "Sec-Fetch-Site",
                "cross-site");
    }

    private static void leave(Transcript talk) {
        talk.ask("DELETE", SECOND, null);
        talk.ask("GET", SECOND, null);
        talk.ask("POST", SECOND + "/restore", null);
        talk.ask("DELETE", FIRST + "?purge=true", null);
        talk.ask("GET", FIRST, null);
    }
}
