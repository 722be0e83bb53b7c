package io.ticketmesh.simulation;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.WriteEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A story in a text file: commands at the margin, and below each, indented, what it gave. {@link #play} gives the file as it should
 * be; comments and blank lines stay.
 *
 * <pre>
 * nodes alice bob            machines that keep all operations; "alice:2" keeps two of each origin
 * alice create T "Printer"   also: title, status, tag, untag, attach, detach, comment, edit, redact, blank, merge, delete, restore, purge, count
 * ... key K / ... body B     the same under an idempotency key
 * ... acked                  the same, of which others say when they hold it
 * run 2s                     time passes
 * cut alice bob              nothing gets from alice to bob; "part alice | bob carol" both ways; "heal"
 * lose hints / hear hints    hints are lost from now on, or not
 * slow 80ms                  messages take up to so long, and overtake each other
 * page 2                     stores give two tickets or operations at once
 * stop, start, crash alice   crash: power fails at the next commit, before it ("crash alice before") or after it
 * image, restore alice       keeps a copy of the disk; goes back to it and starts
 * wipe alice                 power fails and the disk is no more; starts as a new node
 * pause, resume alice        stands still, as a stopped process does
 * disturb 30 20 60ms         loss and repetition in per cent, longest delay
 * retire alice bob           alice takes bob out of the mesh
 * holders alice              which nodes alice knows to hold what she wrote last; members: who counts; alarms: what her log says
 * clone alice as mallory     the copied disk is started too
 * alice due T 30s            the ticket is due so much later, by nobody's clock but the world's; "status T pending 30s" sleeps so long
 * clock alice +10y           also -5s, +1d; freeze, thaw
 * alice write book-B k "t"   an entry of the book; without a text it is removed
 * show T                     the ticket on every machine; machines that hold the same stand together
 * versions                   what each machine holds, op by op
 * news T                     what somebody who comes now is told that time did to the ticket, and by what names
 * firings T                  which operations note that a timer fired
 * timers, webhooks, ...      residents move into all machines, and may bring commands of their own
 * </pre>
 *
 * <p>The checks of the simulation watch. One thread.
 */
public final class Scenario {
    private static final int PAGE = 50;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SPAN = Pattern.compile("([+-]?\\d+)(ms|s|h|d|y)");
    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "h", 3_600_000L, "d", 86_400_000L, "y", 365L * 86_400_000);

    private final Places places = new Places();
    private final World world = new World(1);
    private final Chronicle chronicle = new Chronicle(world);
    private final Map<String, TicketId> tickets = new LinkedHashMap<>();
    private final Map<String, CommentId> comments = new LinkedHashMap<>();

    private final Map<String, Supplier<? extends Household>> households;
    private final Map<String, Household> movedIn = new LinkedHashMap<>();

    private Scenario(Map<String, Supplier<? extends Household>> households) {
        this.households = households;
        List.of(
                        chronicle,
                        new LogCheck(chronicle),
                        new RequestCheck(places),
                        new ContentCheck(world, places),
                        new HistoryCheck(chronicle, places),
                        new CopiesCheck(world),
                        new TimerCheck(world, places, TicketNews::eventId))
                .forEach(world::watch);
        world.network().disturb(0, 0, 1);
    }

    /**
     * The file with what the commands really gave.
     *
     * @param households who may move in, by the word that lets them
     */
    public static String play(String text, Map<String, Supplier<? extends Household>> households) {
        Scenario scenario = new Scenario(households);
        StringBuilder played = new StringBuilder();
        text.lines().filter(line -> !line.startsWith("  ")).forEach(line -> {
            played.append(line).append('\n');
            if (!line.isBlank() && !line.startsWith("#")) {
                scenario.perform(line)
                        .forEach(given -> played.append("  ").append(given).append('\n'));
            }
        });
        return played.toString();
    }

    private List<String> perform(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return switch (words.get(0)) {
            case "nodes" -> nodes(words.subList(1, words.size()));
            case "run" -> did(() -> world.run(millis(words.get(1))));
            case "cut" -> did(() -> world.network().cut(machine(words.get(1)), machine(words.get(2))));
            case "part" -> did(() -> part(words.subList(1, words.size())));
            case "heal" -> did(() -> world.network().heal());
            case "lose" -> did(() -> world.network().loseHints(100));
            case "hear" -> did(() -> world.network().loseHints(0));
            case "page" -> did(() -> world.setPageSize(Integer.parseInt(words.get(1))));
            case "slow" -> did(() -> world.network().disturb(0, 0, (int) millis(words.get(1))));
            case "stop" -> did(machine(words.get(1))::stop);
            case "start" -> did(machine(words.get(1))::start);
            case "crash" ->
                did(() -> machine(words.get(1))
                        .crashAtNextCommit(
                                words.get(2).equals("before")
                                        ? Machine.Crash.BEFORE_COMMIT
                                        : Machine.Crash.AFTER_COMMIT));
            case "pause" -> did(machine(words.get(1))::pause);
            case "resume" -> did(machine(words.get(1))::resume);
            case "wipe" ->
                did(() -> {
                    machine(words.get(1)).loseDisk();
                    machine(words.get(1)).start();
                });
            case "disturb" ->
                did(() -> world.network().disturb(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)), (int)
                        millis(words.get(3))));
            case "retire" ->
                did(() -> machine(words.get(1)).retire(machine(words.get(2)).node()));
            case "holders" -> holders(machine(words.get(1)));
            case "members" -> List.of(names(machine(words.get(1)).active()));
            case "alarms" ->
                machine(words.get(1)).alarms().stream().map(this::named).toList();
            case "image" -> did(machine(words.get(1))::keepImage);
            case "restore" ->
                did(() -> {
                    machine(words.get(1)).restoreImage();
                    machine(words.get(1)).start();
                });
            case "clone" ->
                did(() -> world.clone(machine(words.get(1)), words.get(3)).start());
            case "clock" -> did(() -> clock(machine(words.get(1)), words.get(2)));
            case "show" -> show(words.get(1));
            case "versions" -> versions();
            case "news" -> news(ticket(words.get(1)));
            case "firings" -> firings(ticket(words.get(1)));
            default -> others(words);
        };
    }

    private List<String> others(List<String> words) {
        String first = words.get(0);
        if (households.containsKey(first)) {
            Household household = households.get(first).get();
            movedIn.put(first, household);
            world.watch(new Residents(world, household));
            return List.of();
        }
        for (Household household : movedIn.values()) {
            if (household.understands(first)) {
                return household.perform(words).stream().map(this::spoken).toList();
            }
        }
        return propose(machine(first), words);
    }

    private static List<String> did(Runnable command) {
        command.run();
        return List.of();
    }

    private List<String> nodes(List<String> names) {
        for (String name : names) {
            String[] parts = name.split(":");
            world.add(parts[0], parts.length == 1 ? Integer.MAX_VALUE : Integer.parseInt(parts[1]))
                    .start();
        }
        return List.of();
    }

    private void part(List<String> names) {
        int bar = names.indexOf("|");
        for (String left : names.subList(0, bar)) {
            for (String right : names.subList(bar + 1, names.size())) {
                world.network().cut(machine(left), machine(right));
                world.network().cut(machine(right), machine(left));
            }
        }
    }

    private static void clock(Machine machine, String setting) {
        switch (setting) {
            case "freeze" -> machine.clock().freeze();
            case "thaw" -> machine.clock().thaw();
            default -> machine.clock().setOffset(millis(setting));
        }
    }

    private static long millis(String span) {
        Matcher matcher = SPAN.matcher(span);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a span of time: " + span);
        }
        return Long.parseLong(matcher.group(1)) * UNITS.get(matcher.group(2));
    }

    private Machine machine(String name) {
        return world.machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No machine and no command is called " + name));
    }

    private List<String> propose(Machine machine, List<String> words) {
        Proposal proposal = Proposal.of(ticket(words.get(2)), machine.name(), List.of(change(words)));
        int key = words.indexOf("key");
        if (key > 0) {
            int body = words.indexOf("body");
            proposal = proposal.under(new RequestKey(
                    0,
                    words.get(key + 1).hashCode(),
                    body > 0 ? words.get(body + 1).hashCode() : 0));
        }
        if (words.contains("acked")) {
            proposal = proposal.acknowledgedByOthers();
        }
        List<Outcome> outcomes = machine.propose(List.of(proposal));
        return outcomes.isEmpty()
                ? List.of("no answer")
                : outcomes.stream().map(this::describe).toList();
    }

    private Change change(List<String> words) {
        String value = words.size() > 3 ? words.get(3) : "";
        return switch (words.get(1)) {
            case "create" -> new CreateTicket(value);
            case "title" -> new SetTitle(value);
            case "status" ->
                new SetStatus(
                        new Status(value),
                        null,
                        value.equals("pending") && words.size() > 4 ? later(words.get(4)) : null);
            case "due" -> new SetDue(new Due.At(later(value)));
            case "tag" -> new AddTag(value);
            case "untag" -> new RemoveTag(value);
            case "attach" -> new AddAttachment(attachment(value), file(value));
            case "detach" -> new RemoveAttachment(attachment(value));
            case "comment" -> new AddComment(comment(value), CommentKind.PUBLIC, words.get(4));
            case "edit" -> new EditComment(comment(value), words.get(4));
            case "redact" -> new RedactComment(comment(value));
            case "blank" -> new RedactTicket();
            case "merge" -> new MergeInto(ticket(value));
            case "count" -> new RecordOccurrences(Long.parseLong(value));
            case "write" -> new WriteEntry(value, words.size() > 4 ? words.get(4) : null);
            case "delete" -> new DeleteTicket();
            case "restore" -> new RestoreTicket();
            case "purge" -> new PurgeTicket();
            default -> throw new IllegalArgumentException("No verb is called " + words.get(1));
        };
    }

    private Instant later(String span) {
        return Instant.ofEpochMilli(
                SimulatedClock.BEGINNING_MILLIS + world.time().nowMillis() + millis(span));
    }

    private TicketId ticket(String name) {
        TicketId id = tickets.computeIfAbsent(
                name,
                each -> each.startsWith("book-")
                        ? Book.idOf(each)
                        : TicketId.timeOrdered(tickets.size() + 1, 0, each.hashCode()));
        places.add(id);
        return id;
    }

    private CommentId comment(String name) {
        return comments.computeIfAbsent(name, each -> CommentId.timeOrdered(comments.size() + 1, 0, each.hashCode()));
    }

    /** Named after its file. */
    private static AttachmentId attachment(String name) {
        return new AttachmentId(0, name.hashCode());
    }

    private static Attachment file(String name) {
        return new Attachment(name, name.length(), new ContentHash(0, 0, 0, name.hashCode()), "text/plain");
    }

    private String describe(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return "accepted as " + world.nameOf(accepted.operation().id());
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return "repeats " + world.nameOf(repeated.receipt().operation());
        } else if (outcome instanceof Outcome.Refused refused) {
            return "refused: " + refused.reason().getMessage();
        }
        return "unchanged";
    }

    private List<String> show(String name) {
        return onEach(disk -> describe(disk, ticket(name)));
    }

    /** The same of all machines; those that say the same stand together. */
    private List<String> onEach(Function<MemoryStore, String> saying) {
        Map<String, List<String>> sayings = new LinkedHashMap<>();
        for (Machine machine : world.machines()) {
            sayings.computeIfAbsent(saying.apply(machine.disk()), said -> new ArrayList<>())
                    .add(machine.name());
        }
        List<String> lines = new ArrayList<>();
        sayings.forEach((said, names) -> lines.add(String.join(", ", names) + ": " + said));
        return lines;
    }

    private List<String> news(TicketId id) {
        return onEach(disk -> {
            Feed feed = new Feed(disk, Set::of);
            List<String> told = new ArrayList<>();
            FeedPage page = feed.read(VersionVector.EMPTY, PAGE);
            page.news().forEach(news -> tell(news, id, told));
            while (page.more()) {
                page = feed.read(page.seen(), PAGE);
                page.news().forEach(news -> tell(news, id, told));
            }
            return told.isEmpty() ? "nothing" : String.join(", ", told);
        });
    }

    private static void tell(TicketNews news, TicketId id, List<String> told) {
        if (news.ticketId().equals(id) && TimerCheck.TOLD_BY_TIMERS.contains(news.type())) {
            told.add(news.type().label() + " as " + news.eventId());
        }
    }

    private List<String> firings(TicketId id) {
        return onEach(disk -> {
            Map<String, List<String>> firings = new TreeMap<>();
            for (Operation operation : disk.history(id)) {
                for (Change change : operation.changes()) {
                    if (change instanceof FireTimer fired) {
                        firings.computeIfAbsent(fired.timer(), fresh -> new ArrayList<>())
                                .add(world.nameOf(operation.id()));
                    }
                }
            }
            return firings.isEmpty()
                    ? "none"
                    : firings.entrySet().stream()
                            .map(fired -> fired.getKey() + " by " + String.join(" and ", fired.getValue()))
                            .collect(Collectors.joining(", "));
        });
    }

    private String describe(MemoryStore disk, TicketId id) {
        return disk.tombstone(id).isPresent()
                ? "purged"
                : disk.ticket(id).map(ticket -> describe(ticket, disk)).orElse("unknown");
    }

    private String describe(Ticket ticket, MemoryStore disk) {
        if (Book.isBook(ticket.id())) {
            return ticket.entries().entries().entrySet().stream()
                    .map(entry -> entry.getKey() + " \""
                            + entry.getValue().winner().orElseThrow().value() + "\"")
                    .collect(Collectors.joining(", ", "book with ", ""));
        }
        StringBuilder text = new StringBuilder("\"" + ticket.title().or("") + "\"");
        for (Written<String> loser : ticket.title().losers()) {
            text.append(" (lost: \"")
                    .append(loser.value())
                    .append("\" of ")
                    .append(loser.trace().actor())
                    .append(')');
        }
        text.append(", ").append(ticket.status().or(StatusValue.INITIAL).status());
        ticket.status()
                .losers()
                .forEach(loser ->
                        text.append(" (lost: ").append(loser.value().status()).append(')'));
        if (ticket.tags().size() > 0) {
            List<String> tags = new ArrayList<>();
            ticket.tags()
                    .entries()
                    .keySet()
                    .forEach(tag -> tags.add(ticket.tags().get(tag).orElseThrow()));
            text.append(", tags ").append(tags);
        }
        if (ticket.attachments().size() > 0) {
            text.append(", attachments ")
                    .append(ticket.attachedFiles().stream()
                            .map(Attachment::name)
                            .sorted()
                            .toList());
        }
        if (ticket.occurrences().value() > 0) {
            text.append(", seen ").append(ticket.occurrences().value()).append(" times");
        }
        ticket.mergedInto()
                .value()
                .flatMap(target -> target)
                .ifPresent(target -> text.append(", merged into ").append(nameOf(target)));
        for (Comment comment : disk.comments(ticket.id())) {
            text.append(comment.isRedacted() ? ", comment redacted" : ", comment \"" + comment.text() + "\"");
        }
        return text.append(ticket.isDeleted() ? ", deleted" : "").toString();
    }

    private String nameOf(TicketId id) {
        return tickets.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(id.toString());
    }

    private List<String> holders(Machine machine) {
        return machine.origin().stream()
                .map(origin -> new OperationId(origin, machine.disk().version().get(origin)))
                .map(last -> world.nameOf(last) + ": " + names(machine.holders(last)))
                .toList();
    }

    private String names(Set<NodeId> nodes) {
        return world.machines().stream()
                .filter(machine -> nodes.contains(machine.node()))
                .map(Machine::name)
                .collect(Collectors.joining(", "));
    }

    /** A text in which runs, machines and tickets stand by their names. */
    private String spoken(String text) {
        String spoken = world.named(text);
        for (Machine machine : world.machines()) {
            spoken = spoken.replace(machine.node().toString(), machine.name());
        }
        for (Map.Entry<String, TicketId> ticket : tickets.entrySet()) {
            spoken = spoken.replace(ticket.getValue().toString(), ticket.getKey());
        }
        return spoken;
    }

    /** A text in which machines stand by their names. */
    private String named(String text) {
        String named = text;
        for (Machine machine : world.machines()) {
            String run = machine.origin().map(Origin::toString).orElse("");
            named = run.isEmpty() ? named : named.replace(run, machine.name() + "'s run");
        }
        for (Machine machine : world.machines()) {
            named = named.replace(machine.node().shortName(), machine.name());
        }
        return named;
    }

    private List<String> versions() {
        List<String> lines = new ArrayList<>();
        for (Machine machine : world.machines()) {
            List<String> held = new ArrayList<>();
            machine.disk().version().forEach((origin, last) -> held.add(world.nameOf(new OperationId(origin, last))));
            lines.add(machine.name() + ": " + String.join(" ", held));
        }
        return lines;
    }
}
