package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.MeteringStartException;
import io.tollgate.metering.internal.database.register.OtherBuildLogs;
import io.tollgate.metering.internal.meterlog.ChangedHeader;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.LogState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A directory of a killed older build is not upgraded before that build has settled its logs. */
class OtherBuildLogsTest {
  private final Books books = new Books();
  private final LogIdentity identity =
      new LogIdentity(
          books.register.ledger(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 0);

  @TempDir Path data;

  @BeforeEach
  void write() throws Exception {
    var _ =
        LogWriter.begin(
            FileLogShelf.of(data).log(identity.log()),
            identity,
            LogWriter.MIN_SEGMENT_BYTES,
            Runnable::run);
    books.register.enter(identity, LogCursor.start(identity.log()));
  }

  @AfterEach
  void close() {
    books.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = LogState.class,
      names = {"OPEN", "RECOVERING", "LOST"})
  void one_that_is_not_settled_stops_the_upgrade_and_says_what_to_do(LogState state)
      throws Exception {
    older();
    state(state);
    assertThatThrownBy(this::look)
        .isInstanceOf(MeteringStartException.class)
        .hasMessageContaining("log " + identity.log() + ": version 1 (expected: 2)")
        .hasMessageContaining("Start that build on the data directory once and stop it")
        .hasMessageContaining("Nothing has been changed");
  }

  @Test
  void one_that_is_settled_to_its_end_does_not() throws Exception {
    older();
    state(LogState.ENDED);
    look();
  }

  @Test
  void one_of_this_build_does_not() throws Exception {
    look();
  }

  @Test
  void a_database_that_is_still_empty_is_nothing_to_ask() throws Exception {
    older();
    try (Connection owner = books.database.owner().getConnection();
        Statement statement = owner.createStatement()) {
      assertThat(statement.execute("ALTER SCHEMA metering RENAME TO elsewhere")).isFalse();
      new OtherBuildLogs().look(owner, data);
    }
  }

  private void look() throws SQLException {
    try (Connection owner = books.database.owner().getConnection()) {
      new OtherBuildLogs().look(owner, data);
    }
  }

  private void older() throws Exception {
    Path segment =
        data.resolve("meter").resolve(identity.log().toString()).resolve("00000001.meterlog");
    var _ = Files.write(segment, ChangedHeader.ofVersion(1, Files.readAllBytes(segment)));
  }

  private void state(LogState state) throws SQLException {
    try (Connection owner = books.database.owner().getConnection();
        Statement statement = owner.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE metering.meter_log SET state = '%s', ended_at = now()"
                      .formatted(state.code())))
          .isOne();
    }
  }
}
