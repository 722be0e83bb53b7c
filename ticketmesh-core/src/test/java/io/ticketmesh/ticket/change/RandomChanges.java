package io.ticketmesh.ticket.change;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of every kind with values from all over their ranges, the same ones for the same seed. Names come from small
 * pools, so that several changes of one ticket meet.
 */
public final class RandomChanges {
    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long SECONDS = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() - FIRST_SECOND;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789 ÄÖÜß é ñ Ж 漢字 😀🚀";
    private static final int[] CODE_POINTS = LETTERS.codePoints().toArray();

    private final Random random;
    private final List<Supplier<Change>> verbs;

    public RandomChanges(Random random) {
        this.random = random;
        verbs = List.of(
                () -> new CreateTicket(text(1, 60)),
                () -> new SetTitle(text(1, 60)),
                () -> new SetDescription(text(0, 400)),
                () -> new SetType(oneOf("incident", "bug", "task", "from-a-newer-version")),
                this::setStatus,
                () -> new SetPriority(priority()),
                () -> new SetQueue(oneOf("default", "network", "print.2")),
                () -> new SetReporter(name()),
                () -> new SetAssignee(maybe(this::name)),
                () -> new SetDue(due()),
                () -> new SetCustomField(oneOf("floor", "asset_no", "x"), fieldValue()),
                () -> new SetExternalId(text(1, 20)),
                () -> new AddTag(tag()),
                () -> new RemoveTag(tag()),
                () -> new AddWatcher(name()),
                () -> new RemoveWatcher(name()),
                () -> new AddLink(linkType(), ticketId()),
                () -> new RemoveLink(linkType(), ticketId()),
                () -> new MergeInto(maybe(this::ticketId)),
                () -> new AddComment(commentId(), oneOf(CommentKind.values()), text(1, 200)),
                () -> new EditComment(commentId(), text(1, 200)),
                () -> new RedactComment(commentId()),
                () -> new RecordOccurrences(1 + (random.nextLong() & 0x1FFFFFFF) % RecordOccurrences.MAX_COUNT),
                DeleteTicket::new,
                RestoreTicket::new,
                PurgeTicket::new,
                () -> new AddAttachment(attachmentId(), attachment()),
                () -> new RemoveAttachment(attachmentId()),
                () -> new FireTimer(oneOf("due", "sla.update"), instant()),
                () -> new RecordOccurrences(1, text(1, 20)),
                RedactTicket::new,
                () -> new WriteEntry(name(), maybe(() -> text(0, 200))),
                () -> new UnknownChange(1_000 + random.nextInt(1_000_000), bytes(40)));
    }

    /** One change of each kind. */
    public List<Change> ofEveryKind() {
        return verbs.stream().map(Supplier::get).toList();
    }

    /** A change of any kind. */
    public Change any() {
        return verbs.get(random.nextInt(verbs.size())).get();
    }

    /** A change of any kind but a purge. */
    public Change anyThatKeepsTheTicket() {
        return Stream.generate(this::any)
                .filter(change -> !(change instanceof PurgeTicket))
                .findFirst()
                .orElseThrow();
    }

    /** Neither blank nor with control characters; at least one character. */
    public String text(int minChars, int maxChars) {
        StringBuilder text = new StringBuilder();
        int length = minChars + random.nextInt(maxChars - minChars + 1);
        while (text.length() < length) {
            text.appendCodePoint(
                    text.isEmpty() ? 'a' + random.nextInt(26) : CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    public String name() {
        return oneOf("anna", "bob", "Zoë", "system:monitor", "助手");
    }

    public TicketId ticketId() {
        return new TicketId(random.nextInt(3) == 0 ? random.nextLong() : 7, random.nextInt(4));
    }

    public CommentId commentId() {
        return new CommentId(5, random.nextInt(6) - 3);
    }

    private AttachmentId attachmentId() {
        return new AttachmentId(6, random.nextInt(4) - 2);
    }

    private Attachment attachment() {
        ContentHash hash = new ContentHash(random.nextInt(3), 1, 2, 3);
        return new Attachment(text(1, 30), random.nextInt(1_000), hash, oneOf("image/png", "text/plain"));
    }

    public Bytes bytes(int max) {
        byte[] bytes = new byte[random.nextInt(max + 1)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    public FieldValue fieldValue() {
        return switch (random.nextInt(7)) {
            case 0 -> FieldValue.ABSENT;
            case 1 -> new FieldValue.Text(text(0, 100));
            case 2 ->
                new FieldValue.Numeric(
                        new BigDecimal(new BigInteger(random.nextInt(330), random), random.nextInt(140) - 60)
                                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
            case 3 -> new FieldValue.Flag(random.nextBoolean());
            case 4 -> new FieldValue.Moment(instant());
            case 5 -> new FieldValue.Day(date());
            default ->
                new FieldValue.Texts(Stream.generate(() -> text(0, 30))
                        .limit(random.nextInt(6))
                        .toList());
        };
    }

    private SetStatus setStatus() {
        Status status = oneOf(Status.NEW, Status.OPEN, Status.PENDING, Status.RESOLVED, new Status("parked"));
        return new SetStatus(status, maybe(() -> oneOf("fixed", "duplicate")), maybe(this::instant));
    }

    private Priority priority() {
        return oneOf(Priority.LOW, Priority.HIGH, Priority.URGENT, new Priority(-5, "whenever"));
    }

    private Due due() {
        return switch (random.nextInt(3)) {
            case 0 -> Due.NEVER;
            case 1 -> new Due.At(instant());
            default -> new Due.On(date());
        };
    }

    private String tag() {
        return oneOf("vpn", "VPN", "Drucker", "straße", "STRASSE", "網");
    }

    private LinkType linkType() {
        return oneOf(LinkType.BLOCKS, LinkType.RELATES_TO, LinkType.PARENT, new LinkType("caused_by", "causes"));
    }

    private Instant instant() {
        long second = FIRST_SECOND + (random.nextLong() >>> 1) % SECONDS;
        return Instant.ofEpochSecond(second).plusMillis(random.nextInt(1_000));
    }

    private LocalDate date() {
        return LocalDate.of(1 + random.nextInt(9_999), 1, 1).plusDays(random.nextInt(365));
    }

    private <V> @Nullable V maybe(Supplier<V> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    @SafeVarargs
    private <V> V oneOf(V... values) {
        return values[random.nextInt(values.length)];
    }
}
