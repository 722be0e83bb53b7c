package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.simulation.Household;
import io.ticketmesh.simulation.Resident;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.webhook.Addressee.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Tell one receiver what happens on the machines of a scenario.
 *
 * <pre>
 * answer 500      what the receiver answers from now on; at first 204
 * take 5000       how many milliseconds a message is on its way from now on
 * told            what the receiver heard since it was asked last, by whom, and what it answered
 * deliveries      what each machine knows of what became of each event; machines that know the same stand together
 * </pre>
 */
public final class Clerks implements Household {
    private static final long SOON_MILLIS = 100;

    private final Addressee addressee = new Addressee(SOON_MILLIS);
    private final BiFunction<ReplicaReader, Addressee, Clerk> hiring;

    /** The last one of each node. */
    private final Map<NodeId, Clerk> clerks = new LinkedHashMap<>();

    private int reported;

    public Clerks() {
        this(Clerk::new);
    }

    /** @param hiring makes clerks; {@code Clerk::new}, or those of bad habits */
    Clerks(BiFunction<ReplicaReader, Addressee, Clerk> hiring) {
        this.hiring = hiring;
    }

    @Override
    public Resident moveIn(ReplicaReader reader) {
        Clerk clerk = hiring.apply(reader, addressee);
        clerks.put(reader.node(), clerk);
        return clerk;
    }

    @Override
    public boolean understands(String command) {
        return List.of("answer", "take", "told", "deliveries").contains(command);
    }

    @Override
    public List<String> perform(List<String> words) {
        return switch (words.get(0)) {
            case "told" -> told();
            case "deliveries" -> deliveries();
            case "answer" -> {
                int status = Integer.parseInt(words.get(1));
                addressee.answer(id -> status);
                yield List.of();
            }
            default -> {
                long millis = Long.parseLong(words.get(1));
                addressee.take(() -> millis);
                yield List.of();
            }
        };
    }

    private List<String> told() {
        List<Told> all = addressee.told();
        List<String> lines = all.subList(reported, all.size()).stream()
                .map(told -> describe(told.delivery()) + " by " + told.by() + ": " + told.status())
                .toList();
        reported = all.size();
        return lines.isEmpty() ? List.of("nothing") : lines;
    }

    private List<String> deliveries() {
        Map<String, List<String>> knowing = new LinkedHashMap<>();
        clerks.forEach((node, clerk) -> clerk.deliveries().stream()
                .sorted(Comparator.comparing(Delivery::eventId))
                .forEach(delivery -> knowing.computeIfAbsent(became(delivery), fresh -> new ArrayList<>())
                        .add(node.toString())));
        return knowing.entrySet().stream()
                .map(known -> String.join(", ", known.getValue()) + ": " + known.getKey())
                .toList();
    }

    private static String describe(Delivery delivery) {
        return delivery.type() + " of " + delivery.ticket() + " as " + delivery.id();
    }

    private static String became(Delivery delivery) {
        return describe(delivery) + " " + delivery.state().text() + ", tried by "
                + delivery.attempts().stream()
                        .map(attempt -> attempt.node() + " (" + attempt.status() + ")")
                        .collect(Collectors.joining(", "));
    }
}
