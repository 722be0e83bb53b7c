package io.ticketmesh.webhook;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What one node noted of its deliveries with one webhook: a place for each of the last {@link #PLACES}. What will be tried again keeps
 * its place; there are places for {@link #MAX_PENDING} of that. Owned by its route.
 */
final class DeliveryLog {
    static final int PLACES = 100;
    static final int MAX_PENDING = 50;

    private final Map<String, Delivery> byPlace;
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> unwritten = new HashSet<>();

    DeliveryLog(Map<String, Delivery> kept) {
        byPlace = new HashMap<>(kept);
        kept.forEach((place, delivery) -> places.put(delivery.id(), place));
    }

    Collection<Delivery> all() {
        return byPlace.values();
    }

    int pending() {
        return (int) byPlace.values().stream().filter(DeliveryLog::isPending).count();
    }

    private static boolean isPending(Delivery delivery) {
        return delivery.state() == Delivery.State.PENDING;
    }

    void put(Delivery delivery) {
        String known = places.get(delivery.id());
        String place = known == null ? freePlace() : known;
        places.put(delivery.id(), place);
        byPlace.put(place, delivery);
        unwritten.add(place);
    }

    private String freePlace() {
        for (int place = 0; place < PLACES; place++) {
            if (!byPlace.containsKey(name(place))) {
                return name(place);
            }
        }
        Optional<Map.Entry<String, Delivery>> oldest = byPlace.entrySet().stream()
                .filter(entry -> !isPending(entry.getValue()))
                .min(Comparator.comparing(
                        entry -> Objects.requireNonNullElse(entry.getValue().lastAt(), Instant.MIN)));
        Map.Entry<String, Delivery> given = oldest.orElseThrow(); // more places than may be pending
        places.remove(given.getValue().id());
        return given.getKey();
    }

    private static String name(int place) {
        return place < 10 ? "0" + place : String.valueOf(place);
    }

    /** Changes all that will be tried again. */
    void changePending(UnaryOperator<Delivery> change) {
        for (Delivery delivery : Set.copyOf(byPlace.values())) {
            Delivery changed = isPending(delivery) ? change.apply(delivery) : delivery;
            if (!changed.equals(delivery)) {
                put(changed);
            }
        }
    }

    boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    /** What was not written yet, which counts as written then. */
    Map<String, Delivery> takeUnwritten() {
        Map<String, Delivery> taken = new HashMap<>();
        unwritten.forEach(place -> taken.put(place, Objects.requireNonNull(byPlace.get(place))));
        unwritten.clear();
        return taken;
    }

    /** What was taken could not be written. */
    void giveBack(Set<String> taken) {
        unwritten.addAll(taken);
    }
}
