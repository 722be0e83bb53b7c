package io.ticketmesh.client;

import io.ticketmesh.json.Rfc3339;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects which tickets are meant, in the words of {@link io.ticketmesh.ticket.Criteria}: every word adds a condition, all must be met, and
 * the values of one word are alternatives. The server judges the words; a word that is said again replaces what it said before. Without
 * any word: all tickets that are not deleted. Not thread-safe.
 */
public final class Selection {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    Selection() {}

    /** In one of these states of the workflow. */
    public Selection status(String... values) {
        return list("status", values);
    }

    /** In a state of one of these categories: open, waiting, done. */
    public Selection category(String... values) {
        return list("category", values);
    }

    /** Of one of these priorities. */
    public Selection priority(String... values) {
        return list("priority", values);
    }

    /** In one of these queues. */
    public Selection queue(String... values) {
        return list("queue", values);
    }

    /** Of one of these types. */
    public Selection type(String... values) {
        return list("type", values);
    }

    /** Done for one of these reasons. */
    public Selection resolution(String... values) {
        return list("resolution", values);
    }

    /** With one of these names in another system. */
    public Selection externalId(String... values) {
        return list("externalId", values);
    }

    /** Given to one of these people; {@code @me} is who asks, {@code none} nobody. */
    public Selection assignee(String... values) {
        return list("assignee", values);
    }

    /** Reported by one of these people; {@code @me} is who asks. */
    public Selection reporter(String... values) {
        return list("reporter", values);
    }

    /** Watched by one of these people; {@code @me} is who asks. */
    public Selection watcher(String... values) {
        return list("watcher", values);
    }

    /** With all of these tags, in whatever case. */
    public Selection tags(String... tags) {
        return list("tag", tags);
    }

    /** With at least one of these tags. */
    public Selection anyTag(String... tags) {
        return list("tagAny", tags);
    }

    /** With none of these tags. */
    public Selection withoutTags(String... tags) {
        return list("tagNone", tags);
    }

    /** Created at {@code time} or later. */
    public Selection createdAfter(Instant time) {
        return single("createdAfter", Rfc3339.text(time));
    }

    /** Created before {@code time}. */
    public Selection createdBefore(Instant time) {
        return single("createdBefore", Rfc3339.text(time));
    }

    /** Changed at {@code time} or later. */
    public Selection updatedAfter(Instant time) {
        return single("updatedAfter", Rfc3339.text(time));
    }

    /** Last changed before {@code time}. */
    public Selection updatedBefore(Instant time) {
        return single("updatedBefore", Rfc3339.text(time));
    }

    /** Due at {@code time} or later. */
    public Selection dueAfter(Instant time) {
        return single("dueAfter", Rfc3339.text(time));
    }

    /** Due before {@code time}. */
    public Selection dueBefore(Instant time) {
        return single("dueBefore", Rfc3339.text(time));
    }

    /** Due before now and not done; or, for false, all others. */
    public Selection overdue(boolean overdue) {
        return single("overdue", String.valueOf(overdue));
    }

    /** With values that lost a conflict and wait to be settled. */
    public Selection conflict() {
        return single("has", "conflict");
    }

    /** Deleted tickets too. */
    public Selection deletedToo() {
        return single("deleted", "true");
    }

    /** Deleted tickets only. */
    public Selection deletedOnly() {
        return single("deleted", "only");
    }

    /** What {@code text} says in the query language: words, {@code "a phrase"}, {@code -not}, {@code status:open}, {@code in:title}. */
    public Selection query(String text) {
        return single("q", text);
    }

    /** What a saved view demands, besides the other conditions; it is one of who asks, or a shared one. */
    public Selection view(String name) {
        return single("view", name);
    }

    private Selection list(String name, String... values) {
        for (String value : values) {
            if (value.indexOf(',') >= 0) {
                throw new IllegalArgumentException(
                        "'" + value + "' holds a comma, which separates the values of " + name);
            }
        }
        return values.length == 0 ? this : single(name, String.join(",", values));
    }

    private Selection single(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** The words as they stand in the query of an address; empty when none was said. */
    String query() {
        return on(Target.at("")).query();
    }

    Target on(Target target) {
        Target more = target;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            more = more.and(parameter.getKey(), parameter.getValue());
        }
        return more;
    }
}
