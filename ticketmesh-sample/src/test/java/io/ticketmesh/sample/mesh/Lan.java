package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A local network of hosts that exist only here: network namespaces, each with a cable to a switch in one more. Cables can be
 * pulled. Needs Linux, {@code ip} and the rights of root.
 */
final class Lan implements AutoCloseable {
    private static final String NETWORK = "10.77.0.";

    private final String name = "tm" + Long.toString(ProcessHandle.current().pid() % 46_656, 36);
    private final Map<String, Integer> hosts = new TreeMap<>();

    /** Whether such networks can be made here. */
    static boolean isPossible() throws InterruptedException {
        try {
            run("ip", "netns", "add", "tmprobe");
            run("ip", "netns", "delete", "tmprobe");
            return true;
        } catch (IOException impossible) {
            return false;
        }
    }

    Lan() throws IOException, InterruptedException {
        run("ip", "netns", "add", switchName());
        inSwitch("ip", "link", "add", "br0", "type", "bridge");
        inSwitch("sh", "-c", "echo 0 > /sys/class/net/br0/bridge/multicast_snooping || true");
        inSwitch("ip", "link", "set", "br0", "up");
    }

    private String switchName() {
        return name + "-switch";
    }

    private String namespace(String host) {
        return name + "-" + host;
    }

    private void inSwitch(String... command) throws IOException, InterruptedException {
        in(switchName(), command);
    }

    /** Adds a host and plugs it in. */
    Lan add(String host) throws IOException, InterruptedException {
        int number = hosts.size() + 1;
        hosts.put(host, number);
        String space = namespace(host);
        run("ip", "netns", "add", space);
        run("ip", "link", "add", name + "a" + number, "type", "veth", "peer", "name", name + "b" + number);
        run("ip", "link", "set", name + "a" + number, "netns", space);
        run("ip", "link", "set", name + "b" + number, "netns", switchName());
        in(space, "ip", "link", "set", "lo", "up");
        in(space, "ip", "address", "add", address(host) + "/24", "dev", name + "a" + number);
        in(space, "ip", "link", "set", name + "a" + number, "up");
        in(space, "ip", "route", "add", "224.0.0.0/4", "dev", name + "a" + number);
        inSwitch("ip", "link", "set", name + "b" + number, "master", "br0");
        plug(host);
        return this;
    }

    String address(String host) {
        return NETWORK + hosts.get(host);
    }

    /** Pulls the host's cable out of the switch. */
    void unplug(String host) throws IOException, InterruptedException {
        inSwitch("ip", "link", "set", name + "b" + hosts.get(host), "down");
    }

    void plug(String host) throws IOException, InterruptedException {
        inSwitch("ip", "link", "set", name + "b" + hosts.get(host), "up");
    }

    /** How a command is started on that host. */
    List<String> on(String host) {
        return List.of("ip", "netns", "exec", namespace(host));
    }

    /** Runs a command on that host and returns what it prints. */
    String run(String host, List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(on(host));
        whole.addAll(command);
        return run(whole.toArray(String[]::new));
    }

    private static void in(String namespace, String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        run(whole.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + printed);
        }
        return printed;
    }

    /** Takes all away; what runs there must have ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (String host : hosts.keySet()) {
            run("ip", "netns", "delete", namespace(host));
        }
        run("ip", "netns", "delete", switchName());
    }
}
