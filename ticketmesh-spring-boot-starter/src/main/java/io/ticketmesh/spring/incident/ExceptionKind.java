package io.ticketmesh.spring.incident;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which exceptions are the same incident: those of one class that come from the same methods of the application, whatever the lines, the
 * message, and the numbers that compilers and proxies invent. So it stays the same over a restart, on all instances and after changes
 * elsewhere in a file.
 *
 * @param dedupKey class and methods
 * @param title for people, the same for all exceptions of the kind
 * @param frames the methods
 */
record ExceptionKind(String dedupKey, String title, List<String> frames) {
    private static final int MAX_FRAMES = 3;
    private static final int MAX_CAUSES = 50;

    /** What says nothing of its own. */
    private static final List<Class<? extends Throwable>> WRAPPERS = List.of(
            ExecutionException.class,
            CompletionException.class,
            InvocationTargetException.class,
            UndeclaredThrowableException.class);

    private static final Pattern PROXY = Pattern.compile("\\$\\$(SpringCGLIB|EnhancerBy|FastClassBy).*|\\$Proxy\\d+");
    private static final Pattern HIDDEN = Pattern.compile("\\$\\$Lambda.*|/0x[0-9a-f]+");
    private static final Pattern NUMBER = Pattern.compile("\\$\\d+|Accessor\\d+");

    /**
     * @param packages the application's; a stack without any of them is told by its first methods
     */
    static ExceptionKind of(Throwable thrown, List<String> packages) {
        Throwable said = unwrapped(thrown);
        List<String> frames = frames(said, packages);
        String name = said.getClass().getName();
        String where = frames.isEmpty() ? "" : " in " + simple(frames.get(0));
        return new ExceptionKind(
                "exception " + name + " at " + String.join(" < ", frames), simpleName(name) + where, frames);
    }

    /** What went wrong first. */
    static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; depth < MAX_CAUSES && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable said = thrown;
        for (int depth = 0; depth < MAX_CAUSES && said.getCause() != null; depth++) {
            boolean wrapper = WRAPPERS.contains(said.getClass())
                    || said.getClass().getName().endsWith(".ServletException")
                    || said.getClass().getName().endsWith(".NestedServletException");
            if (!wrapper) {
                break;
            }
            said = said.getCause();
        }
        return said;
    }

    private static List<String> frames(Throwable said, List<String> packages) {
        List<StackTraceElement> stack = Arrays.asList(said.getStackTrace());
        List<StackTraceElement> own = stack.stream()
                .filter(frame -> packages.stream().anyMatch(name -> isIn(frame.getClassName(), name)))
                .toList();
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : own.isEmpty() ? stack : own) {
            String method = plain(frame.getClassName()) + "." + plain(frame.getMethodName());
            boolean repeats = !frames.isEmpty() && frames.get(frames.size() - 1).equals(method);
            if (!repeats) {
                frames.add(method);
            }
            if (frames.size() == MAX_FRAMES) {
                break;
            }
        }
        return frames;
    }

    private static boolean isIn(String type, String name) {
        return type.startsWith(name) && (type.length() == name.length() || type.charAt(name.length()) == '.');
    }

    private static String plain(String name) {
        String visible = HIDDEN.matcher(PROXY.matcher(name).replaceAll("")).replaceAll("");
        return NUMBER.matcher(visible).replaceAll("");
    }

    private static String simple(String method) {
        String[] parts = method.split("\\.");
        return Arrays.stream(parts).skip(Math.max(0, parts.length - 2)).collect(Collectors.joining("."));
    }

    private static String simpleName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}
