package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.webhook.Receiver.Heard;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * The library of Standard Webhooks for JavaScript, with which receivers check signatures. The build server names the directory that it is
 * installed in by {@code -Dticketmesh.tests.verifier=}, and then it must be there; otherwise tests that need it are skipped.
 */
public final class PublicVerifier {
    private static final String NAMED = System.getProperty("ticketmesh.tests.verifier", "");
    private static final String PROGRAM = """
            const { Webhook } = require(process.argv[1] + '/node_modules/standardwebhooks');
            const { secret, messages } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            const answers = messages.map(({ body, ...headers }) => {
              Date.now = () => 1000 * headers['webhook-timestamp']; // the test has a clock of its own
              try {
                return new Webhook(secret).verify(body, headers).type;
              } catch (refused) {
                return 'refused: ' + refused.message;
              }
            });
            console.log(answers.join('\\n'));
            """;

    private PublicVerifier() {}

    /** What the library says of each message when it comes: its type when it is genuine, else why not. */
    public static List<String> verify(String secret, List<Heard> messages) throws IOException, InterruptedException {
        Assumptions.assumeFalse(NAMED.isEmpty(), "no verifier is named");
        assertThat(Files.isDirectory(Path.of(NAMED, "node_modules", "standardwebhooks")))
                .as("the verifier that was named")
                .isTrue();
        Process node = new ProcessBuilder("node", "-e", PROGRAM, NAMED)
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = node.getOutputStream()) {
            input.write(JsonWriter.bytes(json -> {
                json.startObject().member("secret", secret);
                json.startArray("messages");
                for (Heard message : messages) {
                    json.startObject()
                            .member("webhook-id", message.id())
                            .member("webhook-timestamp", message.timestamp())
                            .member("webhook-signature", message.signature())
                            .member("body", message.body())
                            .endObject();
                }
                json.endArray().endObject();
            }));
        }
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
