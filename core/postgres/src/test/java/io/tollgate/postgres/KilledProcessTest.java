package io.tollgate.postgres;

import static io.tollgate.postgres.Samples.QUICK;
import static io.tollgate.postgres.Samples.execute;
import static io.tollgate.postgres.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.postgres.internal.Platform;
import io.tollgate.postgres.internal.Postmaster;
import io.tollgate.postgres.internal.ServerPrograms;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that was killed, and who may use a folder meanwhile. */
@Tag("slow")
class KilledProcessTest {
  @TempDir Path folder;

  @Test
  void the_next_start_works_right_after_a_kill() throws Exception {
    try (Keeper keeper = Keeper.start(folder)) {
      assertThat(keeper.isReady()).as(keeper.answer()).isTrue();
      keeper.kill();
    }
    try (DataDirectory directory = DataDirectory.open(folder, InstantSource.system());
        EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void an_orphan_is_stopped_cleanly_and_its_data_kept() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder, InstantSource.system())) {
      try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
        execute(server, "CREATE TABLE kept AS SELECT 7 AS answer");
      }
      Process orphan = startWithoutLifeline();
      Path cluster = folder.resolve("postgres/cluster");
      await().until(() -> Postmaster.read(cluster).filter(Postmaster::ready).isPresent());

      try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, QUICK)) {
        assertThat(orphan.isAlive()).isFalse();
        assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("7");
      }
      assertThat(Files.readString(folder.resolve("orphan.log")))
          .contains("database system is shut down");
    }
  }

  @Test
  void a_second_process_on_the_folder_is_refused_and_told_who_has_it() throws Exception {
    DataDirectory directory = DataDirectory.open(folder, InstantSource.system());
    try (directory;
        Keeper second = Keeper.start(folder)) {
      assertThat(second.isReady()).isFalse();
      assertThat(second.answer())
          .contains("is in use by another process")
          .contains("pid " + ProcessHandle.current().pid())
          .contains("--data-dir");
    }
  }

  private Process startWithoutLifeline() throws Exception {
    Path home = Path.of(System.getProperty("user.home"));
    ServerPrograms programs =
        ServerPrograms.find(Platform.current(), List.of(home.resolve(".cache/tollgate")), folder);
    List<String> command =
        programs
            .launch()
            .tool(
                programs.binaries().program("postgres").toString(),
                "-D",
                folder.resolve("postgres/cluster").toString(),
                "-c",
                "listen_addresses=",
                "-c",
                "unix_socket_directories=" + Files.createDirectory(folder.resolve("socket")),
                "-c",
                "port=54329");
    File log = folder.resolve("orphan.log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    await().atMost(Duration.ofSeconds(20)).until(process::isAlive);
    return process;
  }
}
