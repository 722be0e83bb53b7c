package io.ticketmesh.kill;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.FieldValue;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that writes tickets until it is killed. It prints a line for each write after the write was answered, and never
 * before: what it printed is what must be found again.
 */
public final class Victim {
    private static final int THREADS = 8;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final TicketMesh mesh;

    private Victim(TicketMesh mesh) {
        this.mesh = mesh;
    }

    /**
     * @param arguments the directory, a seed, and after how many operations a checkpoint begins
     */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        TicketMesh mesh = TicketMesh.open(
                builder -> builder.directory(Path.of(arguments[0])).checkpointEvery(Integer.parseInt(arguments[2])));
        say("open");
        Victim victim = new Victim(mesh);
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            Random random = new Random(seed * THREADS + number);
            Thread thread = new Thread(() -> victim.writeForever(random));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void writeForever(Random random) {
        Tickets tickets = mesh.tickets("victim");
        List<String> mine = new ArrayList<>();
        for (long step = 0; ; step++) {
            String token = Long.toHexString(random.nextLong()) + "-" + step;
            if (mine.isEmpty() || random.nextInt(3) == 0) {
                String id = tickets.create(
                                token,
                                edit -> edit.description(token)
                                        .customField("token", new FieldValue.Text(token))
                                        .tag("killed"))
                        .id()
                        .toString();
                say("written " + id + " " + token);
                mine.add(id);
            } else {
                write(tickets, mine.get(random.nextInt(mine.size())), token, random.nextInt(10));
            }
        }
    }

    private static void write(Tickets tickets, String id, String token, int choice) {
        if (choice == 0) {
            tickets.comment(id, token);
            say("commented " + id + " " + token);
        } else {
            tickets.change(
                    id, edit -> edit.title(token).description(token).customField("token", new FieldValue.Text(token)));
            say("written " + id + " " + token);
        }
    }

    private static void say(String line) {
        synchronized (OUT) {
            OUT.println(line);
        }
    }
}
