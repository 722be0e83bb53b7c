package io.ticketmesh.attachment;

import java.util.List;

/** Attachments of that kind are not taken here. Nothing was kept. */
public class MediaTypeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String mediaType;
    private final transient List<String> allowed;

    MediaTypeRefusedException(String mediaType, List<String> allowed) {
        super("The content is " + mediaType + "; only " + String.join(", ", allowed) + " is taken");
        this.mediaType = mediaType;
        this.allowed = List.copyOf(allowed);
    }

    /** What the content is. */
    public String mediaType() {
        return mediaType;
    }

    /** What is taken. */
    public List<String> allowed() {
        return allowed;
    }
}
