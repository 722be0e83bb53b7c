package io.ticketmesh.simulation;

import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One run of machines that fire the timers of tickets through faults; the seed decides all that happens. For one thread, once. */
public final class TimerSimulation {
    /** After what time without a change residents are to close resolved tickets. */
    public static final Duration QUIET = Duration.ofSeconds(20);

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave");

    /** In which everything falls due. */
    private static final int DUE_MILLIS = 40_000;

    /** After the faults: what is due, its turns, what is closed thereafter, and a second try. */
    private static final long REST_MILLIS = 150_000;

    private final long seed;
    private final World world;
    private final Places places = new Places();
    private final RandomGenerator random;
    private final TimerCheck timers;
    private final boolean calm;

    /**
     * @param residents fire the timers
     * @param calm without any fault
     */
    public TimerSimulation(long seed, Resident.Factory residents, boolean calm) {
        this(seed, residents, calm, TicketNews::eventId);
    }

    /** @param naming how readers know news */
    public TimerSimulation(long seed, Resident.Factory residents, boolean calm, Function<TicketNews, String> naming) {
        this.seed = seed;
        this.calm = calm;
        world = new World(seed, Replica::new);
        random = world.random();
        Chronicle chronicle = new Chronicle(world);
        timers = new TimerCheck(world, places, naming);
        List.of(
                        chronicle,
                        new RestCheck(chronicle, places),
                        new HistoryCheck(chronicle, places),
                        timers,
                        new Residents(world, residents))
                .forEach(world::watch);
    }

    /**
     * @throws AssertionError when a promise was broken; it names the seed
     */
    public TimerSimulation run() {
        try {
            live();
            world.run(REST_MILLIS);
            world.checks().forEach(check -> check.atRest(world.machines()));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("Seed " + seed + ": " + failure.getMessage(), failure);
        }
        return this;
    }

    /** How many firings the readers heard of. */
    public int told() {
        return timers.told();
    }

    /** How many operations note that a timer fired. */
    public long fired() {
        return firings().size();
    }

    /** How many of them note what another one noted already. */
    public long repeated() {
        return firings().size() - firings().stream().distinct().count();
    }

    private List<String> firings() {
        return places.all().stream()
                .flatMap(id -> world.machines().get(0).disk().history(id).stream())
                .flatMap(operation -> operation.changes().stream()
                        .filter(FireTimer.class::isInstance)
                        .map(fired -> operation.ticket() + " " + fired))
                .toList();
    }

    private void live() {
        NAMES.subList(0, 2 + random.nextInt(3)).forEach(name -> world.add(name, Integer.MAX_VALUE));
        world.network().disturb(calm ? 0 : random.nextInt(20), calm ? 0 : random.nextInt(20), 1 + random.nextInt(60));
        world.machines().forEach(Machine::start);
        world.run(calm ? 15_000 : 1 + random.nextInt(15_000));
        Faults faults = new Faults(world);
        int steps = 20 + random.nextInt(30);
        for (int step = 0; step < steps; step++) {
            world.run(1 + random.nextInt(2_500));
            act();
            if (!calm && random.nextInt(3) == 0) {
                faults.strike();
            }
        }
        if (!calm) {
            faults.stop();
        }
        world.machines().forEach(machine -> machine.clock().setOffset(0));
    }

    private void act() {
        Machine machine = world.machines().get(random.nextInt(world.machines().size()));
        List<Change> changes = new ArrayList<>();
        TicketId id;
        if (places.all().isEmpty() || random.nextInt(3) == 0) {
            id = TicketId.timeOrdered(1 + places.all().size(), random.nextLong(), random.nextLong());
            places.add(id);
            changes.add(new CreateTicket("Printer"));
            changes.add(new SetDue(due()));
        } else {
            id = places.all().get(random.nextInt(places.all().size()));
            changes.add(change());
        }
        machine.propose(List.of(Proposal.of(id, "ada", changes)));
    }

    private Change change() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new SetDue(due());
            case 2, 3, 4 -> new SetStatus(Status.PENDING, null, soon());
            case 5 -> new SetStatus(Status.RESOLVED);
            case 6 -> new SetStatus(Status.OPEN);
            case 7 -> random.nextBoolean() ? new DeleteTicket() : new RestoreTicket();
            default -> new SetTitle("Printer " + random.nextInt(9));
        };
    }

    private Due due() {
        return switch (random.nextInt(6)) {
            case 0 -> new Due.On(LocalDate.of(2025, 12, 31).plusDays(random.nextInt(2)));
            case 1 -> Due.NEVER;
            default -> new Due.At(soon());
        };
    }

    private Instant soon() {
        return Instant.ofEpochMilli(
                SimulatedClock.BEGINNING_MILLIS + world.time().nowMillis() + random.nextInt(DUE_MILLIS));
    }
}
