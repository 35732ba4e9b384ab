package io.tollgate.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.data.testing.TestClickHouse;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseServer;
import java.time.Duration;
import java.util.Optional;

/** ClickHouse for these tests. */
final class ClickHouses {
  private ClickHouses() {}

  /** One that is to be had; without it a test is skipped, and fails in continuous integration. */
  static TestClickHouse had(Optional<TestClickHouse> engine, String what) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(engine).as(what).isPresent();
    } else {
      assumeThat(engine).as(what).isPresent();
    }
    return engine.orElseThrow();
  }

  static ClickHouseServer address(TestClickHouse engine) {
    return new ClickHouseServer(
        engine.url(), "default", Optional.empty(), Optional.empty(), Duration.ofSeconds(30));
  }
}
