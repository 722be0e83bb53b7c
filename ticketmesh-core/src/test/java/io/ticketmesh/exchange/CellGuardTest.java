package io.ticketmesh.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellGuardTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain     | plain
            =1+1      | '=1+1
            +49       | '+49
            -1        | '-1
            @here     | '@here
            'quoted'  | 'quoted'
            '=x       | ''=x
            '-x       | ''-x
            ''        | '''
            ''x       | '''x
            '''=x     | ''''=x
            '         | '
            a=b       | a=b
            """)
    void formulasAreGuarded(String text, String cell) {
        assertThat(CellGuard.guarded(text)).isEqualTo(cell);
        assertThat(CellGuard.unguarded(cell)).isEqualTo(text);
    }

    @Test
    void controlCharactersAreGuardedToo() {
        assertThat(CellGuard.guarded("\t=x")).isEqualTo("'\t=x");
        assertThat(CellGuard.guarded("\r=x")).isEqualTo("'\r=x");
        assertThat(CellGuard.guarded("\n=x")).isEqualTo("'\n=x");
        assertThat(CellGuard.guarded("")).isEmpty();
    }

    /** Spreadsheets of East Asia take these for their narrow forms. */
    @Test
    void wideSignsAreGuardedToo() {
        for (String sign : List.of("\uFF1D", "\uFF0B", "\uFF0D", "\uFF20")) {
            assertThat(CellGuard.guarded(sign + "1")).isEqualTo("'" + sign + "1");
            assertThat(CellGuard.unguarded("'" + sign + "1")).isEqualTo(sign + "1");
        }
    }

    @Test
    void everyShortTextComesBackAndNoneLooksLikeAFormula() {
        String alphabet = "'=+-@\t\rx";
        for (int length = 0, count = 1; length <= 4; length++, count *= alphabet.length()) {
            for (int i = 0; i < count; i++) {
                StringBuilder text = new StringBuilder();
                for (int rest = i, at = 0; at < length; at++, rest /= alphabet.length()) {
                    text.append(alphabet.charAt(rest % alphabet.length()));
                }
                String cell = CellGuard.guarded(text.toString());
                assertThat(CellGuard.unguarded(cell)).isEqualTo(text.toString());
                assertThat(cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0)
                        .isTrue();
            }
        }
    }

    @Test
    void listsInACellComeBack() {
        List<String> texts = List.of("a", "b;c", "\\", ";", "d\\;e", "f g");

        assertThat(CellList.split(CellList.join(texts))).isEqualTo(texts);
        assertThat(CellList.join(texts)).isEqualTo("a; b\\;c; \\\\; \\;; d\\\\\\;e; f g");
        assertThat(CellList.split(" a ;; b;")).containsExactly("a", "b");
        assertThat(CellList.split("")).isEmpty();
    }
}
