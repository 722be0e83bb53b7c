package io.ticketmesh;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What must never be, asked of every class of core. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(Architecture.ROOT);

    @Test
    void everyPackageHasItsPlace() {
        Architecture.everyPackageHasItsPlace().check(CORE);
    }

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyThoseAboveIt() {
        return Architecture.ORDER.stream()
                .map(Architecture::eachPackageUsesOnlyThoseAboveIt)
                .map(ArchitectureTest::test);
    }

    @Test
    void nobodyImportsTheRoof() {
        Architecture.nobodyImportsTheRoof().check(CORE);
    }

    @Test
    void noCycles() {
        Architecture.noCycles().check(CORE);
    }

    @TestFactory
    Stream<DynamicTest> adaptersDoNotKnowEachOther() {
        return Architecture.ADAPTERS.stream()
                .map(Architecture::adaptersDoNotKnowEachOther)
                .map(ArchitectureTest::test);
    }

    @Test
    void theHeartTouchesNoNetworkFileOrThread() {
        Architecture.theHeartTouchesNoNetworkFileOrThread().check(CORE);
    }

    @Test
    void theHeartReadsNoWallClock() {
        Architecture.theHeartReadsNoWallClock().check(CORE);
    }

    @Test
    void theHeartIsNeverRandom() {
        Architecture.theHeartIsNeverRandom().check(CORE);
    }

    @Test
    void theHeartDoesNotLog() {
        Architecture.theHeartDoesNotLog().check(CORE);
    }

    @Test
    void theHeartKnowsNoThirdParty() {
        Architecture.theHeartKnowsNoThirdParty().check(CORE);
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsNamedOnlyInItsHome() {
        return Architecture.HOMES.keySet().stream()
                .sorted()
                .map(Architecture::aLibraryIsNamedOnlyInItsHome)
                .map(ArchitectureTest::test);
    }

    @Test
    void springIsNowhereInCore() {
        Architecture.springIsNowhereInCore().check(CORE);
    }

    private static DynamicTest test(ArchRule rule) {
        return dynamicTest(rule.getDescription(), () -> rule.check(CORE));
    }
}
