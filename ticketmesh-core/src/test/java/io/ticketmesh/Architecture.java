package io.ticketmesh;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What must never be, in the words of the architecture. {@link ArchitectureTest} asks the real classes,
 * {@link ArchitectureRulesTest} shows that each rule can fail.
 */
final class Architecture {
    static final String ROOT = "io.ticketmesh";

    /** Each package may use only those above it. */
    static final List<String> ORDER = List.of(
            "causality",
            "calendar",
            "crdt",
            "ticket",
            "ticket.change",
            "cluster",
            "oplog",
            "store",
            "replica",
            "wire",
            "disk",
            "blob",
            "seal",
            "transport",
            "transport.jgroups",
            "store.log",
            "store.mapdb",
            "search",
            "feed",
            "node",
            "timer",
            "incident",
            "erasure",
            "bundle",
            "attachment",
            "json",
            "definition",
            "exchange",
            "webhook",
            "registry",
            "client");

    /** From {@code causality} to {@code replica}: the deterministic heart. */
    static final List<String> HEART = ORDER.subList(0, ORDER.indexOf("replica") + 1);

    /** Packages that stand between the node and the world outside. */
    static final List<String> ADAPTERS = List.of(
            "transport.jgroups", "store.log", "store.mapdb", "search", "exchange", "webhook", "registry", "client");

    /** The database applies the log, and the client speaks the words of the registry. */
    static final Map<String, String> ACQUAINTANCES = Map.of("store.mapdb", "store.log", "client", "registry");

    /** Each third-party library is named in exactly one package; what a library drags along counts as the library. */
    static final Map<String, List<String>> HOMES = Map.of(
            "wire", List.of("com.esotericsoftware..", "org.objenesis.."),
            "store.mapdb",
                    List.of(
                            "org.mapdb..",
                            "org.eclipse.collections..",
                            "com.google.common..",
                            "kotlin..",
                            "net.jpountz.."),
            "transport.jgroups", List.of("org.jgroups.."),
            "search", List.of("org.apache.lucene.."),
            "json", List.of("tools.jackson..", "com.fasterxml.."),
            "exchange", List.of("de.siegmar.fastcsv.."));

    private static final List<String> OUTSIDE_WORLD = List.of(
            "java.net.",
            "java.io.",
            "java.nio.file.",
            "java.nio.channels.",
            "java.util.concurrent.",
            "java.lang.Thread.",
            "java.lang.Thread$",
            "java.lang.ThreadLocal",
            "java.lang.Process");
    private static final Set<String> RANDOM_TYPES = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGeneratorFactory",
            "java.security.SecureRandom");
    private static final Set<String> RANDOM_METHODS = Set.of(
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.util.Collections.shuffle",
            "java.util.random.RandomGenerator.of",
            "java.util.random.RandomGenerator.getDefault");
    private static final List<String> LOGGING =
            List.of("org.slf4j.", "java.util.logging.", "java.lang.System$Logger", "org.apache.commons.logging.");
    private static final List<String> ALLOWED_IN_HEART = List.of("java.", ROOT + ".", "org.jspecify.annotations.");

    private Architecture() {}

    /** A package without a place in the order would escape every other rule. */
    static ArchRule everyPackageHasItsPlace() {
        return classes()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .resideInAnyPackage(withRoof(ORDER))
                .as("every package of core has its place in the order")
                .allowEmptyShould(true);
    }

    static ArchRule eachPackageUsesOnlyThoseAboveIt(String name) {
        int place = ORDER.indexOf(name);
        return noClasses()
                .that()
                .resideInAPackage(nameOf(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(withRoof(ORDER.subList(place + 1, ORDER.size())))
                .as(name + " uses only the packages above it")
                .allowEmptyShould(true);
    }

    static ArchRule nobodyImportsTheRoof() {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .as("the root package is the roof: nobody imports it")
                .allowEmptyShould(true);
    }

    static ArchRule noCycles() {
        return slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    static ArchRule adaptersDoNotKnowEachOther(String name) {
        List<String> others = ADAPTERS.stream()
                .filter(other -> !other.equals(name))
                .filter(other -> !other.equals(ACQUAINTANCES.get(name)))
                .toList();
        return noClasses()
                .that()
                .resideInAPackage(nameOf(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(names(others))
                .as("the adapter " + name + " knows no other adapter")
                .allowEmptyShould(true);
    }

    static ArchRule theHeartTouchesNoNetworkFileOrThread() {
        return heart().dependOnClassesThat(type(
                        "java.net, java.io, java.nio.file, java.util.concurrent or Thread",
                        type -> OUTSIDE_WORLD.stream().anyMatch(prefix -> (type.getName() + ".").startsWith(prefix))))
                .as("causality … replica import no java.net, java.io, java.nio.file, java.util.concurrent, Thread")
                .allowEmptyShould(true);
    }

    static ArchRule theHeartReadsNoWallClock() {
        return heart().dependOnClassesThat(
                        named("the wall clock", Set.of("java.time.Clock", "java.time.InstantSource")))
                .orShould()
                .accessTargetWhere(access(
                        "the wall clock",
                        target -> target.equals("java.lang.System.currentTimeMillis")
                                || target.equals("java.lang.System.nanoTime")
                                || (target.startsWith("java.time.") && target.endsWith(".now"))
                                || target.equals("java.util.Date.<init>")))
                .as("causality … replica read no wall clock")
                .allowEmptyShould(true);
    }

    /** A generator may be handed in as a {@code RandomGenerator}, as a clock may; the heart makes none itself. */
    static ArchRule theHeartIsNeverRandom() {
        return heart().dependOnClassesThat(named("random", RANDOM_TYPES))
                .orShould()
                .accessTargetWhere(access("random", RANDOM_METHODS::contains))
                .as("causality … replica make no random")
                .allowEmptyShould(true);
    }

    static ArchRule theHeartDoesNotLog() {
        return heart().dependOnClassesThat(type(
                        "logging",
                        type -> LOGGING.stream()
                                .anyMatch(prefix -> type.getName().startsWith(prefix))))
                .as("causality … replica log nothing")
                .allowEmptyShould(true);
    }

    /** Allowed are the language's own packages, the project's own, and the annotations of nullness. */
    static ArchRule theHeartKnowsNoThirdParty() {
        return heart().dependOnClassesThat(type(
                        "third party",
                        type -> !type.isPrimitive()
                                && ALLOWED_IN_HEART.stream()
                                        .noneMatch(prefix -> type.getName().startsWith(prefix))))
                .as("causality … replica know no third party")
                .allowEmptyShould(true);
    }

    static ArchRule aLibraryIsNamedOnlyInItsHome(String home) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(nameOf(home))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOMES.get(home).toArray(String[]::new))
                .as(HOMES.get(home) + " only in " + home)
                .allowEmptyShould(true);
    }

    static ArchRule springIsNowhereInCore() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .as("Spring nowhere in core")
                .allowEmptyShould(true);
    }

    private static ClassesShould heart() {
        return noClasses().that().resideInAnyPackage(names(HEART)).should();
    }

    private static DescribedPredicate<JavaClass> named(String what, Set<String> names) {
        return type(what, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaClass> type(String what, Predicate<JavaClass> test) {
        return describe("are " + what, type -> test.test(type.getBaseComponentType()));
    }

    private static DescribedPredicate<JavaAccess<?>> access(String what, Predicate<String> test) {
        return describe(
                "the target is " + what,
                access -> test.test(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }

    private static String nameOf(String name) {
        return ROOT + "." + name;
    }

    private static String[] withRoof(List<String> packages) {
        return Stream.concat(packages.stream().map(Architecture::nameOf), Stream.of(ROOT))
                .toArray(String[]::new);
    }

    private static String[] names(List<String> packages) {
        return packages.stream().map(Architecture::nameOf).toArray(String[]::new);
    }
}
