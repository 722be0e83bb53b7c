package io.ticketmesh.spring.rest;

import io.ticketmesh.attachment.AttachmentTooLargeException;
import io.ticketmesh.attachment.BytesAwayException;
import io.ticketmesh.attachment.MediaTypeRefusedException;
import io.ticketmesh.blob.BlobFailedException;
import io.ticketmesh.blob.NoRoomException;
import io.ticketmesh.definition.DefinitionChangedException;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.MalformedJsonException;
import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.node.UnansweredException;
import io.ticketmesh.oplog.RequestReusedException;
import io.ticketmesh.search.SearchFailedException;
import io.ticketmesh.ticket.AmbiguousReferenceException;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.webhook.UnknownWebhookException;
import io.ticketmesh.webhook.WebhookRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.multipart.MultipartException;

/** Turns whatever was thrown into the problem that the client hears of. Nothing of our own inside leaves with it. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    static Problem problem(Throwable thrown) {
        Throwable fault = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isKnown(cause)) {
                fault = cause;
                break;
            }
        }
        if (fault instanceof ProblemException told) {
            return told.problem();
        } else if (fault instanceof MalformedJsonException malformed) {
            return malformed(malformed);
        } else if (fault instanceof InvalidJsonException invalid) {
            return invalid(invalid);
        } else if (fault instanceof InvalidQueryException query) {
            return query(query);
        } else if (fault instanceof InvalidChangeException change) {
            return change(change);
        } else if (fault instanceof TransitionRefusedException refused) {
            return Problem.of(ProblemKind.TRANSITION_REFUSED, sentence(refused))
                    .with("from", refused.from())
                    .with("to", refused.to())
                    .with("allowed", refused.allowed());
        } else if (fault instanceof PreconditionFailedException failed) {
            return Problem.of(ProblemKind.PRECONDITION_FAILED, sentence(failed))
                    .with("etag", EntityTags.quoted(failed.etag()))
                    .withHeader("ETag", EntityTags.quoted(failed.etag()));
        } else if (fault instanceof DefinitionChangedException changed) {
            return changed(changed);
        }
        return outside(fault);
    }

    private static Problem changed(DefinitionChangedException fault) {
        Problem problem = Problem.of(ProblemKind.PRECONDITION_FAILED, sentence(fault));
        String etag = fault.etag();
        return etag == null
                ? problem
                : problem.with("etag", EntityTags.quoted(etag)).withHeader("ETag", EntityTags.quoted(etag));
    }

    private static boolean isKnown(Throwable fault) {
        return fault instanceof ProblemException
                || fault instanceof MalformedJsonException
                || fault instanceof InvalidJsonException
                || fault instanceof ErrorResponse
                || fault instanceof MultipartException;
    }

    private static Problem outside(Throwable fault) {
        if (fault instanceof UnknownTicketException unknown) {
            return Problem.of(ProblemKind.UNKNOWN_TICKET, sentence(unknown));
        } else if (fault instanceof GoneTicketException gone) {
            return Problem.of(gone.purged() ? ProblemKind.PURGED : ProblemKind.DELETED, sentence(gone));
        } else if (fault instanceof AmbiguousReferenceException ambiguous) {
            return Problem.of(ProblemKind.AMBIGUOUS_REFERENCE, sentence(ambiguous))
                    .with("candidates", candidates(ambiguous));
        } else if (fault instanceof UnknownWebhookException unknown) {
            return Problem.of(ProblemKind.UNKNOWN_WEBHOOK, sentence(unknown));
        } else if (fault instanceof WebhookRefusedException refused) {
            return Problem.of(ProblemKind.WEBHOOK_REFUSED, sentence(refused));
        } else if (fault instanceof UnansweredException late) {
            return Problem.of(ProblemKind.WRITE_TIMEOUT, sentence(late)).withHeader("Retry-After", "5");
        } else if (fault instanceof RequestReusedException reused) {
            return Problem.of(ProblemKind.KEY_REUSED, sentence(reused));
        } else if (fault instanceof OverloadedException overloaded) {
            return Problem.of(ProblemKind.OVERLOADED, sentence(overloaded)).withHeader("Retry-After", "1");
        } else if (fault instanceof SearchFailedException) {
            LOG.warn("The search index failed", fault);
            return Problem.of(ProblemKind.SEARCH_UNAVAILABLE, "The search index cannot answer; lists without words can")
                    .withHeader("Retry-After", "5");
        } else if (fault instanceof AttachmentTooLargeException large) {
            return Problem.of(ProblemKind.TOO_LARGE, sentence(large)).with("limit", large.maxBytes());
        } else if (fault instanceof MediaTypeRefusedException refused) {
            return Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, sentence(refused))
                    .with("mediaType", refused.mediaType())
                    .with("supported", refused.allowed())
                    .withHeader("Accept", String.join(", ", refused.allowed()));
        } else if (fault instanceof BytesAwayException away) {
            return Problem.of(ProblemKind.BYTES_AWAY, sentence(away)).withHeader("Retry-After", "5");
        } else if (fault instanceof NoRoomException) {
            LOG.warn("There is no room for attachments", fault);
            return Problem.of(ProblemKind.NO_ROOM, "The node has no room left for attachments; nothing was kept");
        } else if (fault instanceof BlobFailedException) {
            LOG.warn("An attachment could not be stored or read", fault);
            return Problem.of(ProblemKind.ATTACHMENTS_UNAVAILABLE, "The disk for attachments failed; nothing was kept")
                    .withHeader("Retry-After", "60");
        } else if (fault instanceof ReadOnlyException) {
            return Problem.of(
                            ProblemKind.READ_ONLY,
                            "The node takes no writes: it was configured so, it is stopping, or its disk failed")
                    .withHeader("Retry-After", "60");
        } else if (fault instanceof MultipartException) {
            return Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Multipart bodies are not taken here")
                    .withHeader("Accept", "application/json");
        } else if (fault instanceof HttpMessageConversionException) {
            return Problem.of(ProblemKind.MALFORMED_REQUEST, "The body cannot be read");
        } else if (fault instanceof ErrorResponse response) {
            int status = response.getStatusCode().value();
            ProblemKind kind = ProblemKind.of(status);
            return kind == ProblemKind.INTERNAL
                    ? incident(fault)
                    : Problem.of(kind, kind.title()).withStatus(status);
        }
        return incident(fault);
    }

    private static Problem malformed(MalformedJsonException fault) {
        boolean large = fault.reason() == MalformedJsonException.Reason.TOO_LARGE;
        return Problem.of(large ? ProblemKind.TOO_LARGE : ProblemKind.MALFORMED_JSON, sentence(fault))
                .with("line", fault.line())
                .with("column", fault.column())
                .with("offset", fault.offset());
    }

    private static Problem invalid(InvalidJsonException fault) {
        List<ProblemError> errors =
                fault.violations().stream().map(ProblemError::of).toList();
        int count = errors.size() + fault.omitted();
        String detail = count == 1 ? fault.violations().get(0).toString() : "The body breaks " + count + " rules";
        return Problem.of(ProblemKind.INVALID, detail).withErrors(errors);
    }

    private static Problem query(InvalidQueryException fault) {
        Object limit = fault.allowed().isEmpty() ? fault.limit().orElse(null) : fault.allowed();
        Problem problem = Problem.of(
                        ProblemKind.INVALID_PARAMETER, "The parameter '" + fault.field() + "' " + fault.problem())
                .with(ProblemError.parameter(fault.field(), fault.code(), fault.problem(), limit));
        return fault.position().isPresent()
                ? problem.with("position", fault.position().getAsInt())
                : problem;
    }

    private static Problem change(InvalidChangeException fault) {
        boolean exists = fault.code().equals("exists");
        String pointer = "/" + fault.field().replace('.', '/');
        return Problem.of(exists ? ProblemKind.EXISTS : ProblemKind.INVALID, sentence(fault))
                .with(new ProblemError(
                        ProblemError.Place.POINTER,
                        pointer,
                        fault.code(),
                        fault.problem(),
                        fault.limit().orElse(null)));
    }

    private static List<Map<String, Object>> candidates(AmbiguousReferenceException fault) {
        List<Map<String, Object>> candidates = new ArrayList<>();
        fault.candidates().forEach(id -> {
            Map<String, Object> candidate = new LinkedHashMap<>();
            candidate.put("id", id.toString());
            candidate.put("key", id.key().toString());
            candidates.add(candidate);
        });
        return candidates;
    }

    private static Problem incident(Throwable fault) {
        String incident = UUID.randomUUID().toString();
        LOG.error("Request failed, incident {}", incident, fault);
        return Problem.of(
                        ProblemKind.INTERNAL,
                        "Something failed that should not. The log tells more under the incident's id")
                .with("incident", incident);
    }

    private static String sentence(RuntimeException fault) {
        return String.valueOf(fault.getMessage());
    }
}
