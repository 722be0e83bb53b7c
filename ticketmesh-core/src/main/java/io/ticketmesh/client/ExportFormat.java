package io.ticketmesh.client;

/** In which form tickets are exported. */
public enum ExportFormat {
    /** One full ticket a line, without loss. */
    NDJSON("application/x-ndjson"),
    /** For spreadsheets: the fields that have one value or a short list. */
    CSV("text/csv");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }
}
