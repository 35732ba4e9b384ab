package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.config.Settings;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.schema.Contexts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final DatabaseConfig EMBEDDED =
      DatabaseConfig.from(
          Settings.merge(
              DatabaseConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "tollgate.yaml"));

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void the_embedded_database_is_migrated_once_and_kept() {
    try (DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      try (Database database = open(EMBEDDED, directory)) {
        database.start();
        assertThat(database.isReady()).isTrue();
        int _ =
            database
                .transactions()
                .write(
                    transaction -> {
                      transaction.publish(OutboxEvent.of(new TenantId(1), "s", "t", "{}"));
                      return 0;
                    });
      }
      try (Database database = open(EMBEDDED, directory)) {
        assertThat(events(database)).isEqualTo(1);
        try (Database looking =
            Database.attachRunning(folder, EMBEDDED, new SimpleMeterRegistry(), new Random(1))
                .orElseThrow()) {
          assertThat(events(looking)).isEqualTo(1);
        }
      }
      assertThat(Database.attachRunning(folder, EMBEDDED, new SimpleMeterRegistry(), new Random(1)))
          .isEmpty();
    }
  }

  @Test
  void a_database_of_ones_own_is_used_by_a_plain_user_who_may_make_roles() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      ownerExecutes(
          test,
          "DROP SCHEMA " + String.join(", ", Contexts.ALL) + " CASCADE",
          "DROP ROLE IF EXISTS plain",
          "CREATE ROLE plain LOGIN CREATEROLE PASSWORD 'plain'",
          "GRANT tollgate_app TO plain",
          "ALTER DATABASE " + name(test) + " OWNER TO plain");
      DatabaseConfig config = as(test, "plain", "plain");
      try (Database database = open(config, directory)) {
        assertThat(events(database)).isZero();
        assertThatThrownBy(
                () ->
                    database
                        .transactions()
                        .write(transaction -> transaction.sql().execute("DROP TABLE data.outbox")))
            .hasMessageContaining("must be owner");
      }
      ownerExecutes(test, "ALTER DATABASE " + name(test) + " OWNER TO " + test.user());
    }
  }

  @Test
  void a_user_who_may_not_work_as_our_role_is_told_what_to_grant() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      ownerExecutes(
          test, "DROP ROLE IF EXISTS powerless", "CREATE ROLE powerless LOGIN PASSWORD 'p'");
      assertThatThrownBy(() -> open(as(test, "powerless", "p"), directory))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("GRANT tollgate_app TO <user> WITH SET TRUE");
    }
  }

  @Test
  void a_database_that_is_not_there_is_said_plainly_and_without_the_password() {
    try (DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      DatabaseConfig nowhere =
          new DatabaseConfig(
              Optional.of("jdbc:postgresql://127.0.0.1:1/none"),
              Optional.of("me"),
              Optional.of("hush"),
              0,
              2,
              EMBEDDED.poolWait(),
              EMBEDDED.statementTimeout(),
              EventsConfig.DEFAULTS);
      assertThatThrownBy(() -> open(nowhere, directory))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("postgres.url")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void a_schema_of_a_newer_program_is_refused_and_left_alone() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      ownerExecutes(
          test,
          "INSERT INTO ledger.flyway_history SELECT 9999, '999', 'from tomorrow', 'SQL',"
              + " 'V999__from_tomorrow.sql', 1, 'x', now(), 1, true",
          "COMMENT ON SCHEMA data IS 'the mark of tomorrow'");
      assertThatThrownBy(() -> open(test.config(), directory))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("schema ledger has version 999")
          .hasMessageContaining("a newer Tollgate");
    }
  }

  @Test
  void an_upgrade_is_looked_at_before_anything_is_changed_and_only_when_there_is_one()
      throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      UpgradeChecks refusing =
          new UpgradeChecks(
              List.of(
                  (database, data) -> {
                    assertThat(data).isEqualTo(directory.path());
                    throw new IllegalStateException("not yet");
                  }));
      // nothing to do
      open(test, directory, refusing).close();
      ownerExecutes(
          test, "DROP SCHEMA relay CASCADE", "COMMENT ON SCHEMA data IS 'an older program'");
      assertThatThrownBy(() -> open(test, directory, refusing)).hasMessage("not yet");
      try (Connection owner = test.owner().getConnection();
          Statement statement = owner.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT to_regnamespace('relay') IS NULL AND"
                      + " obj_description('data'::regnamespace) = 'an older program'")) {
        assertThat(rows.next() && rows.getBoolean(1)).isTrue();
      }
      open(test, directory, UpgradeChecks.NONE).close();
    }
  }

  private static Database open(TestDatabase test, DataDirectory directory, UpgradeChecks checks) {
    return Database.open(
        test.config(), directory, checks, new SimpleMeterRegistry(), new Random(1));
  }

  private static Database open(DatabaseConfig config, DataDirectory directory) {
    return Database.open(config, directory, new SimpleMeterRegistry(), new Random(1));
  }

  private static DatabaseConfig as(TestDatabase test, String user, String password) {
    DatabaseConfig config = test.config();
    return new DatabaseConfig(
        config.url(),
        Optional.of(user),
        Optional.of(password),
        0,
        2,
        config.poolWait(),
        config.statementTimeout(),
        EventsConfig.DEFAULTS);
  }

  private static String name(TestDatabase test) {
    return test.jdbcUrl().substring(test.jdbcUrl().lastIndexOf('/') + 1);
  }

  private static int events(Database database) {
    return database
        .transactions()
        .read(
            transaction ->
                transaction
                    .sql()
                    .fetchSingle("SELECT count(*) FROM data.outbox")
                    .get(0, int.class));
  }

  private static void ownerExecutes(TestDatabase test, String... statements) throws SQLException {
    try (Connection connection = test.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
