package io.ticketmesh.wire;

import io.ticketmesh.replica.Message;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The numbers of the types of messages. Append only, like {@link WireIds}; at most 255. */
final class MessageTypes {
    static final int HELLO = 1;
    static final int BYE = 2;
    static final int HINT = 3;
    static final int ACK = 4;
    static final int DIGEST = 5;
    static final int PULL = 6;
    static final int OPERATIONS = 7;
    static final int SNAPSHOT_REQUEST = 8;
    static final int SNAPSHOT_PART = 9;
    static final int CONTENT_SUMS = 10;
    static final int BLOB_REQUEST = 11;
    static final int BLOB_PART = 12;

    private static final List<MessageForm<?>> FORMS = List.of(
            new HelloForm(),
            new ByeForm(),
            new HintForm(),
            new AckForm(),
            new DigestForm(),
            new PullForm(),
            new OperationsForm(),
            new SnapshotRequestForm(),
            new SnapshotPartForm(),
            new ContentSumsForm(),
            new BlobRequestForm(),
            new BlobPartForm());

    private static final Map<Integer, MessageForm<?>> BY_TYPE =
            FORMS.stream().collect(Collectors.toUnmodifiableMap(MessageForm::type, Function.identity()));
    private static final Map<Class<?>, MessageForm<?>> BY_CLASS =
            FORMS.stream().collect(Collectors.toUnmodifiableMap(MessageForm::messages, Function.identity()));

    private MessageTypes() {}

    /** The form of that type; null when it is unknown. */
    static @Nullable MessageForm<?> form(int type) {
        return BY_TYPE.get(type);
    }

    static MessageForm<?> formOf(Message message) {
        MessageForm<?> form = BY_CLASS.get(message.getClass());
        if (form == null) {
            throw new IllegalStateException(message.getClass() + " has no type");
        }
        return form;
    }
}
