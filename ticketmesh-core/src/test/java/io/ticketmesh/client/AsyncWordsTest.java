package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The client that does not wait has the same words as the one that does. */
class AsyncWordsTest {
    private static final Map<Class<?>, Class<?>> GROUPS = Map.of(
            TicketMeshClient.class, AsyncTicketMeshClient.class,
            RemoteViews.class, AsyncRemoteViews.class,
            RemoteReplies.class, AsyncRemoteReplies.class,
            RemoteWebhooks.class, AsyncRemoteWebhooks.class,
            RemoteIncidents.class, AsyncRemoteIncidents.class,
            RemoteErasures.class, AsyncRemoteErasures.class,
            RemoteBundle.class, AsyncRemoteBundle.class);

    /** What is about the client itself or files of this machine, or is told to a listener. */
    private static final Set<String> FOR_THOSE_WHO_WAIT = Set.of(
            "async()",
            "acknowledgedBy(Acknowledgement, Duration)",
            "onlyIf(String)",
            "session()",
            "session(String)",
            "token()",
            "servers()",
            "statistics()",
            "close()",
            "attach(String, Path)",
            "events(RemoteEventListener)",
            "events(Consumer, String, RemoteEventListener)",
            "write(OutputStream)",
            "write(Path)");

    @Test
    void whatOneCanWaitForOneCanAlsoNotWaitFor() {
        GROUPS.forEach((waiting, async) -> {
            Map<String, Type> words = words(waiting);
            words.keySet().removeAll(FOR_THOSE_WHO_WAIT);
            assertThat(words(async)).as(async.getSimpleName()).isEqualTo(words);
        });
    }

    /** The methods with what they give, or what their futures give. */
    private static Map<String, Type> words(Class<?> type) {
        Map<String, Type> words = new TreeMap<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                String parameters = String.join(
                        ", ",
                        Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList());
                words.put(method.getName() + "(" + parameters + ")", given(method));
            }
        }
        return words;
    }

    private static Type given(Method method) {
        Type given = method.getGenericReturnType();
        if (method.getReturnType() == CompletableFuture.class) {
            Type inner = ((ParameterizedType) given).getActualTypeArguments()[0];
            return inner == Void.class ? void.class : inner;
        }
        Class<?> waiting = GROUPS.entrySet().stream()
                .filter(group -> group.getValue() == given)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        return waiting == null ? given : waiting;
    }
}
