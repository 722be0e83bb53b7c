package io.ticketmesh.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/adding-to-an-application.md}, followed to the letter: what it shows as XML goes among the dependencies, properties to the
 * end of the file, and a class with a package where Java looks for it. A snippet of Java without a package is for looking at.
 */
final class Guide {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);
    private static final String END_OF_DEPENDENCIES = "  </dependencies>\n";

    private final String text;

    private Guide(String text) {
        this.text = text;
    }

    static Guide read() throws IOException {
        Path document = Path.of("..", "..", "..", "..", "docs", "adding-to-an-application.md");
        return new Guide(Files.readString(document));
    }

    /** What the page shows as printed. */
    boolean shows(String line) {
        return text.contains(line);
    }

    /** Takes all steps in the project of an application, and returns the files that were changed. */
    List<Path> applyTo(Path project) throws IOException {
        List<Path> changed = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String content = block.group(2);
            switch (block.group(1)) {
                case "xml" -> changed.add(addDependency(project.resolve("pom.xml"), content));
                case "properties" ->
                    changed.add(append(project.resolve("src/main/resources/application.properties"), content));
                case "java" -> {
                    if (PACKAGE.matcher(content).find()) {
                        changed.add(write(project.resolve("src/main/java"), content));
                    }
                }
                default ->
                    throw new IOException("The guide has a block of a kind that nobody follows: " + block.group(1));
            }
        }
        return changed;
    }

    private static Path addDependency(Path pom, String dependency) throws IOException {
        String before = Files.readString(pom);
        if (before.indexOf(END_OF_DEPENDENCIES) != before.lastIndexOf(END_OF_DEPENDENCIES)) {
            throw new IOException("More than one list of dependencies in " + pom);
        }
        return Files.writeString(pom, before.replace(END_OF_DEPENDENCIES, dependency + END_OF_DEPENDENCIES));
    }

    private static Path append(Path file, String lines) throws IOException {
        return Files.writeString(file, lines, StandardOpenOption.APPEND);
    }

    private static Path write(Path sources, String source) throws IOException {
        Path directory = sources.resolve(first(PACKAGE, source).replace('.', '/'));
        return Files.writeString(directory.resolve(first(CLASS, source) + ".java"), source);
    }

    private static String first(Pattern pattern, String source) throws IOException {
        Matcher found = pattern.matcher(source);
        if (!found.find()) {
            throw new IOException("No " + pattern + " in " + source);
        }
        return found.group(1);
    }
}
