package io.ticketmesh.simulation;

import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
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
import io.ticketmesh.ticket.change.PurgeTicket;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** People who work on a few tickets at once, on all machines, with every verb, so that they meet often. */
final class Workload {
    private static final List<String> PEOPLE = List.of("ada", "ben", "cleo");
    private static final List<String> WORDS = List.of("printer", "mouse", "screen", "Printer");
    private static final List<Status> STATES =
            List.of(Status.NEW, Status.OPEN, Status.PENDING, Status.RESOLVED, Status.CLOSED);

    private static final ContentHash HASH = new ContentHash(1, 2, 3, 4);

    private final World world;
    private final Places places;
    private final RandomGenerator random;
    private final int mostTickets;
    private final List<CommentId> comments = new ArrayList<>();
    private int proposed;

    Workload(World world, Places places, int mostTickets) {
        this.world = world;
        this.places = places;
        this.random = world.random();
        this.mostTickets = mostTickets;
    }

    /** Somebody does something; at times the same request goes to two machines, or two people act in the same instant. */
    void act() {
        List<Proposal> proposals = new ArrayList<>();
        int batch = random.nextInt(8) == 0 ? 3 : 1;
        for (int i = 0; i < batch; i++) {
            proposals.add(proposal());
        }
        Machine machine = anyMachine();
        propose(machine, proposals);
        int companions = random.nextInt(10);
        if (companions == 0) {
            propose(anyMachine(), proposals);
        } else if (companions < 4) {
            propose(anyMachine(), List.of(proposalFor(proposals.get(0).ticket())));
        }
    }

    /** Creates the first ticket everywhere at once or somewhere. */
    void begin() {
        propose(anyMachine(), List.of(creation()));
    }

    private void propose(Machine machine, List<Proposal> proposals) {
        List<Outcome> outcomes = machine.propose(proposals);
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Proposal proposal = proposals.get(i);
            if (outcome instanceof Outcome.Accepted accepted) {
                machine.note(() -> "accepts "
                        + world.nameOf(accepted.operation().id()) + " on "
                        + proposal.ticket().key() + ": " + accepted.operation().changes());
            } else if (outcome instanceof Outcome.Refused refused) {
                machine.note(() -> "refuses: " + refused.reason().getMessage());
            }
        }
    }

    /** One that runs, if any does. */
    private Machine anyMachine() {
        List<Machine> up = world.machines().stream().filter(Machine::isUp).toList();
        List<Machine> choice = up.isEmpty() ? world.machines() : up;
        return choice.get(random.nextInt(choice.size()));
    }

    private Proposal proposal() {
        boolean creates = places.all().size() < mostTickets && random.nextInt(5) == 0;
        return creates
                ? creation()
                : proposalFor(places.all().get(random.nextInt(places.all().size())));
    }

    private Proposal creation() {
        TicketId id = TicketId.timeOrdered(1 + places.all().size(), random.nextLong(), random.nextLong());
        places.add(id);
        List<Change> changes = new ArrayList<>(List.of(new CreateTicket(word())));
        changes.add(new SetStatus(random.nextBoolean() ? Status.NEW : Status.OPEN));
        changes.add(new AddTag(word()));
        return decorated(Proposal.of(id, person(), changes));
    }

    private Proposal proposalFor(TicketId id) {
        if (random.nextInt(12) == 0) {
            return entry();
        }
        List<Change> changes = new ArrayList<>();
        int count = 1 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
        for (int i = 0; i < count; i++) {
            changes.add(change(id));
        }
        return decorated(Proposal.of(id, person(), changes));
    }

    /** A line in one of the books; at times one that a ticket is to take, or the other way round. */
    private Proposal entry() {
        TicketId book = Book.idOf(random.nextBoolean() ? "views" : "replies");
        places.add(book);
        Change entry = new WriteEntry(person(), random.nextInt(4) == 0 ? null : word() + " " + proposed);
        return switch (random.nextInt(10)) {
            case 0 -> decorated(Proposal.of(anyTicket(), person(), List.of(entry)));
            case 1 -> decorated(Proposal.of(book, person(), List.of(change(book))));
            default -> decorated(Proposal.of(book, person(), List.of(entry)));
        };
    }

    private Proposal decorated(Proposal proposal) {
        Proposal decorated = switch (random.nextInt(12)) {
            case 0, 1 -> proposal.under(new RequestKey(7, random.nextInt(20), random.nextInt(2)));
            case 2 ->
                proposal.expecting(etagSomewhere(proposal.ticket()).map(Set::of).orElse(Set.of()));
            case 3 -> proposal.settling();
            case 4, 5 -> proposal.acknowledgedByOthers();
            default -> proposal;
        };
        proposed++;
        return decorated;
    }

    private Optional<String> etagSomewhere(TicketId id) {
        return anyMachine().disk().ticket(id).map(Ticket::etag);
    }

    private Change change(TicketId id) {
        return switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> new SetTitle(word() + " " + proposed);
            case 4 -> new SetDescription(word());
            case 5 -> new SetType(random.nextBoolean() ? "bug" : "task");
            case 6, 7, 8 -> new SetStatus(STATES.get(random.nextInt(STATES.size())));
            case 9 -> new SetStatus(Status.PENDING, null, Instant.ofEpochSecond(random.nextInt(3)));
            case 10 -> new SetPriority(Priority.ALL.get(random.nextInt(4)));
            case 11 -> new SetQueue(random.nextBoolean() ? "mail" : "phone");
            case 12 -> new SetReporter(person());
            case 13 -> new SetAssignee(random.nextInt(3) == 0 ? null : person());
            case 14 -> new SetDue(due());
            case 15, 16 -> new SetCustomField(random.nextBoolean() ? "room" : "floor", fieldValue());
            case 17 -> new SetExternalId("x" + random.nextInt(3));
            case 18, 19 -> new AddTag(word());
            case 20, 21 -> new RemoveTag(word());
            case 22 -> new AddWatcher(person());
            case 23 -> new RemoveWatcher(person());
            case 24 -> new AddLink(LinkType.ALL.get(random.nextInt(4)), anyTicket());
            case 25 -> new RemoveLink(LinkType.ALL.get(random.nextInt(4)), anyTicket());
            case 26 -> new MergeInto(random.nextInt(3) == 0 ? null : anyTicket());
            case 27, 28 -> newComment();
            case 29 -> new EditComment(anyComment(), word() + " " + proposed);
            case 30 -> random.nextBoolean() ? new RedactComment(anyComment()) : newComment();
            case 31 -> new RecordOccurrences(1 + random.nextInt(5));
            case 32 -> random.nextInt(4) == 0 ? new RedactTicket() : new DeleteTicket();
            case 33, 34 -> new AddAttachment(attachment(), new Attachment(word(), 1, HASH, "text/plain"));
            case 35 -> new RemoveAttachment(attachment());
            case 36, 37 -> new FireTimer(random.nextBoolean() ? "due" : "sla", Instant.ofEpochSecond(proposed / 9));
            case 38 -> new RecordOccurrences(1, word());
            default -> random.nextInt(5) == 0 ? new PurgeTicket() : new RestoreTicket();
        };
    }

    private AttachmentId attachment() {
        return new AttachmentId(1, random.nextInt(3));
    }

    private Change newComment() {
        CommentId id = comments.size() > 3 && random.nextInt(4) == 0
                ? anyComment()
                : CommentId.timeOrdered(comments.size(), random.nextLong(), random.nextLong());
        comments.add(id);
        return new AddComment(id, random.nextBoolean() ? CommentKind.PUBLIC : CommentKind.INTERNAL, word());
    }

    private CommentId anyComment() {
        return comments.isEmpty() ? new CommentId(1, 1) : comments.get(random.nextInt(comments.size()));
    }

    private TicketId anyTicket() {
        return places.all().get(random.nextInt(places.all().size()));
    }

    private Due due() {
        return switch (random.nextInt(3)) {
            case 0 -> Due.NEVER;
            case 1 -> new Due.At(Instant.ofEpochSecond(random.nextInt(3)));
            default -> new Due.On(LocalDate.of(2026, 1, 1 + random.nextInt(3)));
        };
    }

    private FieldValue fieldValue() {
        return switch (random.nextInt(3)) {
            case 0 -> FieldValue.ABSENT;
            case 1 -> new FieldValue.Text(word());
            default -> new FieldValue.Flag(random.nextBoolean());
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private String person() {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }
}
