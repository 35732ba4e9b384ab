package io.tollgate.tests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/**
 * Inside the engine, what trading computes is pure code in rooms that know nothing but its face.
 */
class EngineRoomsTest {
  private static final String CONTEXT = "io.tollgate.trading.engine";
  private static final String ANALYTICS = "analytics";
  private static final String BACKTEST = "backtest";
  private static final String CANDLES = "candles";
  private static final String EPISODE = "episode";
  private static final String EXECUTION = "execution";
  private static final String GUARD = "guard";
  private static final String REPORT = "report";
  private static final String RISK = "risk";
  private static final String SCAN = "scan";
  private static final String SEARCH = "search";
  private static final String SIZING = "sizing";
  private static final String INTERNAL = "internal";

  private static final InnerRooms ENGINE =
      new InnerRooms("trading.engine")
          .room(ANALYTICS)
          .room(EPISODE)
          .room(EXECUTION, EPISODE, RISK)
          .room(GUARD)
          .room(RISK)
          .room(SIZING)
          .room(CANDLES)
          .room(BACKTEST, CANDLES, ANALYTICS, EPISODE, GUARD, RISK, SIZING)
          .room(SCAN, EXECUTION, GUARD, RISK)
          .room(SEARCH, BACKTEST, CANDLES, ANALYTICS)
          .room(REPORT, BACKTEST, CANDLES, ANALYTICS)
          .room(INTERNAL, CANDLES, EPISODE, EXECUTION, GUARD, RISK, SCAN, SIZING)
          .room(
              InnerRooms.FACE, INTERNAL, BACKTEST, CANDLES, EPISODE, EXECUTION, GUARD, RISK, SCAN);

  private static final ArchRule NO_INPUT_OR_OUTPUT =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(
              CONTEXT + ".analytics..",
              CONTEXT + ".episode..",
              CONTEXT + ".execution..",
              CONTEXT + ".guard..",
              CONTEXT + ".risk..",
              CONTEXT + ".scan..",
              CONTEXT + ".sizing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tollgate.data..",
              "org.jooq..",
              "java.sql..",
              "java.net..",
              "java.nio..",
              "java.io..");

  @Test
  void every_arrow_inside_the_engine_is_listed() {
    JavaClasses engine = engine();
    assertThat(engine.size()).isGreaterThan(60);
    ENGINE.check(engine);
  }

  @Test
  void what_trading_computes_does_no_input_or_output() {
    NO_INPUT_OR_OUTPUT.check(engine());
  }

  @Test
  void an_arrow_from_risk_rules_to_the_database_fails() {
    JavaClasses planted =
        new ClassFileImporter().importPackages("io.tollgate.trading.engine.risk.planted");
    assertThatThrownBy(() -> ENGINE.check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("RiskKnowsDatabase");
    assertThatThrownBy(() -> NO_INPUT_OR_OUTPUT.check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("RiskKnowsDatabase");
  }

  private static JavaClasses engine() {
    return new ClassFileImporter()
        .withImportOption(EngineRoomsTest::notOurTests)
        .importPackages(CONTEXT);
  }

  private static boolean notOurTests(Location location) {
    return !location.contains("/test-classes/");
  }
}
