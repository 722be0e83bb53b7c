package io.ticketmesh.exchange;

import io.ticketmesh.TicketEdit;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A node on which people did all kinds of things, the same ones for the same seed but for ids. */
final class RandomTickets implements AutoCloseable {
    private static final List<String> TEXTS = List.of(
            "plain",
            "=SUM(A1)",
            "+1",
            "-1",
            "@x",
            "'quoted'",
            "'=x",
            "''",
            "a;b",
            "back\\slash; and; more",
            "say \"hi\", twice",
            "überall ✓ 🎉",
            "line\u0085sep",
            "\\",
            "a\u00a0b",
            "null",
            "{\"a\":1}",
            "-",
            "'");
    private static final List<String> PEOPLE =
            List.of("alice", "bob", "carol", "=dave", "; erin\\", "frank 'the; man'");

    /** Longer than all that is done here, so that nothing wakes up meanwhile. */
    private static final long ONE_DAY_MILLIS = 86_400_000;

    private static final long BEGIN = Instant.parse("2026-01-31T14:05:00Z").toEpochMilli();

    private final AtomicLong clock = new AtomicLong(BEGIN);
    private final TicketMesh mesh = TicketMesh.builder().clock(clock::get).open();
    private final List<TicketView> tickets = new ArrayList<>();
    private final Random random;

    RandomTickets(long seed, int actions) {
        random = new Random(seed);
        for (int i = 0; i < actions; i++) {
            clock.addAndGet(random.nextInt(3) * 997L);
            act();
        }
    }

    /** A desk without tickets where it is as early as it was here in the beginning, so that no ticket that is brought there wakes up. */
    static TicketMesh emptyDesk() {
        return TicketMesh.builder().clock(() -> BEGIN).open();
    }

    TicketMesh mesh() {
        return mesh;
    }

    private void act() {
        Tickets actor = mesh.tickets(pick(PEOPLE));
        if (tickets.size() < 3 || random.nextInt(4) == 0) {
            tickets.add(actor.create(line(), edit -> {
                change(edit);
                if (random.nextBoolean()) {
                    edit.status(Status.OPEN);
                }
            }));
            return;
        }
        String reference = pick(tickets).id().toString();
        if (actor.get(reference).isDeleted()) {
            if (random.nextBoolean()) {
                actor.restore(reference);
            }
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> actor.change(reference, this::change);
            case 2, 3 -> actor.transition(reference, pick(actor.transitions(reference)));
            case 4 -> actor.comment(reference, text() + ".", pick(List.of(CommentKind.values())));
            case 5 -> changeComment(actor, reference);
            case 6 -> relate(actor, reference);
            default -> rarely(actor, reference);
        }
    }

    private void changeComment(Tickets actor, String reference) {
        List<CommentView> comments = actor.comments(reference);
        if (comments.isEmpty()) {
            return;
        }
        CommentView comment = pick(comments);
        if (comment.redaction() == null && random.nextBoolean()) {
            actor.editComment(reference, comment.id(), text() + "!");
        } else {
            actor.redactComment(reference, comment.id());
        }
    }

    private void relate(Tickets actor, String reference) {
        String other = pick(tickets).id().toString();
        if (other.equals(reference)) {
            return;
        }
        if (random.nextInt(3) == 0) {
            actor.merge(reference, other);
        } else {
            actor.link(reference, pick(LinkType.ALL), other);
        }
    }

    private void rarely(Tickets actor, String reference) {
        switch (random.nextInt(4)) {
            case 0 -> actor.delete(reference);
            case 1 -> actor.unmerge(reference);
            case 2 -> actor.change(reference, edit -> edit.occurrences(1 + random.nextInt(5)));
            default -> {
                if (!actor.get(reference).status().equals(Status.PENDING)
                        && actor.transitions(reference).contains(Status.PENDING)) {
                    actor.change(
                            reference, edit -> edit.pendingUntil(Instant.ofEpochMilli(clock.get() + ONE_DAY_MILLIS)));
                }
            }
        }
    }

    private void change(TicketEdit edit) {
        for (int i = random.nextInt(5); i >= 0; i--) {
            switch (random.nextInt(14)) {
                case 0 -> edit.title(line());
                case 1 -> edit.description(text() + (random.nextBoolean() ? "\r\n" : "\n") + text());
                case 2 -> edit.type(pick(List.of("incident", "bug", "task")));
                case 3 -> edit.priority(pick(Priority.ALL));
                case 4 -> edit.queue(pick(List.of("default", "it", "a.b-c_d")));
                case 5 -> edit.reporter(pick(PEOPLE));
                case 6 -> edit.assignee(random.nextBoolean() ? pick(PEOPLE) : null);
                case 7 -> edit.tag(line());
                case 8 -> edit.untag(line());
                case 9 -> edit.watcher(pick(PEOPLE));
                case 10 -> edit.unwatch(pick(PEOPLE));
                case 11 -> edit.customField("f" + random.nextInt(6), value());
                case 12 -> due(edit);
                default -> edit.externalId("E-" + random.nextInt(1_000_000) + line());
            }
        }
    }

    private void due(TicketEdit edit) {
        switch (random.nextInt(3)) {
            case 0 -> edit.dueAt(Instant.ofEpochMilli(clock.get() + random.nextInt(100_000)));
            case 1 -> edit.dueOn(LocalDate.of(2026, 2, 1 + random.nextInt(28)));
            default -> edit.neverDue();
        }
    }

    private FieldValue value() {
        return switch (random.nextInt(7)) {
            case 0 -> new FieldValue.Text(text());
            case 1 -> new FieldValue.Numeric(new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(40) - 10));
            case 2 -> new FieldValue.Flag(random.nextBoolean());
            case 3 -> new FieldValue.Moment(Instant.ofEpochMilli(clock.get()));
            case 4 -> new FieldValue.Day(LocalDate.of(2026, 1, 1 + random.nextInt(31)));
            case 5 -> new FieldValue.Texts(List.of(text(), text()));
            default -> FieldValue.ABSENT;
        };
    }

    /** May begin with white space and hold line breaks. */
    private String text() {
        return pick(List.of("", "\t", "\r", "\n", " ", "")) + line() + pick(List.of("", "\r\n\r\n", "\n", " "));
    }

    private String line() {
        String line = pick(TEXTS).replace("\u0085", "\u2009");
        return random.nextBoolean() ? line : line + " " + random.nextInt(10);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @Override
    public void close() {
        mesh.close();
    }
}
