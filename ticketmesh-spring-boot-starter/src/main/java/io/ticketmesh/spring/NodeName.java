package io.ticketmesh.spring;

import io.ticketmesh.cluster.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** What people call the node of an application. */
final class NodeName {
    private NodeName() {}

    /**
     * The name that is set; else the application's and, in a mesh, the machine's and the port, as in {@code desk@tokyo:8080}. The
     * machine is asked for its name only in a mesh, because that can take seconds.
     */
    static String of(TicketMeshProperties.Mesh settings, Environment environment) {
        String set = settings.nodeName();
        if (set != null) {
            return set;
        }
        String application = environment.getProperty("spring.application.name", "");
        if (!settings.enabled()) {
            return shortened(application);
        }
        String machine = machine(environment);
        String port = environment.getProperty("server.port", "");
        boolean fixedPort = !port.isBlank() && !port.equals("0") && !port.startsWith("-");
        return shortened((application.isBlank() ? "" : application + "@") + machine + (fixedPort ? ":" + port : ""));
    }

    private static String machine(Environment environment) {
        String told = firstText(environment.getProperty("HOSTNAME"), environment.getProperty("COMPUTERNAME"));
        if (told != null) {
            return told;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
        String text = first == null || first.isBlank() ? second : first;
        return text == null || text.isBlank() ? null : text;
    }

    private static String shortened(String name) {
        return name.length() <= Member.MAX_NAME_CHARS ? name : name.substring(0, Member.MAX_NAME_CHARS);
    }
}
