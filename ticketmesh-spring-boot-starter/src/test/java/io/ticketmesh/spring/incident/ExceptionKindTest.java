package io.ticketmesh.spring.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExceptionKindTest {
    private static final List<String> OWN = List.of("com.shop");

    private static RuntimeException thrown(StackTraceElement... frames) {
        RuntimeException thrown = new IllegalStateException("message " + System.nanoTime());
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, "File.java", line);
    }

    private static String keyOf(Throwable thrown) {
        return ExceptionKind.of(thrown, OWN).dedupKey();
    }

    @Test
    void linesMessagesAndInventedNumbersDoNotMatter() {
        Throwable monday = thrown(
                frame("java.util.Objects", "requireNonNull", 1),
                frame("com.shop.Cart", "lambda$add$3", 10),
                frame("com.shop.Cart$$SpringCGLIB$$0", "add", -1),
                frame("com.shop.Desk$1", "run", 5),
                frame("jdk.internal.reflect.GeneratedMethodAccessor12", "invoke", -1));
        Throwable tuesday = thrown(
                frame("com.shop.Cart", "lambda$add$17", 99),
                frame("com.shop.Cart$$SpringCGLIB$$4", "add", -1),
                frame("com.shop.Desk$2", "run", 55));

        assertThat(keyOf(monday)).isEqualTo(keyOf(tuesday));
        assertThat(keyOf(monday))
                .isEqualTo("exception java.lang.IllegalStateException at com.shop.Cart.lambda$add < com.shop.Cart.add"
                        + " < com.shop.Desk.run");
        assertThat(ExceptionKind.of(monday, OWN).title()).isEqualTo("IllegalStateException in Cart.lambda$add");
    }

    @Test
    void anotherClassOrAnotherPlaceIsAnotherIncident() {
        Throwable one = thrown(frame("com.shop.Cart", "add", 1));
        Throwable elsewhere = thrown(frame("com.shop.Cart", "remove", 1));
        Throwable neighbour = thrown(frame("com.shopping.Cart", "add", 1));
        RuntimeException other = new IllegalArgumentException("x");
        other.setStackTrace(one.getStackTrace());

        assertThat(List.of(keyOf(one), keyOf(elsewhere), keyOf(neighbour), keyOf(other)))
                .doesNotHaveDuplicates();
    }

    @Test
    void wrappersSayNothingOfTheirOwnAndLoopsEnd() {
        Throwable cause = thrown(frame("com.shop.Cart", "add", 1));
        assertThat(keyOf(new ExecutionException(cause))).isEqualTo(keyOf(cause));
        assertThat(ExceptionKind.root(new RuntimeException(new ExecutionException(cause))))
                .isSameAs(cause);

        Throwable one = new RuntimeException("one");
        Throwable two = new RuntimeException("two", one);
        one.initCause(two);
        assertThat(ExceptionKind.root(one)).isIn(one, two);
    }

    @Test
    void whatHasNoFrameOfTheApplicationIsToldByItsFirst() {
        Supplier<Throwable> library = () -> thrown(frame("lib.Pool", "take", 1), frame("lib.Pool", "get", 2));
        assertThat(keyOf(library.get())).endsWith("lib.Pool.take < lib.Pool.get");
        assertThat(ExceptionKind.of(thrown(), OWN).title()).isEqualTo("IllegalStateException");
    }
}
