package io.tollgate.postgres;

import static io.tollgate.postgres.Samples.QUICK;
import static io.tollgate.postgres.Samples.execute;
import static io.tollgate.postgres.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.postgres.internal.OrphanServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresTest {
  @TempDir Path folder;
  private DataDirectory directory;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(folder, InstantSource.system());
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void data_is_kept_between_starts() throws SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void what_is_committed_is_on_disk_and_the_door_is_locked() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      assertThat(query(server, "SHOW fsync")).isEqualTo("on");
      assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(query(server, "SHOW data_checksums")).isEqualTo("on");
      assertThat(query(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> Samples.connect(server.port(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      Path secret = folder.resolve("postgres/superuser.password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_server_that_dies_is_started_again_on_the_same_port() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      execute(server, "CREATE TABLE kept AS SELECT 1 AS answer");
      String pid = firstLine(folder.resolve("postgres/cluster/postmaster.pid"));
      OrphanServer.signal(Long.parseLong(pid), "KILL");
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> query(server, "SELECT answer FROM kept").equals("1"));
      assertThat(firstLine(folder.resolve("postgres/cluster/postmaster.pid"))).isNotEqualTo(pid);
    }
  }

  @Test
  void a_port_that_is_taken_is_replaced_by_a_free_one() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      PostgresOptions options =
          new PostgresOptions(
              QUICK.binaries(),
              taken.getLocalPort(),
              QUICK.startTimeout(),
              QUICK.stopTimeout(),
              QUICK.settings());
      try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, options)) {
        assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
      }
    }
  }

  @Test
  void a_start_that_fails_says_what_the_server_said() {
    PostgresOptions wrong =
        new PostgresOptions(
            Optional.empty(),
            0,
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Map.of("shared_buffers", "much"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory, wrong))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
  }

  @Test
  void data_of_another_version_is_refused_and_left_alone() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("postgres/cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), "16\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory, QUICK))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("made by PostgreSQL 16")
        .hasMessageContaining("this is PostgreSQL 18")
        .hasMessageContaining("--data-dir");
    assertThat(cluster).isDirectoryContaining(file -> file.endsWith("PG_VERSION"));
  }

  @Test
  void a_lock_of_a_process_that_is_no_server_is_stale() throws Exception {
    EmbeddedPostgres.start(directory, QUICK).close();
    Path lock = folder.resolve("postgres/cluster/postmaster.pid");
    // the number has been given to somebody else since: to us
    Files.writeString(lock, ProcessHandle.current().pid() + "\n/elsewhere\n0\n5432\n\n\n\nready\n");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_cluster_that_was_being_made_when_killed_is_made_anew() throws Exception {
    Path half = Files.createDirectories(folder.resolve("postgres/cluster.new/base"));
    Files.writeString(half.resolve("half"), "made");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  private static String firstLine(Path file) throws IOException {
    return Files.readAllLines(file).getFirst().strip();
  }
}
