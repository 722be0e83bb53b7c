package io.ticketmesh.spring.registry;

import io.ticketmesh.TicketMesh;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A real application with a web server and its tickets in memory. */
public final class Desk implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Desk(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** An application that is nothing but the starter. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    public static Desk open(String... settings) {
        return open(Plain.class, settings);
    }

    /** An application that is more than the starter. */
    public static Desk open(Class<?> source, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--ticketmesh.storage=memory"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        SpringApplication application = new SpringApplication(source);
        application.setRegisterShutdownHook(false);
        return new Desk(application.run(arguments.toArray(String[]::new)));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public TicketMesh node() {
        return context.getBean(TicketMesh.class);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The first of some UDP ports in a row that were free on loopback when asked. */
    public static int freePorts() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Math.min(socket.getLocalPort(), 65_500);
        } catch (SocketException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
