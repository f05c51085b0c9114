package dev.hydra;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the dependencies between packages: what is not listed here is not allowed. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hydra");

    /** Everything may use these. */
    private static final List<String> COMMON = List.of("wire", "secret", "settings");

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("api", List.of("access", "gateway", "tasks", "relay", "dialect")),
            Map.entry("relay", List.of("gateway", "dialect", "upstream", "keys", "access", "store")),
            Map.entry("gateway", List.of("dialect", "upstream", "keys", "access", "conversation")),
            // A task answers a caller in some dialect, and a count is of a conversation.
            Map.entry("tasks", List.of("gateway", "upstream", "keys", "access", "dialect", "conversation")),
            Map.entry("dialect", List.of("conversation")),
            Map.entry("upstream", List.of("store")),
            Map.entry("keys", List.of("store")),
            Map.entry("access", List.of("store")),
            // A listener reads the facts of an exchange, and these are made of a caller and of what was said.
            Map.entry("audit", List.of("store", "gateway", "access", "conversation")),
            Map.entry("stats", List.of("store", "gateway", "access", "conversation")),
            // What was said is kept for the gateway's callers, in the dialect's own form.
            Map.entry("history", List.of("store", "gateway", "access", "dialect")),
            Map.entry("store", List.of()),
            Map.entry("boot", List.of("cli")),
            Map.entry("demo", List.of()));

    @TestFactory
    Stream<DynamicTest> packagesDependOnlyOnWhatTheyMay() {
        return ALLOWED.entrySet().stream().map(edge -> DynamicTest.dynamicTest(edge.getKey(), () -> {
            String[] allowed = Stream.of(List.of(edge.getKey()), edge.getValue(), COMMON).flatMap(List::stream)
                    .map(name -> "dev.hydra." + name + "..").toArray(String[]::new);
            // ApiApplication lists the resources of every feature: someone must.
            noClasses().that().resideInAPackage("dev.hydra." + edge.getKey() + "..").and().doNotHaveSimpleName("ApiApplication").should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.hydra.*..").and(not(resideInAnyPackage(allowed))))
                    .allowEmptyShould(true).check(PRODUCT);
        }));
    }

    @TestFactory
    Stream<DynamicTest> leavesImportNothingOfOurs() {
        return Stream.of("conversation", "secret", "wire").map(leaf -> DynamicTest.dynamicTest(leaf, () -> noClasses().that()
                .resideInAPackage("dev.hydra." + leaf + "..").should().dependOnClassesThat(resideInAPackage("dev.hydra.*..")
                        .and(not(resideInAPackage("dev.hydra." + leaf + ".."))))
                .check(PRODUCT)));
    }

    @Test
    void dialectsNeverImportEachOther() {
        slices().matching("dev.hydra.dialect.(*)..").should().notDependOnEachOther().check(PRODUCT);
    }

    @Test
    void nothingHasAnEmptyName() {
        String[] endings = {"Manager", "Impl", "Util", "Utils", "Helper", "Handler", "Processor", "Service"};
        classes().that().resideInAPackage("dev.hydra..").should(
                ArchConditions.not(Arrays.stream(endings)
                        .map(ArchConditions::haveSimpleNameEndingWith)
                        .reduce((first, second) -> first.or(second)).orElseThrow()))
                .check(PRODUCT);
    }
}
