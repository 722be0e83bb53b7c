package io.ticketmesh.benchmark;

import io.ticketmesh.TicketEdit;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import java.util.SplittableRandom;

/**
 * What people write into a help desk: a title of some 40 characters, a description of some 300, priority, queue, two tags, one of
 * 50 assignees and a watcher. The ticket of a number is always the same. Words, tags and queues are used unevenly, as in life.
 */
final class TypicalTicket {
    static final int PEOPLE = 50;
    static final int TAGS = 40;

    private static final int TITLE_CHARS = 40;
    private static final int DESCRIPTION_CHARS = 300;
    private static final String[] SYLLABLES = {
        "ba", "co", "der", "fi", "gan", "hol", "in", "ju", "kar", "lo", "mes", "ni", "or", "pu", "qua", "ri", "ser",
        "to", "ul", "ven", "wa", "xi", "yo", "zen"
    };
    private static final int WORDS = 20_000;

    private final String title;
    private final String description;
    private final Priority priority;
    private final boolean open;
    private final String queue;
    private final String firstTag;
    private final String secondTag;
    private final String assignee;
    private final String watcher;

    TypicalTicket(long number) {
        SplittableRandom random = new SplittableRandom(number);
        title = text(random, TITLE_CHARS);
        description = text(random, DESCRIPTION_CHARS);
        priority = Priority.ALL.get(uneven(random, Priority.ALL.size()));
        open = random.nextInt(3) == 0;
        queue = "queue-" + uneven(random, 8);
        firstTag = tag(uneven(random, TAGS));
        secondTag = tag(uneven(random, TAGS));
        assignee = person(random.nextInt(PEOPLE));
        watcher = person(random.nextInt(PEOPLE));
    }

    static String tag(int number) {
        return "tag-" + number;
    }

    static String person(int number) {
        return "person-" + number;
    }

    /** The word of a rank: 0 is in most tickets, the last in next to none. */
    static String word(int rank) {
        StringBuilder word = new StringBuilder();
        int rest = rank + SYLLABLES.length;
        while (rest > 0) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
            rest /= SYLLABLES.length;
        }
        return word.toString();
    }

    private static String text(SplittableRandom random, int chars) {
        StringBuilder text = new StringBuilder();
        while (text.length() < chars) {
            text.append(word((int) (WORDS * Math.pow(random.nextDouble(), 3)))).append(' ');
        }
        return text.toString().strip();
    }

    private static int uneven(SplittableRandom random, int bound) {
        return (int) (bound * random.nextDouble() * random.nextDouble());
    }

    String title() {
        return title;
    }

    void describe(TicketEdit edit) {
        edit.description(description)
                .priority(priority)
                .queue(queue)
                .tag(firstTag)
                .tag(secondTag)
                .assignee(assignee)
                .watcher(watcher);
        if (open) {
            edit.status(Status.OPEN);
        }
    }
}
