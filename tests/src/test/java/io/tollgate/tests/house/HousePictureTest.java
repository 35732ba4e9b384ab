package io.tollgate.tests.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The house is as its picture says; an arrow or an open door that is not in it fails. */
class HousePictureTest {
  private static final ImportOption NOT_PLANTED = location -> !location.contains("/planted/");
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(NOT_PLANTED)
          .withImportOption(HousePictureTest::notOurTests)
          .importPackages("io.tollgate");

  /** Each protocol has a package of its own below the faces, which nobody else looks into. */
  private static final ArchRule NO_PROTOCOL_BY_NAME =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tollgate.relay.protocols..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.tollgate.relay.protocols.*..")
                  // which reports are believed, and how forms are read, is one for all of them
                  .and(resideOutsideOfPackage("io.tollgate.relay.protocols.usage"))
                  .and(resideOutsideOfPackage("io.tollgate.relay.protocols.forms"))
                  // so are batches, whose lines are requests of any of them
                  .and(resideOutsideOfPackage("io.tollgate.relay.protocols.batches")));

  /** The same bars give the same outputs, wherever and whenever a strategy runs. */
  private static final ArchRule STRATEGIES_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.tollgate.trading.strategies..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.vertx..",
                      "io.netty..",
                      "java.io..",
                      "java.net..",
                      "java.nio.channels..",
                      "java.nio.file..",
                      "java.sql..",
                      "java.util.concurrent..",
                      "org.slf4j..")
                  .or(assignableTo(Clock.class))
                  .or(assignableTo(InstantSource.class))
                  .or(assignableTo(Random.class))
                  .or(assignableTo(Thread.class)));

  @Test
  void every_arrow_is_in_the_picture() {
    assertThat(HOUSE.size()).isGreaterThan(100);
    HousePicture.check(HOUSE);
  }

  @Test
  void ground_stands_on_java_alone() {
    noClasses()
        .that()
        .resideInAPackage("io.tollgate.ground..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.tollgate.ground..", "java..", "org.jspecify.annotations..")
        .check(HOUSE);
  }

  @Test
  void protocols_do_no_input_or_output() {
    noClasses()
        .that()
        .resideInAPackage("io.tollgate.relay.protocols..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.netty..", "java.net.http..", "java.nio.channels..", "java.sql..")
        .check(HOUSE);
  }

  @Test
  void strategies_do_no_input_or_output_and_know_no_clock_and_no_chance() {
    STRATEGIES_ARE_PURE.check(HOUSE);
  }

  @Test
  void a_strategy_that_reads_a_file_or_the_time_fails() {
    JavaClasses planted = planted("io.tollgate.trading.strategies.planted");
    assertThatThrownBy(() -> STRATEGIES_ARE_PURE.check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("StrategyReadsFile")
        .hasMessageContaining("InstantSource");
  }

  @Test
  void protocols_are_known_by_their_faces_only() {
    NO_PROTOCOL_BY_NAME.check(HOUSE);
  }

  @Test
  void knowing_one_protocol_by_its_name_fails() {
    assertThatThrownBy(
            () -> NO_PROTOCOL_BY_NAME.check(planted("io.tollgate.relay.gateway.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowingOneProtocol");
  }

  @Test
  void rooms_of_a_context_do_not_need_each_other_in_a_circle() {
    for (String context : List.of("ledger", "billing")) {
      slices()
          .matching("io.tollgate." + context + ".internal.(*)..")
          .should()
          .beFreeOfCycles()
          .check(HOUSE);
    }
  }

  @Test
  void an_arrow_that_is_not_in_the_picture_fails() {
    assertThatThrownBy(() -> HousePicture.check(planted("io.tollgate.ground.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ArrowUpwards");
  }

  @Test
  void reaching_into_the_inside_of_another_context_fails() {
    assertThatThrownBy(() -> HousePicture.check(planted("io.tollgate.app.planted")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ReachingInside");
  }

  private static JavaClasses planted(String packageName) {
    return new ClassFileImporter().importPackages(packageName);
  }

  private static boolean notOurTests(Location location) {
    return !location.contains("/test-classes/");
  }
}
