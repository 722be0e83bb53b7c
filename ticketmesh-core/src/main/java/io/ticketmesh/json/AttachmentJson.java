package io.ticketmesh.json;

import io.ticketmesh.ticket.AttachmentView;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a ticket knows of an attachment, in JSON. */
public final class AttachmentJson {
    private AttachmentJson() {}

    /** Writes the attachment as an object; all members are always present. */
    public static void write(JsonWriter json, AttachmentView attachment) {
        json.value(tree(attachment));
    }

    static Map<String, Object> tree(AttachmentView attachment) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", attachment.id().toString());
        tree.put("name", attachment.name());
        tree.put("size", attachment.size());
        tree.put("mediaType", attachment.mediaType());
        tree.put("sha256", attachment.hash().toString());
        tree.put("addedBy", attachment.addedBy());
        tree.put("addedAt", attachment.addedAt());
        return tree;
    }
}
