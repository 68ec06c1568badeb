package io.tean.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms never open into each other; the hallway never opens into a room; only the front door knows all rooms. */
class FloorPlanTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("test-classes") && !place.contains("tests.jar"))
            .importPackages("io.tean");

    private static final List<String> EVERYONE = List.of("java..", "org.jspecify..", "org.slf4j..");

    /** What each module may import from outside the house, beside what everyone may. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "core",
            List.of(
                    "com.fasterxml.jackson.annotation..",
                    "com.zaxxer.hikari..",
                    "io.micrometer.core..",
                    "io.smallrye.config..",
                    "javax.sql..",
                    "org.eclipse.microprofile.config..",
                    "org.flywaydb..",
                    "tools.jackson.."),
            "ingest",
            List.of(
                    "io.micrometer.core..",
                    "io.netty..",
                    "io.vertx.core..",
                    "javax.sql..",
                    "org.postgresql..",
                    "tools.jackson.core.."),
            "register",
            List.of(
                    "com.fasterxml.jackson.annotation..",
                    "io.micrometer.core..",
                    "javax.sql..",
                    "org.apache.commons.csv..",
                    "org.dhatim.fastexcel..",
                    "org.postgresql..",
                    "tools.jackson.."),
            "alerting",
            List.of(
                    "com.fasterxml.jackson.annotation..",
                    "com.github.kagkarlsson.scheduler..",
                    // In the signatures of CEL.
                    "com.google.common.collect..",
                    "dev.cel..",
                    "io.micrometer.core..",
                    // HTTP and mail, in the package of the channels only.
                    "jakarta.mail..",
                    "javax.crypto..",
                    "javax.sql..",
                    "org.apache.hc..",
                    "org.postgresql..",
                    "tools.jackson.."),
            "dashboards",
            List.of(
                    "com.password4j..",
                    "gg.jte..",
                    "io.micrometer.core..",
                    "io.netty.handler.codec..",
                    "io.vertx.core..",
                    "io.vertx.ext.web..",
                    "javax.sql..",
                    "org.apache.commons.csv..",
                    "org.dhatim.fastexcel..",
                    "org.jdbi..",
                    "org.postgresql..",
                    "tools.jackson.."),
            "simulators",
            List.of(
                    "com.fasterxml.jackson.annotation..",
                    // The JDK's own server, for the telephones of a demo.
                    "com.sun.net.httpserver..",
                    "org.eclipse.paho..",
                    "tools.jackson.."));

    @ParameterizedTest
    @ValueSource(strings = {"core", "ingest", "register", "alerting", "dashboards", "simulators"})
    void a_room_imports_core_and_its_own_libraries_and_nothing_else(String module) {
        List<String> allowed = new ArrayList<>(EVERYONE);
        allowed.addAll(LIBRARIES.getOrDefault(module, List.of()));
        allowed.add("io.tean.core..");
        allowed.add("io.tean." + module + "..");
        allowed.add("");
        classes()
                .that()
                .resideInAPackage("io.tean." + module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void the_words_are_pure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.tean.core.stream..",
                        "io.tean.core.equipment..",
                        "io.tean.core.organisation..",
                        "io.tean.core.rescue..",
                        "io.tean.ingest.decode..",
                        "io.tean.register.sheet..",
                        "io.tean.register.regulation..",
                        "io.tean.register.due..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "io.vertx..", "io.netty..", "org.jdbi..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.InstantSource")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
    }

    @Test
    void only_packages_that_own_a_table_speak_sql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.tean.core.audit..",
                        "io.tean.core.store..",
                        // The port hands the transaction on.
                        "io.tean.core.reading..",
                        "io.tean.ingest.device..",
                        "io.tean.ingest.store..",
                        "io.tean.ingest.lane..",
                        "io.tean.ingest",
                        "io.tean.register.equipment..",
                        "io.tean.register.intake..",
                        "io.tean.register.landing..",
                        "io.tean.register.organisation..",
                        "io.tean.register.duty..",
                        "io.tean.register.maintenance..",
                        "io.tean.register.inspection..",
                        "io.tean.register.desk..",
                        "io.tean.register",
                        "io.tean.alerting",
                        "io.tean.alerting.alert..",
                        "io.tean.alerting.job..",
                        "io.tean.alerting.judge..",
                        "io.tean.alerting.notice..",
                        "io.tean.alerting.rescue..",
                        "io.tean.alerting.sweep..",
                        "io.tean.dashboards..",
                        "io.tean.app")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..")
                .check(HOUSE);
    }

    @Test
    void only_the_channels_speak_http_and_mail() {
        noClasses()
                .that()
                .resideInAPackage("io.tean.alerting..")
                .and()
                .resideOutsideOfPackage("io.tean.alerting.channel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.apache.hc..")
                .check(HOUSE);
    }

    @Test
    void packages_form_no_cycles() {
        for (String module : LIBRARIES.keySet()) {
            slices().matching("io.tean." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }

    @Test
    void every_package_is_null_checked() {
        classes()
                .that(not(resideInAnyPackage("io.tean.dashboards.templates..")))
                .and()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
                .check(HOUSE);
    }

    @Test
    void no_type_hides_behind_a_vague_name() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("DTO")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(HOUSE);
    }
}
