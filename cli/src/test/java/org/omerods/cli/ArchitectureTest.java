package org.omerods.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** A package is a layer; what it may import stands here. */
@AnalyzeClasses(packages = "org.omerods", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesDependDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("storage")
            .definedBy("org.omerods.storage..")
            .layer("zone")
            .definedBy("org.omerods.zone..")
            .layer("slides")
            .definedBy("org.omerods.slides..")
            .layer("fs")
            .definedBy("org.omerods.fs..")
            .layer("omero")
            .definedBy("org.omerods.omero..")
            .layer("cli")
            .definedBy("org.omerods.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fs")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("fs", "omero", "cli")
            .whereLayer("omero")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("zone")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("slides")
            .mayOnlyBeAccessedByLayers("cli");

    @ArchTest
    static final ArchRule theFilesystemIsALayerCake = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("fuse")
            .definedBy("org.omerods.fs.fuse..")
            .layer("vfs")
            .definedBy("org.omerods.fs.vfs..")
            .layer("meta")
            .definedBy("org.omerods.fs.meta..")
            .layer("block")
            .definedBy("org.omerods.fs.block..")
            .layer("plan")
            .definedBy("org.omerods.fs.plan..")
            .layer("staging")
            .definedBy("org.omerods.fs.staging..")
            .whereLayer("fuse")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("vfs")
            .mayOnlyBeAccessedByLayers("fuse")
            .whereLayer("meta")
            .mayOnlyBeAccessedByLayers("vfs")
            .whereLayer("block")
            .mayOnlyBeAccessedByLayers("vfs")
            .whereLayer("staging")
            .mayOnlyBeAccessedByLayers("vfs")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("vfs", "block");

    @ArchTest
    static final ArchRule planningIsPure = noClasses()
            .that()
            .resideInAPackage("org.omerods.fs.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio..", "java.util.concurrent..", "org.omerods.storage..", "org.slf4j..");

    @ArchTest
    static final ArchRule oneDriverKnowsJnr = noClasses()
            .that()
            .resideOutsideOfPackage("org.omerods.fs.fuse.jnr..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "ru.serce..");

    @ArchTest
    static final ArchRule nothingShippedKnowsIrods4j =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.irods..");

    @ArchTest
    static final ArchRule placesDoNotKnowEachOther = slices().matching(
                    "org.omerods.storage.(irods|local|memory|decorate)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theSpiKnowsNoPlace = noClasses()
            .that()
            .resideInAPackage("org.omerods.storage")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.omerods.storage.*..");

    @ArchTest
    static final ArchRule onlyTheCommandPrints = noClasses()
            .that()
            .resideOutsideOfPackage("org.omerods.cli..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.omerods.(*).(*)..").should().beFreeOfCycles();
}
