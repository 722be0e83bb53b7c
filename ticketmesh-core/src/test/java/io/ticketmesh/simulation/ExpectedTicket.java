package io.ticketmesh.simulation;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.crdt.AddWinsMap;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Tag;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import io.ticketmesh.ticket.change.WriteEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a ticket must be after a set of operations, worked out anew from who saw what. Shares no code with the lattices. */
final class ExpectedTicket {
    private static final Object REMOVED = new Object();

    private final List<Chronicle.Record> history;
    private @Nullable String difference;

    private record Write(Chronicle.Record by, Object value) {}

    ExpectedTicket(List<Chronicle.Record> history) {
        this.history = history;
    }

    /** What is wrong with the ticket, if something is. */
    Optional<String> compare(Ticket ticket, List<Comment> comments) {
        conflicting("title", ticket.writtenTitle(), texts(ExpectedTicket::title));
        conflicting(
                "description",
                ticket.description(),
                texts(change -> change instanceof SetDescription set ? set.description() : null));
        require(
                "redactions",
                redactions().stream().map(redaction -> redaction.operation.id()).collect(Collectors.toSet()),
                ticket.redactions().traces().keySet());
        conflicting(
                "status",
                ticket.status(),
                change -> change instanceof SetStatus set
                        ? new StatusValue(set.status(), set.resolution(), set.pendingUntil())
                        : null);
        conflicting("priority", ticket.priority(), change -> change instanceof SetPriority set ? set.priority() : null);
        conflicting(
                "assignee",
                ticket.assignee(),
                change -> change instanceof SetAssignee set ? Optional.ofNullable(set.assignee()) : null);
        latest("type", ticket.type(), change -> change instanceof SetType set ? set.type() : null);
        latest("queue", ticket.queue(), change -> change instanceof SetQueue set ? set.queue() : null);
        latest("reporter", ticket.reporter(), change -> change instanceof SetReporter set ? set.reporter() : null);
        latest(
                "externalId",
                ticket.externalId(),
                change -> change instanceof SetExternalId set ? set.externalId() : null);
        latest("due", ticket.due(), change -> change instanceof SetDue set ? set.due() : null);
        latest(
                "mergedInto",
                ticket.mergedInto(),
                change -> change instanceof MergeInto merge ? Optional.ofNullable(merge.target()) : null);
        latest(
                "deleted",
                ticket.deleted(),
                change -> change instanceof DeleteTicket
                        ? Boolean.TRUE
                        : change instanceof RestoreTicket ? Boolean.FALSE : null);
        customFields(ticket);
        set("tags", ticket.tags(), ExpectedTicket::tag);
        set("watchers", ticket.watchers(), ExpectedTicket::watcher);
        set("links", ticket.links(), ExpectedTicket::link);
        set("attachments", ticket.attachments(), ExpectedTicket::attachment);
        set("entries", ticket.entries(), ExpectedTicket::entry);
        timers(ticket);
        latest(
                "lastPlace",
                ticket.lastPlace(),
                change -> change instanceof RecordOccurrences recorded ? recorded.place() : null);
        require("occurrences", occurrences(), ticket.occurrences().value());
        require("born", history.stream().anyMatch(ExpectedTicket::creates), ticket.isBorn());
        require(
                "trail",
                writes(change -> change instanceof SetStatus ? change : null).size(),
                ticket.trail().steps().size());
        comments(ticket, comments);
        return Optional.ofNullable(difference);
    }

    private static @Nullable Object title(Change change) {
        return change instanceof SetTitle set
                ? set.title()
                : change instanceof CreateTicket create ? create.title() : null;
    }

    private static boolean creates(Chronicle.Record record) {
        return record.operation.changes().stream().anyMatch(CreateTicket.class::isInstance);
    }

    private long occurrences() {
        return history.stream()
                .flatMap(record -> record.operation.changes().stream())
                .mapToLong(change -> change instanceof RecordOccurrences recorded ? recorded.count() : 0)
                .sum();
    }

    private List<Chronicle.Record> redactions() {
        return history.stream()
                .filter(record -> record.operation.changes().stream().anyMatch(RedactTicket.class::isInstance))
                .toList();
    }

    /** The last write of each operation behind its redaction, if it has one, whose author had seen all redactions. */
    private List<Write> texts(Function<Change, @Nullable Object> value) {
        List<Write> writes = new ArrayList<>();
        for (Chronicle.Record record : history) {
            Object last = null;
            for (Change change : record.operation.changes()) {
                Object written = value.apply(change);
                last = change instanceof RedactTicket ? null : written == null ? last : written;
            }
            boolean stands = redactions().stream()
                    .allMatch(redaction -> redaction.equals(record) || record.sees(redaction.operation));
            if (last != null && stands) {
                writes.add(new Write(record, last));
            }
        }
        return writes;
    }

    /** The last write of each operation. */
    private List<Write> writes(Function<Change, @Nullable Object> value) {
        List<Write> writes = new ArrayList<>();
        for (Chronicle.Record record : history) {
            Object last = null;
            for (Change change : record.operation.changes()) {
                Object written = value.apply(change);
                last = written == null ? last : written;
            }
            if (last != null) {
                writes.add(new Write(record, last));
            }
        }
        return writes;
    }

    /** The writes that no author of another one could see. */
    private static List<Write> unseen(List<Write> writes) {
        return writes.stream()
                .filter(write -> writes.stream().noneMatch(later -> later.by().sees(write.by().operation)))
                .toList();
    }

    private <V> void conflicting(String field, ConflictRegister<V> register, Function<Change, @Nullable Object> value) {
        conflicting(field, register, writes(value));
    }

    private <V> void conflicting(String field, ConflictRegister<V> register, List<Write> writes) {
        List<Write> open = unseen(writes);
        Set<OperationId> expected = new HashSet<>();
        open.forEach(write -> expected.add(write.by().operation.id()));
        Set<OperationId> actual = new HashSet<>();
        register.writes().forEach(write -> actual.add(write.trace().operation()));
        require(field + " kept from", expected, actual);
        require(field, newest(open).map(Write::value), register.winner().map(Written::value));
    }

    private <V> void latest(String field, LatestRegister<V> register, Function<Change, @Nullable Object> value) {
        require(field, newest(unseen(writes(value))).map(Write::value), register.value());
    }

    private static Optional<Write> newest(List<Write> writes) {
        return writes.stream()
                .max(Comparator.comparing((Write write) -> write.by().operation.time())
                        .thenComparing(write -> write.by().operation.id()));
    }

    private void customFields(Ticket ticket) {
        Set<String> keys = new HashSet<>(ticket.customFields().registers().keySet());
        changes().forEach(change -> {
            if (change instanceof SetCustomField set) {
                keys.add(set.key());
            }
        });
        for (String key : keys) {
            List<Write> writes = texts(
                    change -> change instanceof SetCustomField set && set.key().equals(key) ? set.value() : null);
            require(
                    "customFields." + key,
                    newest(unseen(writes)).map(Write::value),
                    ticket.customFields().get(key).value());
        }
        require(
                "custom field values",
                true,
                ticket.customFields().registers().values().stream()
                        .allMatch(register -> register.or(FieldValue.ABSENT) != null));
    }

    private static Map.@Nullable Entry<Object, Object> tag(Change change) {
        return change instanceof AddTag add
                ? Map.entry(Tag.of(add.tag()), add.tag())
                : change instanceof RemoveTag remove ? Map.entry(Tag.of(remove.tag()), REMOVED) : null;
    }

    private void timers(Ticket ticket) {
        Map<String, Instant> highest = new HashMap<>();
        changes().forEach(change -> {
            if (change instanceof FireTimer fire) {
                highest.merge(fire.timer(), fire.due(), (one, two) -> one.isAfter(two) ? one : two);
            }
        });
        Set<String> names = new HashSet<>(ticket.timers().entries().keySet());
        names.addAll(highest.keySet());
        for (String name : names) {
            require(
                    "timers." + name,
                    Optional.ofNullable(highest.get(name)),
                    ticket.timers().get(name));
        }
    }

    private static Map.@Nullable Entry<Object, Object> attachment(Change change) {
        return change instanceof AddAttachment add
                ? Map.entry(add.id(), add.attachment())
                : change instanceof RemoveAttachment remove ? Map.entry(remove.id(), REMOVED) : null;
    }

    private static Map.@Nullable Entry<Object, Object> entry(Change change) {
        if (change instanceof WriteEntry write) {
            String text = write.text();
            return Map.entry(write.key(), text == null ? REMOVED : text);
        }
        return null;
    }

    private static Map.@Nullable Entry<Object, Object> watcher(Change change) {
        return change instanceof AddWatcher add
                ? Map.entry(add.watcher(), true)
                : change instanceof RemoveWatcher remove ? Map.entry(remove.watcher(), REMOVED) : null;
    }

    private static Map.@Nullable Entry<Object, Object> link(Change change) {
        return change instanceof AddLink add
                ? Map.entry(new Link(add.type(), add.target()), true)
                : change instanceof RemoveLink remove
                        ? Map.entry(new Link(remove.type(), remove.target()), REMOVED)
                        : null;
    }

    private <K extends Comparable<K>, V> void set(
            String field, AddWinsMap<K, V> map, Function<Change, Map.@Nullable Entry<Object, Object>> touch) {
        Map<Object, List<Write>> byKey = new HashMap<>();
        for (Chronicle.Record record : history) {
            Map<Object, Object> last = new HashMap<>();
            for (Change change : record.operation.changes()) {
                Map.Entry<Object, Object> touched = touch.apply(change);
                if (touched != null) {
                    last.put(touched.getKey(), touched.getValue());
                }
            }
            last.forEach((key, value) ->
                    byKey.computeIfAbsent(key, each -> new ArrayList<>()).add(new Write(record, value)));
        }
        Map<Object, Object> expected = new HashMap<>();
        byKey.forEach((key, writes) -> newest(unseen(writes).stream()
                        .filter(write -> write.value() != REMOVED)
                        .toList())
                .ifPresent(write -> expected.put(key, write.value())));
        Map<Object, Object> actual = new HashMap<>();
        map.entries().forEach((key, register) -> actual.put(key, map.get(key).orElseThrow()));
        require(field, expected, actual);
    }

    private void comments(Ticket ticket, List<Comment> comments) {
        Set<CommentId> expected = new HashSet<>();
        changes().forEach(change -> {
            if (change instanceof AddComment add) {
                expected.add(add.id());
            }
        });
        require("comments", expected, ticket.comments().entries().keySet());
        Map<CommentId, Comment> byId = new HashMap<>();
        comments.forEach(comment -> byId.put(comment.id(), comment));
        for (CommentId id : expected) {
            boolean redacted = changes().stream()
                    .anyMatch(change -> change instanceof RedactComment redact
                            && redact.id().equals(id));
            Optional<Object> text =
                    newest(unseen(writes(change -> textOf(id, change)))).map(Write::value);
            Comment comment = byId.get(id);
            require("text of a comment", redacted ? "" : text.orElse(""), comment == null ? "none" : comment.text());
        }
    }

    private static @Nullable Object textOf(CommentId id, Change change) {
        return change instanceof AddComment add && add.id().equals(id)
                ? add.body()
                : change instanceof EditComment edit && edit.id().equals(id) ? edit.body() : null;
    }

    private List<Change> changes() {
        return history.stream()
                .map(record -> record.operation)
                .map(Operation::changes)
                .flatMap(List::stream)
                .toList();
    }

    private void require(String field, Object expected, Object actual) {
        if (difference == null && !Objects.equals(expected, actual)) {
            difference = "should have as " + field + " " + expected + ", not " + actual;
        }
    }
}
