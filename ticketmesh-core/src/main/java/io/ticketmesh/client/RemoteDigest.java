package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;

/**
 * A digest of all that a server holds: equal at servers that hold the same.
 *
 * @param version the token of what it holds
 */
public record RemoteDigest(String digest, String version) {
    static RemoteDigest read(AnswerForm form) {
        return new RemoteDigest(form.text("digest"), form.text("version"));
    }
}
