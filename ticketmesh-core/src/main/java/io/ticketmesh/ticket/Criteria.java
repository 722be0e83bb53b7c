package io.ticketmesh.ticket;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a list shall show, in the words that people use, and makes a {@link TicketFilter} of it. The Java API, the
 * parameters of REST and the query language all come through here, so the same words mean the same everywhere.
 *
 * <p>Every call adds a condition, and all must be met; the values of one call are alternatives. Names of states, categories,
 * priorities, types, resolutions and queues are taken in any case. A call that cannot be understood throws an
 * {@link InvalidQueryException} that names the parameter and what is allowed, and adds nothing. Not thread-safe.
 */
public final class Criteria {
    /** Stands for the user who asks, where a person is expected. */
    public static final String ME = "@me";

    /** Stands for nobody, where an assignee is expected. */
    public static final String NONE = "none";

    private final Workflow workflow;
    private final @Nullable String user;
    private final Instant now;
    private final ZoneId zone;
    private final List<Criterion> collected = new ArrayList<>();
    private boolean deletedToo;

    /**
     * Days end in UTC.
     *
     * @param user who asks; null when unknown, and then {@link #ME} is refused
     * @param now decides what is overdue
     */
    public Criteria(Workflow workflow, @Nullable String user, Instant now) {
        this(workflow, TimeRules.standard(), user, now);
    }

    /**
     * @param rules say where the day of a due date ends
     * @param user who asks; null when unknown, and then {@link #ME} is refused
     * @param now decides what is overdue
     */
    public Criteria(Workflow workflow, TimeRules rules, @Nullable String user, Instant now) {
        this.workflow = workflow;
        this.user = user;
        this.now = now;
        this.zone = rules.zone();
    }

    /** In one of these states of the workflow. */
    public Criteria status(String... states) {
        return add(statusIn(Arrays.asList(states), false));
    }

    /** In a state of one of these categories: open, waiting, done. A state that the workflow does not know is open. */
    public Criteria category(String... categories) {
        return add(categoryIn(Arrays.asList(categories), false));
    }

    /** Of one of these priorities: low, normal, high, urgent. */
    public Criteria priority(String... priorities) {
        return add(priorityIn(Arrays.asList(priorities), false));
    }

    /** Given to one of these people; {@link #ME} and {@link #NONE} are understood. */
    public Criteria assignee(String... names) {
        List<String> people = Arrays.stream(names)
                .map(name -> name.equals(NONE) ? "" : person("assignee", name))
                .toList();
        return add(anyOf(Criterion.Field.ASSIGNEE, people, false));
    }

    /** Reported by one of these people; {@link #ME} is understood. */
    public Criteria reporter(String... names) {
        return add(anyOf(Criterion.Field.REPORTER, people("reporter", names), false));
    }

    /** Watched by one of these people; {@link #ME} is understood. */
    public Criteria watcher(String... names) {
        return add(anyOf(Criterion.Field.WATCHER, people("watcher", names), false));
    }

    /** In one of these queues. */
    public Criteria queue(String... queues) {
        return add(queueIn(Arrays.asList(queues), false));
    }

    /** Of one of the workflow's types. */
    public Criteria type(String... types) {
        return add(typeIn(Arrays.asList(types), false));
    }

    /** Done for one of these reasons of the workflow. */
    public Criteria resolution(String... resolutions) {
        return add(resolutionIn(Arrays.asList(resolutions), false));
    }

    /** With all of these tags, in whatever case. */
    public Criteria tags(String... tags) {
        for (String tag : tags) {
            add(tagIn(List.of(tag), false));
        }
        return this;
    }

    /** With at least one of these tags, in whatever case. */
    public Criteria anyTag(String... tags) {
        return add(tagIn(Arrays.asList(tags), false));
    }

    /** With none of these tags, in whatever case. */
    public Criteria withoutTags(String... tags) {
        return add(tagIn(Arrays.asList(tags), true));
    }

    /** Imported from, or tied to, one of these names in another system. */
    public Criteria externalId(String... ids) {
        return add(anyOf(Criterion.Field.EXTERNAL_ID, Arrays.asList(ids), false));
    }

    /** Created at {@code time} or later. */
    public Criteria createdAfter(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.CREATED, time, null));
    }

    /** Created before {@code time}. */
    public Criteria createdBefore(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.CREATED, null, time));
    }

    /** Changed at {@code time} or later. */
    public Criteria updatedAfter(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.UPDATED, time, null));
    }

    /** Last changed before {@code time}. */
    public Criteria updatedBefore(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.UPDATED, null, time));
    }

    /** Due at {@code time} or later. */
    public Criteria dueAfter(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.DUE, time, null));
    }

    /** Due before {@code time}. */
    public Criteria dueBefore(Instant time) {
        return add(new Criterion.Between(Criterion.TimeField.DUE, null, time));
    }

    /** Due before now and not in a done state; or, for false, all others. */
    public Criteria overdue(boolean overdue) {
        return add(overdueIs(overdue));
    }

    /** With values that lost a conflict and wait to be settled; or, for false, without. */
    public Criteria conflict(boolean conflict) {
        return add(new Criterion.HasConflict(!conflict));
    }

    /** Deleted tickets too; without this call, only those that are not deleted. */
    public Criteria deletedToo() {
        deletedToo = true;
        return this;
    }

    /** Deleted tickets only. */
    public Criteria deletedOnly() {
        return add(new Criterion.Deleted(false));
    }

    /** What {@code text} says in the query language; see {@link QueryLanguage}. */
    public Criteria query(String text) {
        new QueryLanguage(this).parse(text).forEach(this::add);
        return this;
    }

    /** Any other condition. */
    public Criteria add(Criterion criterion) {
        collected.add(criterion);
        return this;
    }

    /** All conditions so far; deleted tickets are left out unless a condition is about them or {@link #deletedToo} was called. */
    public TicketFilter filter() {
        boolean speaksOfDeleted = deletedToo || collected.stream().anyMatch(Criterion.Deleted.class::isInstance);
        TicketFilter filter = new TicketFilter(collected);
        return speaksOfDeleted ? filter : filter.and(new Criterion.Deleted(true));
    }

    Criterion statusIn(List<String> states, boolean negated) {
        Set<String> known =
                workflow.states().stream().map(Status::name).collect(Collectors.toCollection(LinkedHashSet::new));
        return anyOf(Criterion.Field.STATUS, known("status", states, known), negated);
    }

    Criterion categoryIn(List<String> names, boolean negated) {
        List<String> labels = Arrays.stream(StatusCategory.values())
                .map(StatusCategory::label)
                .toList();
        List<String> wanted = known("category", names, labels);
        boolean open = wanted.contains(StatusCategory.OPEN.label());
        // unknown states are open, and only the others can be listed
        List<String> states = statesWhere(category -> wanted.contains(category.label()) != open);
        return anyOf(Criterion.Field.STATUS, states, negated != open);
    }

    Criterion priorityIn(List<String> names, boolean negated) {
        List<String> known = Priority.ALL.stream().map(Priority::name).toList();
        return anyOf(Criterion.Field.PRIORITY, known("priority", names, known), negated);
    }

    Criterion typeIn(List<String> types, boolean negated) {
        return anyOf(Criterion.Field.TYPE, known("type", types, workflow.types()), negated);
    }

    Criterion resolutionIn(List<String> resolutions, boolean negated) {
        return anyOf(Criterion.Field.RESOLUTION, known("resolution", resolutions, workflow.resolutions()), negated);
    }

    Criterion queueIn(List<String> queues, boolean negated) {
        List<String> folded =
                queues.stream().map(queue -> queue.toLowerCase(Locale.ROOT)).toList();
        return anyOf(Criterion.Field.QUEUE, folded, negated);
    }

    Criterion tagIn(List<String> tags, boolean negated) {
        List<String> folded = tags.stream().map(tag -> Tag.of(tag).folded()).toList();
        return anyOf(Criterion.Field.TAG, folded, negated);
    }

    Criterion overdueIs(boolean overdue) {
        List<String> done = statesWhere(category -> category == StatusCategory.DONE);
        return new Criterion.Overdue(now, zone, Set.copyOf(done), !overdue);
    }

    String person(String field, String name) {
        if (!name.equals(ME)) {
            return name;
        }
        if (user == null) {
            throw new InvalidQueryException(field, "no-user", "says '@me', but nobody is signed in", -1, List.of());
        }
        return user;
    }

    private List<String> people(String field, String... names) {
        return Arrays.stream(names).map(name -> person(field, name)).toList();
    }

    private List<String> statesWhere(Predicate<StatusCategory> wanted) {
        return workflow.states().stream()
                .filter(state -> wanted.test(workflow.category(state)))
                .map(Status::name)
                .toList();
    }

    static Criterion anyOf(Criterion.Field field, Collection<String> values, boolean negated) {
        return new Criterion.AnyOf(field, new LinkedHashSet<>(values), negated);
    }

    private static List<String> known(String field, List<String> names, Collection<String> allowed) {
        List<String> folded = new ArrayList<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!allowed.contains(lower)) {
                throw new InvalidQueryException(
                        field,
                        "unknown-value",
                        "is '" + name + "', not one of " + String.join(", ", allowed),
                        -1,
                        List.copyOf(allowed));
            }
            folded.add(lower);
        }
        return folded;
    }
}
