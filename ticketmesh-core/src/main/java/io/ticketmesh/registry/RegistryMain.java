package io.ticketmesh.registry;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry that runs alone, from core's jar and what it depends on, until it is stopped.
 *
 * <pre>
 * java -cp 'lib/*' io.ticketmesh.registry.RegistryMain --cluster=helpdesk --bind=10.0.0.5 --port=7840
 * </pre>
 *
 * <p>Each argument may also come from the environment, as {@code TICKETMESH_REGISTRY_CLUSTER} and so on. The secret comes from
 * {@code TICKETMESH_REGISTRY_SECRET}, or from the first line of a file named by {@code --secret-file} or
 * {@code TICKETMESH_REGISTRY_SECRET_FILE}; never from an argument, because all users of the machine can read those.
 */
public final class RegistryMain {
    private static final String ENVIRONMENT = "TICKETMESH_REGISTRY_";
    private static final Set<String> SETTINGS =
            Set.of("cluster", "bind", "port", "multicast", "packets-per-second", "secret-file", "previous-secret-file");
    private static final String USAGE = """
            usage: java -cp 'lib/*' io.ticketmesh.registry.RegistryMain --cluster=NAME [--bind=ADDRESS] [--port=7840]
                        [--multicast=true|false] [--packets-per-second=200] [--secret-file=FILE] [--previous-secret-file=FILE]
            Without a secret the registry serves this machine only. TICKETMESH_REGISTRY_SECRET in the environment is the secret.""";

    private RegistryMain() {}

    /** Ends with status 2, and a sentence, when a setting is wrong, and with 1 when the registry cannot be started. */
    public static void main(String[] arguments) throws InterruptedException {
        int status = start(arguments, System.getenv()::get, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
        new CountDownLatch(1).await();
    }

    /** Starts the registry, which goes on with the process; returns the status to end with, 0 when it runs. */
    @SuppressWarnings("MustBeClosedChecker")
    static int start(
            String[] arguments,
            Function<String, @Nullable String> environment,
            PrintStream output,
            PrintStream errors) {
        try {
            RegistryServer server = RegistryServer.start(options(arguments, environment));
            output.println("Listening on udp " + server.address().getAddress().getHostAddress() + ":" + server.port());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "ticketmesh-registry-stop"));
            return 0;
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
            errors.println(USAGE);
            return 2;
        } catch (RegistryUnavailableException e) {
            errors.println(e.getMessage() + ": " + e.getCause());
            return 1;
        }
    }

    /** @throws IllegalArgumentException that names the setting */
    static RegistryOptions options(String[] arguments, Function<String, @Nullable String> environment) {
        Map<String, String> settings = settings(arguments, environment);
        String cluster = settings.get("cluster");
        if (cluster == null) {
            throw new IllegalArgumentException("--cluster is missing: the name that servers and clients use too");
        }
        String bind = settings.get("bind");
        String multicast = settings.get("multicast");
        return RegistryOptions.of(cluster, options -> {
            options.secret(secret("secret", settings, environment))
                    .previousSecret(secret("previous-secret", settings, environment))
                    .bindAddress(bind == null ? null : address(bind))
                    .port(number("port", settings, RegistryOptions.DEFAULT_PORT))
                    .portRange(0)
                    .packetsPerSecond(
                            number("packets-per-second", settings, RegistryOptions.DEFAULT_PACKETS_PER_SECOND));
            return multicast == null ? options : options.multicast(truth("multicast", multicast));
        });
    }

    private static Map<String, String> settings(String[] arguments, Function<String, @Nullable String> environment) {
        Map<String, String> settings = new HashMap<>();
        for (String name : SETTINGS) {
            String value = environment.apply(variable(name));
            if (value != null && !value.isEmpty()) {
                settings.put(name, value);
            }
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (name.equals("secret") || name.equals("previous-secret")) {
                throw new IllegalArgumentException(
                        "A secret is not given as an argument, which all users of the machine" + " can read: use "
                                + variable(name) + " or --" + name + "-file");
            }
            if (!SETTINGS.contains(name)) {
                throw new IllegalArgumentException("There is no setting '" + argument + "'");
            }
            settings.put(name, argument.substring(equals + 1));
        }
        return settings;
    }

    private static @Nullable String secret(
            String name, Map<String, String> settings, Function<String, @Nullable String> environment) {
        String value = environment.apply(variable(name));
        String file = settings.get(name + "-file");
        if (file != null && value != null && !value.isEmpty()) {
            throw new IllegalArgumentException(
                    variable(name) + " and --" + name + "-file are both set: use one of them");
        }
        try {
            String found = file == null ? value : firstLine(Path.of(file));
            return found == null || (file == null && found.isEmpty()) ? null : found;
        } catch (IOException e) {
            throw new IllegalArgumentException("--" + name + "-file cannot be read: " + e, e);
        }
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("").strip();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--bind is " + host + ", which is no address of this machine", e);
        }
    }

    private static int number(String name, Map<String, String> settings, int otherwise) {
        String value = settings.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " must be a number, not '" + value + "'", e);
        }
    }

    private static boolean truth(String name, String value) {
        if (Arrays.asList("true", "false").contains(value)) {
            return value.equals("true");
        }
        throw new IllegalArgumentException("--" + name + " must be true or false, not '" + value + "'");
    }

    private static String variable(String name) {
        return ENVIRONMENT + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
