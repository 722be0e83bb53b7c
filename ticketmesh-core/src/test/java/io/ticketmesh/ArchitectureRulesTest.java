package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the house refuses a class written against it, and lets its honest neighbour pass. */
class ArchitectureRulesTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** One for all, because each would open every jar of the class path anew. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    @TempDir
    private Path house;

    private final List<Path> sources = new ArrayList<>();

    @AfterAll
    static void closeJars() throws IOException {
        FILES.close();
    }

    @BeforeEach
    void anHonestNeighbourLivesInTheHeart() throws IOException {
        write("io.ticketmesh.causality.Honest", "java.util.List<String[]> names; long[] counters;");
    }

    @Test
    void aPackageWithoutAPlaceIsNoticed() throws IOException {
        write("io.ticketmesh.attic.Box", "");

        assertThat(faults(Architecture.everyPackageHasItsPlace()))
                .singleElement()
                .asString()
                .contains("io.ticketmesh.attic.Box");
    }

    @ParameterizedTest
    @CsvSource({
        "causality, crdt",
        "ticket, ticket.change",
        "store, replica",
        "replica, wire",
        "store.log, store.mapdb",
        "search, node",
        "registry, client"
    })
    void lookingDownIsNoticed(String above, String below) throws IOException {
        write("io.ticketmesh." + below + ".Below", "");
        write("io.ticketmesh." + above + ".Above", "io.ticketmesh." + below + ".Below below;");
        write("io.ticketmesh." + below + ".Upward", "io.ticketmesh." + above + ".Above above;");

        JavaClasses classes = compiled();
        assertThat(faults(Architecture.eachPackageUsesOnlyThoseAboveIt(above), classes))
                .singleElement()
                .asString()
                .contains("Above.below");
        assertThat(faults(Architecture.eachPackageUsesOnlyThoseAboveIt(below), classes))
                .isEmpty();
    }

    @Test
    void leaningOnTheRoofIsNoticed() throws IOException {
        write("io.ticketmesh.TicketMesh", "io.ticketmesh.causality.Honest honest;");
        assertThat(faults(Architecture.nobodyImportsTheRoof())).isEmpty();

        write("io.ticketmesh.client.Leaning", "io.ticketmesh.TicketMesh roof;");

        assertThat(faults(Architecture.nobodyImportsTheRoof())).hasSize(1);
        assertThat(faults(Architecture.eachPackageUsesOnlyThoseAboveIt("client")))
                .hasSize(1);
    }

    @Test
    void aCycleIsNoticed() throws IOException {
        write("io.ticketmesh.store.Egg", "io.ticketmesh.oplog.Hen hen;");
        write("io.ticketmesh.oplog.Hen", "");
        assertThat(faults(Architecture.noCycles())).isEmpty();

        write("io.ticketmesh.oplog.Hen", "io.ticketmesh.store.Egg egg;");

        assertThat(faults(Architecture.noCycles())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "store.mapdb, search",
        "search, store.log",
        "transport.jgroups, store.mapdb",
        "registry, search",
        "client, transport.jgroups",
        "exchange, store.mapdb"
    })
    void adaptersThatKnowEachOtherAreNoticed(String one, String other) throws IOException {
        write("io.ticketmesh." + other + ".Other", "");
        write("io.ticketmesh." + one + ".One", "io.ticketmesh." + other + ".Other other;");

        JavaClasses classes = compiled();
        assertThat(faults(Architecture.adaptersDoNotKnowEachOther(one), classes))
                .hasSize(1);
        assertThat(faults(Architecture.adaptersDoNotKnowEachOther(other), classes))
                .isEmpty();
    }

    @Test
    void theDatabaseMayApplyTheLog() throws IOException {
        write("io.ticketmesh.store.log.Log", "");
        write("io.ticketmesh.store.mapdb.Base", "io.ticketmesh.store.log.Log log;");

        assertThat(faults(Architecture.adaptersDoNotKnowEachOther("store.mapdb")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.URI address;",
                "java.io.IOException trouble;",
                "void fail() { throw new java.io.UncheckedIOException(null); }",
                "java.nio.file.Path[] files;",
                "java.nio.channels.FileChannel channel;",
                "java.util.concurrent.TimeUnit unit;",
                "void spin() { Thread.onSpinWait(); }",
                "Thread.State state;",
                "ThreadLocal<String> local;",
                "void print() { System.out.println(); }"
            })
    void theOutsideWorldInTheHeartIsNoticed(String body) throws IOException {
        refuses(Architecture.theHeartTouchesNoNetworkFileOrThread(), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long millis = System.currentTimeMillis();",
                "long nanos = System.nanoTime();",
                "java.util.function.LongSupplier nanos = System::nanoTime;",
                "Object now = java.time.Instant.now();",
                "java.util.function.Supplier<Object> now = java.time.LocalDate::now;",
                "java.time.Clock clock;",
                "Object now = new java.util.Date();"
            })
    void aWallClockInTheHeartIsNoticed(String body) throws IOException {
        refuses(Architecture.theHeartReadsNoWallClock(), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.Random random;",
                "Object id = java.util.UUID.randomUUID();",
                "java.util.function.Supplier<Object> id = java.util.UUID::randomUUID;",
                "java.security.SecureRandom random;",
                "double dice = Math.random();",
                "Object random = java.util.random.RandomGenerator.getDefault();",
                "Object random = java.util.random.RandomGenerator.of(\"L64X128MixRandom\");",
                "void mix(java.util.List<String> names) { java.util.Collections.shuffle(names); }"
            })
    void chanceInTheHeartIsNoticed(String body) throws IOException {
        refuses(Architecture.theHeartIsNeverRandom(), body);
    }

    @Test
    void chanceMayBeHandedIn() throws IOException {
        write(
                "io.ticketmesh.replica.Jitter",
                "int next(java.util.random.RandomGenerator given) { return given.nextInt(9); }");

        assertThat(faults(Architecture.theHeartIsNeverRandom())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.slf4j.Logger log;", "java.util.logging.Logger log;", "System.Logger log;"})
    void aLoggerInTheHeartIsNoticed(String body) throws IOException {
        refuses(Architecture.theHeartDoesNotLog(), body);
    }

    @Test
    void aLibraryInTheHeartIsNoticed() throws IOException {
        write("io.ticketmesh.crdt.Marked", "@org.jspecify.annotations.Nullable String mark;");

        refuses(Architecture.theHeartKnowsNoThirdParty(), "com.google.common.collect.ImmutableList<String> list;");
    }

    @ParameterizedTest
    @CsvSource({
        "wire, com.esotericsoftware.kryo.Kryo",
        "store.mapdb, org.mapdb.DB",
        "store.mapdb, kotlin.Unit",
        "search, org.apache.lucene.index.IndexWriter",
        "json, tools.jackson.core.JsonParser",
        "exchange, de.siegmar.fastcsv.reader.CsvReader",
        "transport.jgroups, org.jgroups.JChannel"
    })
    void aLibraryAwayFromHomeIsNoticed(String home, String library) throws IOException {
        if (library.startsWith("org.jgroups")) {
            write(library, "");
        }
        write("io.ticketmesh." + home + ".AtHome", library + " library;");
        write("io.ticketmesh.node.AwayFromHome", library + " library;");

        assertThat(faults(Architecture.aLibraryIsNamedOnlyInItsHome(home)))
                .singleElement()
                .asString()
                .contains("AwayFromHome");
    }

    @Test
    void springInCoreIsNoticed() throws IOException {
        write("org.springframework.context.ApplicationContext", "");
        write("io.ticketmesh.node.Springy", "org.springframework.context.ApplicationContext context;");

        assertThat(faults(Architecture.springIsNowhereInCore())).hasSize(1);
    }

    private void refuses(ArchRule rule, String body) throws IOException {
        write("io.ticketmesh.replica.Wrong", body);

        assertThat(faults(rule))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).contains("replica.Wrong"));
    }

    private void write(String name, String body) throws IOException {
        Path file = house.resolve("src").resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        int dot = name.lastIndexOf('.');
        Files.writeString(
                file,
                "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + " { " + body
                        + " }");
        sources.remove(file);
        sources.add(file);
    }

    private List<String> faults(ArchRule rule) throws IOException {
        return faults(rule, compiled());
    }

    private static List<String> faults(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    private JavaClasses compiled() throws IOException {
        Path classes = Files.createTempDirectory(house, "classes");
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        StringWriter complaints = new StringWriter();
        boolean done = COMPILER.getTask(
                        complaints,
                        FILES,
                        null,
                        List.of("-proc:none", "-nowarn"),
                        null,
                        FILES.getJavaFileObjectsFromPaths(sources))
                .call();
        assertThat(done).as(complaints.toString()).isTrue();
        return new ClassFileImporter().importPath(classes);
    }
}
