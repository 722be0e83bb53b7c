package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
    @Test
    void namesAreFoundInTheirOrderEachOnce() {
        assertThat(Mentions.in("@bob, (@alice) and @bob: look. @Çağla_2!")).containsExactly("bob", "alice", "Çağla_2");
        assertThat(Mentions.in("Ask @anna.b-c+d. Or **@carol** and [@erin](x)"))
                .containsExactly("anna.b-c+d", "carol", "erin");
        assertThat(Mentions.in("@bob's printer, @bob...")).containsExactly("bob");
        assertThat(Mentions.in("> @quoted said\n\n- @listed")).containsExactly("quoted", "listed");
    }

    @Test
    void aNameMayBeAnAddressOrStandInQuotes() {
        assertThat(Mentions.in("@bob@example.com. @\"Bob the Builder\", @\"x y\"z @\" padded \""))
                .containsExactly("bob@example.com", "Bob the Builder", "x y", "padded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.com",
                "first.last+tag@example.com",
                "https://social.example/@bob",
                "\\@bob",
                "@@bob",
                "@ bob",
                "@",
                "@.bob",
                "@\"\"",
                "@\"\n\"",
                "@\"a\tb\"",
                "`@bob`",
                "``a ` @bob``",
                "`two\nlines @bob`",
                "```\n@bob\n```",
                "~~~~ java\n@Override\n~~~\n@bob\n~~~~",
                "> ```\n> @bob\n> ```",
                "```\n@bob never closed",
                "    @Override\n    @bob",
                "text\n\n\t@bob",
                "user@host:~/@bob"
            })
    void theseMentionNobody(String text) {
        assertThat(Mentions.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`code` @bob",
                "`never closed @bob",
                "a ` b `` c @bob",
                "\\`@bob\\`",
                "`ends here\n\n@bob not code`",
                "```\ncode\n```\n@bob",
                "``` not a fence ``` @bob",
                "text\n    @bob goes on",
                "\r\n@bob\r\n",
                "~~@bob~~"
            })
    void theseMentionBob(String text) {
        assertThat(Mentions.in(text)).containsExactly("bob");
    }

    @Test
    void noMoreThanTwentyAreFoundAndNoneThatIsTooLong() {
        String many = IntStream.range(0, 50).mapToObj(i -> "@p" + i).collect(Collectors.joining(" "));
        assertThat(Mentions.in(many)).hasSize(Mentions.MAX).startsWith("p0").endsWith("p19");
        assertThat(Mentions.in("@" + "x".repeat(129) + " @" + "y".repeat(128))).containsExactly("y".repeat(128));
    }

    /** The longest comments of the worst kinds. */
    @Test
    void noTextTakesLong() {
        int most = 65_536;
        List<String> worst = List.of(
                "@" + "a.".repeat(most / 2),
                "@a@".repeat(most / 3),
                "`".repeat(most),
                "` `` ``` ".repeat(most / 9),
                IntStream.range(1, 350).mapToObj("`"::repeat).collect(Collectors.joining(" ")) + "@b",
                "> ".repeat(most / 2),
                "@\"".repeat(most / 2),
                "```\n".repeat(most / 4),
                "@" + "+".repeat(most));
        for (String text : worst) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Mentions.in(text));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTextIsRead(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(60), 0, 12)
                    .mapToObj(at -> "@`~\"\\\n >\tab.".substring(at, at + 1))
                    .collect(Collectors.joining());
            assertThatCode(() -> Mentions.in(text)).doesNotThrowAnyException();
            assertThat(Mentions.in(text)).allSatisfy(name -> assertThat(name).isEqualTo(Texts.line("name", name, 128)));
        }
    }
}
