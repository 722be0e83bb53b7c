package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.change.AddAttachment;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HighlightTest {
    private final TicketMesh mesh = TicketMesh.builder().open();
    private final Tickets tickets = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void eachTextInWhichWordsStandIsShownWithTheWordsMarked() {
        TicketView ticket = tickets.create(
                "Printer on FIRE",
                edit -> edit.description("The printer in the hall.").comment("no paper"));
        tickets.comment(ticket.id().toString(), "fire, fire!");

        assertThat(marks(ticket, "printer fire -smoke"))
                .containsExactly(
                        "title: [Printer] on [FIRE]",
                        "description: The [printer] in the hall.",
                        "comment: [fire], [fire]!");
        assertThat(marks(ticket, "\"on fi*\" in:title")).containsExactly("title: Printer [on FIRE]");
        assertThat(marks(ticket, "paper")).containsExactly("comment: no [paper]");
        assertThat(marks(ticket, "-printer")).isEmpty();
        assertThat(marks(ticket, "status:new")).isEmpty();
    }

    @Test
    void theCommentInWhichMostOfTheWordsStandIsShown() {
        TicketView ticket = tickets.create(
                "x", edit -> edit.comment("toner").comment("toner and paper").comment("paper"));

        assertThat(marks(ticket, "toner paper")).containsExactly("comment: [toner] and [paper]");
        CommentId second = tickets.comments(ticket.id().toString()).get(1).id();
        assertThat(highlights(ticket, "toner paper").get(0).comment()).isEqualTo(second);
    }

    @Test
    void whoMayNotSeeInternalCommentsIsShownNothingOfThem() {
        TicketView ticket = tickets.create("x", edit -> edit.comment("the xylophone", CommentKind.INTERNAL));
        TicketFilter filter = filter("xylophone");

        assertThat(mesh.service().highlights(ticket, filter, true)).hasSize(1);
        assertThat(mesh.service().highlights(ticket, filter, false)).isEmpty();
    }

    @Test
    void namesOfAttachmentsAreShownAndFound() {
        TicketView ticket = tickets.create("x");
        Attachment image =
                new Attachment("Hall printer.png", 3, ContentHash.of(new byte[ContentHash.BYTES]), "image/png");
        tickets.change(ticket.id().toString(), edit -> edit.with(new AddAttachment(new AttachmentId(1, 2), image)));

        TicketView changed = tickets.get(ticket.id().toString());
        assertThat(marks(changed, "printer")).containsExactly("attachment: Hall [printer].png");
        for (String question : List.of("printer", "png in:attachments")) {
            assertThat(tickets.query(TicketQuery.of(filter(question), 10)).items())
                    .extracting(TicketView::id)
                    .containsExactly(ticket.id());
        }
        assertThat(tickets.query(TicketQuery.of(filter("png in:comments"), 10)).items())
                .isEmpty();
    }

    @Test
    void ofALongTextThePartWithMostOfTheWordsIsShown() {
        String lonely = "printer " + "and so on ".repeat(50);
        TicketView ticket =
                tickets.create("x", edit -> edit.description(lonely + "the printer\n\n  is on fire " + lonely));

        Highlight shown = highlights(ticket, "printer fire").get(0);
        assertThat(shown.text()).startsWith("…").endsWith("…").contains("the printer is on fire printer");
        assertThat(shown.text().length()).isLessThanOrEqualTo(Highlight.MAX_CHARS);
        assertThat(marked(shown)).contains("the [printer] is on [fire] [printer]");
    }

    @Test
    void whateverPeopleWriteTheRangesFitAndNoPairIsTorn() {
        Random random = new Random(5);
        List<String> parts =
                List.of("ab", "AB", " ", "\n", "\t", "\ud835\udc00", "\ud83d\udd25", "<b>", "&", "x", "\u0130", "-");
        for (int i = 0; i < 3_000; i++) {
            String text = random.ints(random.nextInt(400), 0, parts.size())
                    .mapToObj(parts::get)
                    .collect(Collectors.joining());
            int max = 20 + random.nextInt(200);
            Excerpt excerpt = Excerpt.of(text, clauses("ab x ab* \"x ab\" \ud835\udc00*"), max);
            boolean stands = clauses("ab x ab* \ud835\udc00*").stream()
                    .anyMatch(clause -> TextClause.wordsOf(text).stream()
                            .anyMatch(word -> clause.prefix()
                                    ? word.startsWith(clause.words().get(0))
                                    : word.equals(clause.words().get(0))));
            assertThat(excerpt != null).as(text).isEqualTo(stands);
            if (excerpt != null) {
                requireSound(excerpt, max);
            }
        }
    }

    private static void requireSound(Excerpt excerpt, int max) {
        String text = excerpt.text();
        assertThat(text.length()).as(text).isLessThanOrEqualTo(max);
        assertThat(excerpt.ranges()).as(text).isNotEmpty();
        assertThat(excerpt.clauses()).isPositive();
        int last = 0;
        for (Highlight.Range range : excerpt.ranges()) {
            assertThat(range.start()).as("%s in %s", range, text).isGreaterThanOrEqualTo(last);
            assertThat(range.end())
                    .as("%s in %s", range, text)
                    .isGreaterThan(range.start())
                    .isLessThanOrEqualTo(text.length());
            last = range.end();
        }
        for (int i = 0; i < text.length(); i++) {
            boolean high = Character.isHighSurrogate(text.charAt(i));
            boolean followed = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            assertThat(high).as("a whole pair at %d of %s", i, text).isEqualTo(high && followed);
            i += high ? 1 : 0;
        }
        assertThat(text).doesNotContain("\n").doesNotContain("  ");
    }

    @Test
    void aTextThatIsOneEndlessWordIsCut() {
        TicketView ticket = tickets.create("x", edit -> edit.description("w".repeat(60_000)));

        Highlight shown = highlights(ticket, "www*").get(0);
        assertThat(shown.text()).hasSizeLessThanOrEqualTo(Highlight.MAX_CHARS).endsWith("…");
        assertThat(shown.ranges())
                .containsExactly(new Highlight.Range(0, shown.text().length() - 1));
    }

    private List<String> marks(TicketView ticket, String question) {
        return highlights(ticket, question).stream()
                .map(highlight -> highlight.field().label() + ": " + marked(highlight))
                .toList();
    }

    private static String marked(Highlight highlight) {
        StringBuilder text = new StringBuilder(highlight.text());
        for (int i = highlight.ranges().size() - 1; i >= 0; i--) {
            text.insert(highlight.ranges().get(i).end(), ']')
                    .insert(highlight.ranges().get(i).start(), '[');
        }
        return text.toString();
    }

    private List<Highlight> highlights(TicketView ticket, String question) {
        return tickets.highlights(ticket, TicketQuery.of(filter(question), 10));
    }

    private static List<TextClause> clauses(String question) {
        return filter(question).wantedText();
    }

    private static TicketFilter filter(String question) {
        return new Criteria(Workflow.standard(), "alice", Instant.EPOCH)
                .query(question)
                .filter();
    }
}
