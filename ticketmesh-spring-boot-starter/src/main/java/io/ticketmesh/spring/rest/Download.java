package io.ticketmesh.spring.rest;

import io.ticketmesh.blob.MediaTypes;
import io.ticketmesh.ticket.AttachmentView;
import java.nio.charset.StandardCharsets;

/** How bytes of strangers are sent so that nobody's browser shows them or carries them out. */
final class Download {
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Download() {}

    /** What the answer says its content is: never what a browser would carry out. */
    static String contentType(AttachmentView attachment) {
        String mediaType = attachment.mediaType();
        return MediaTypes.isActive(mediaType) ? MediaTypes.UNKNOWN : mediaType;
    }

    /** The reply as a file to be saved under the attachment's name. */
    static Reply of(Reply reply, AttachmentView attachment) {
        return reply.with("Content-Disposition", disposition(attachment.name()))
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Accept-Ranges", "bytes");
    }

    /** RFC 6266: in plain letters for old clients, and as it is (RFC 8187). */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .forEach(character -> plain.append(
                        character < ' ' || character > '~' || "\"\\%".indexOf(character) >= 0
                                ? '_'
                                : (char) character));
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            boolean letter = octet >= '0' && octet <= '9'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= 'a' && octet <= 'z'
                    || PLAIN.indexOf(octet) >= 0;
            if (letter) {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return encoded.toString();
    }
}
