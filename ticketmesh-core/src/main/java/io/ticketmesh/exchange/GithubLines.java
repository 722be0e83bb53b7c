package io.ticketmesh.exchange;

import io.ticketmesh.json.Field;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonStream;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The issues of an archive of a GitHub repository as lines. Pull requests are passed over.
 *
 * <p>The external id is {@code github:owner/name#number}. Labels become tags; the first assignee becomes the assignee, the author and
 * the other assignees watch. The address goes to the custom field {@code url}. Who closed an issue is not in the archive: it is said to
 * be {@code ghost}, GitHub's name for somebody unknown, as are authors that are gone.
 */
final class GithubLines implements Lines {
    private static final String GHOST = "ghost";
    private static final int ELEMENT_CHARS = 64 << 20;
    private static final JsonLimits LIMITS = JsonLimits.DEFAULT
            .withDocumentBytes(4L << 30)
            .withStringChars(1 << 22)
            .withNameChars(1 << 16);

    private final InputStream input;
    private final Workflow workflow;
    private String repository = "";

    GithubLines(InputStream input, Workflow workflow) {
        this.input = input;
        this.workflow = workflow;
    }

    @Override
    public void read(Visitor visitor) throws IOException {
        new JsonStream(Set.of("repo", "issues", "pulls"), LIMITS, ELEMENT_CHARS).read(input, (member, element) -> {
            if (member.equals("repo")) {
                repository = element instanceof JsonString name ? name.text() : "";
            } else if (member.equals("pulls")) {
                visitor.passedOver();
            } else {
                hand(element, visitor);
            }
        });
    }

    private void hand(JsonValue element, Visitor visitor) throws IOException {
        List<String> tokens = element.pointer().tokens();
        long row = tokens.size() < 2 ? 1 : Long.parseLong(tokens.get(1)) + 1;
        if (repository.isBlank()) {
            throw new UnreadableSourceException(
                    "The archive does not say in 'repo', before 'issues', what it is an archive of");
        }
        JsonValue line;
        try {
            Violations violations = new Violations();
            Map<String, @Nullable Object> tree = line(ObjectForm.of(element, violations));
            violations.throwIfAny();
            // Written and read again, so that every value knows its place in the line.
            line = Json.parse(JsonWriter.bytes(json -> json.value(tree)), LIMITS);
        } catch (InvalidJsonException invalid) {
            visitor.bad(row, invalid.violations().get(0));
            return;
        }
        visitor.line(row, line, List.of());
    }

    private Map<String, @Nullable Object> line(ObjectForm issue) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        List<String> labels = names(issue.any("labels"));
        String author = author(issue);
        List<String> assignees = names(issue.any("assignees"));
        Field<Long> number = issue.integer("number", 1, Long.MAX_VALUE).required();
        line.put("externalId", "github:" + repository + "#" + number.valueOr(0L));
        line.put("title", issue.string("title").valueOrNull());
        line.put("description", issue.string("body").valueOr(""));
        String type = labels.stream().anyMatch("bug"::equalsIgnoreCase) ? "bug" : "task";
        if (workflow.types().contains(type)) {
            line.put("type", type);
        }
        line.put("tags", labels);
        line.put("createdBy", author);
        line.put("createdAt", issue.instant("createdAt").required().valueOrNull());
        line.put("updatedAt", issue.instant("updatedAt").valueOrNull());
        line.put("assignee", assignees.isEmpty() ? null : assignees.get(0));
        Set<String> watchers = new LinkedHashSet<>();
        watchers.add(author);
        watchers.addAll(assignees.subList(Math.min(1, assignees.size()), assignees.size()));
        line.put("watchers", watchers);
        issue.string("url").ifValue(url -> line.put("customFields", Map.of("url", url)));
        addStatus(issue, labels, author, line);
        List<Object> comments = new ArrayList<>();
        issue.forms("comments").ifValue(forms -> forms.forEach(form -> comments.add(comment(form))));
        line.put("comments", comments);
        return line;
    }

    private void addStatus(ObjectForm issue, List<String> labels, String author, Map<String, @Nullable Object> line) {
        List<Object> trail = new ArrayList<>();
        Status open =
                workflow.knows(Status.OPEN) ? Status.OPEN : workflow.initial().get(0);
        trail.add(step(open, null, author, issue.instant("createdAt").valueOrNull()));
        Status status = open;
        if (issue.string("state").valueOr("").equalsIgnoreCase("closed")) {
            status = closed();
            String resolution = resolution(issue.string("stateReason").valueOr(""), labels);
            Instant at =
                    issue.instant("closedAt").valueOr(issue.instant("updatedAt").valueOr(Instant.EPOCH));
            trail.add(step(status, resolution, GHOST, at));
            line.put("resolution", resolution);
        }
        line.put("status", status.name());
        line.put("trail", trail);
    }

    private Status closed() {
        return workflow.knows(Status.CLOSED)
                ? Status.CLOSED
                : workflow.states().stream()
                        .filter(status -> workflow.category(status) == StatusCategory.DONE)
                        .findFirst()
                        .orElse(workflow.initial().get(0));
    }

    private String resolution(String reason, List<String> labels) {
        String wanted = switch (reason.toLowerCase(Locale.ROOT)) {
            case "not_planned" -> "wont_fix";
            case "duplicate" -> "duplicate";
            case "completed" -> "fixed";
            default -> resolutionOf(labels);
        };
        return workflow.resolutions().contains(wanted)
                ? wanted
                : workflow.resolutions().get(0);
    }

    private static String resolutionOf(List<String> labels) {
        for (String label : labels) {
            switch (label.toLowerCase(Locale.ROOT)) {
                case "wontfix", "won't fix" -> {
                    return "wont_fix";
                }
                case "duplicate", "invalid" -> {
                    return label.toLowerCase(Locale.ROOT);
                }
                default -> {
                    // says nothing about why the issue was closed
                }
            }
        }
        return "fixed";
    }

    private static Map<String, @Nullable Object> comment(ObjectForm form) {
        Map<String, @Nullable Object> comment = new LinkedHashMap<>();
        String author = author(form);
        Instant createdAt = form.instant("createdAt").required().valueOrNull();
        Instant updatedAt = form.instant("updatedAt").valueOrNull();
        comment.put("author", author);
        comment.put("createdAt", createdAt);
        comment.put("body", form.string("body").valueOr(""));
        if (createdAt != null && updatedAt != null && updatedAt.isAfter(createdAt)) {
            comment.put("editedBy", author);
            comment.put("editedAt", updatedAt);
        }
        return comment;
    }

    private static Map<String, @Nullable Object> step(
            Status status, @Nullable String resolution, String actor, @Nullable Instant at) {
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("status", status.name());
        step.put("resolution", resolution);
        step.put("by", actor);
        step.put("at", at);
        return step;
    }

    private static String author(ObjectForm form) {
        return form.any("author")
                .optional()
                .map(GithubLines::name)
                .filter(name -> !name.isBlank())
                .orElse(GHOST);
    }

    private static List<String> names(Field<JsonValue> field) {
        List<String> names = new ArrayList<>();
        if (field.hasValue() && field.value() instanceof JsonArray array) {
            array.elements().stream()
                    .map(GithubLines::name)
                    .filter(name -> !name.isBlank())
                    .forEach(names::add);
        }
        return names;
    }

    /** Archives name people and labels by a text or by an object. */
    private static String name(JsonValue value) {
        if (value instanceof JsonObject tree) {
            return tree.member("login")
                    .or(() -> tree.member("name"))
                    .map(GithubLines::name)
                    .orElse("");
        }
        return value instanceof JsonString text ? text.text() : "";
    }
}
