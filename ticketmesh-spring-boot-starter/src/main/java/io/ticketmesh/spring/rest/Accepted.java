package io.ticketmesh.spring.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The media types that a client takes, RFC 9110.
 *
 * @param ranges empty when it takes all
 */
record Accepted(List<MediaType> ranges) {
    private static final String HEADER = "Accept";

    Accepted {
        ranges = List.copyOf(ranges);
    }

    /**
     * @throws ProblemException when the header is malformed
     */
    static Accepted of(Call call) {
        String value = call.header(HEADER);
        try {
            return new Accepted(value == null ? List.of() : MediaType.parseMediaTypes(value));
        } catch (InvalidMediaTypeException malformed) {
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header Accept is not a list of media types")
                    .with(ProblemError.header(HEADER, "malformed", "is not a list of media types"))
                    .exception();
        }
    }

    void requireJson() {
        choose(List.of("application/json"));
    }

    /**
     * The one of the types that the client likes best; of equal ones the first.
     *
     * @throws ProblemException when it takes none of them
     */
    String choose(List<String> offered) {
        String best = offered.get(0);
        double quality = 0;
        for (String type : offered) {
            double liked = qualityOf(MediaType.parseMediaType(type));
            if (liked > quality) {
                best = type;
                quality = liked;
            }
        }
        if (quality <= 0) {
            throw Problem.of(ProblemKind.NOT_ACCEPTABLE, "The answer would be " + String.join(" or ", offered))
                    .with("supported", offered)
                    .exception();
        }
        return best;
    }

    private double qualityOf(MediaType type) {
        if (ranges.isEmpty()) {
            return 1;
        }
        Optional<MediaType> closest =
                ranges.stream().filter(range -> range.includes(type)).min(Comparator.comparingInt(Accepted::width));
        return closest.map(MediaType::getQualityValue).orElse(0.0);
    }

    private static int width(MediaType range) {
        if (range.isWildcardType()) {
            return 2;
        }
        return range.isWildcardSubtype() ? 1 : 0;
    }
}
