package io.ticketmesh.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys that follow from one secret and the name of a cluster: one for the mesh, one for the registry. Immutable.
 *
 * <p>A secret is a pass phrase or random characters, shared by all nodes. Whoever has it is trusted, and nobody else is heard.
 * The keys stay the same for as long as the secret does: who records packets today and learns the secret later can read them.
 */
public final class MeshKeys {
    /** Fewer characters than this are too easily guessed. */
    public static final int MIN_SECRET_CHARS = 16;

    private static final byte[] SALT = "ticketmesh keys 1".getBytes(StandardCharsets.UTF_8);

    private final SealKey mesh;
    private final SealKey registry;

    private MeshKeys(ClusterName cluster, byte[] material) {
        byte[] root = Hkdf.extract(SALT, material);
        this.mesh = key(root, "mesh", cluster);
        this.registry = key(root, "registry", cluster);
    }

    /** @throws IllegalArgumentException when {@code secret} has less than {@value #MIN_SECRET_CHARS} characters */
    public static MeshKeys ofSecret(ClusterName cluster, String secret) {
        if (secret.length() < MIN_SECRET_CHARS) {
            throw new IllegalArgumentException("A secret has at least " + MIN_SECRET_CHARS + " characters");
        }
        return new MeshKeys(cluster, ("secret\0" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Keys that follow from the name alone, for nodes on one machine. They hide nothing from those who can guess the name, and
     * keep out the bytes of everyone who does not speak this protocol.
     */
    public static MeshKeys ofName(ClusterName cluster) {
        return new MeshKeys(cluster, ("name\0" + cluster.text()).getBytes(StandardCharsets.UTF_8));
    }

    /** Seals what members of the mesh send each other. */
    public SealKey mesh() {
        return mesh;
    }

    /** Seals what servers, registries and clients send each other. */
    public SealKey registry() {
        return registry;
    }

    private static SealKey key(byte[] root, String purpose, ClusterName cluster) {
        byte[] key = Hkdf.expand(root, info("key", purpose, cluster), SealKey.BYTES);
        byte[] id = Hkdf.expand(root, info("id", purpose, cluster), Integer.BYTES);
        return new SealKey(ByteBuffer.wrap(id).getInt(), key);
    }

    private static byte[] info(String what, String purpose, ClusterName cluster) {
        return ("ticketmesh " + what + " of the " + purpose + "\0" + cluster.text()).getBytes(StandardCharsets.UTF_8);
    }
}
