package io.tollgate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of a start is named, with what to do. */
@Tag("slow")
class StartFaultsTest {
  @TempDir private Path folder;

  @Test
  void a_port_in_use_is_named_with_its_flag() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      Program.Ended ended =
          Program.run(
              folder,
              "up",
              "--data-dir",
              "data",
              "--port",
              port,
              "--private-port",
              "0",
              "--grpc-port",
              "0",
              "--sandbox-port",
              "0");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output()).contains(port).contains("--port").doesNotContain("\tat ");
    }
  }

  @Test
  void a_setting_that_is_not_known_names_the_nearest_one() throws Exception {
    Files.writeString(folder.resolve("tollgate.yaml"), "private:\n  prot: 18103\n");
    Program.Ended ended = Program.run(folder, "up", "--data-dir", "data");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .contains("unknown setting private.prot")
        .contains("nearest known one is private.port");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void a_value_that_does_not_fit_says_what_was_expected() {
    Program.Ended ended = Program.run(folder, "up", "--port", "99999");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("99999").contains("65535");
  }

  @Test
  void a_flag_that_is_not_known_is_refused() {
    Program.Ended ended = Program.run(folder, "up", "--prot", "18100");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("--prot").contains("--port");
  }

  @Test
  void demo_data_is_refused_in_production() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Program.Ended ended =
        Program.run(
            folder, Map.of("TOLLGATE_MASTER_KEY", key), "up", "--env", "production", "--demo");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("demo");
  }

  @Test
  void a_secret_in_the_command_line_is_refused_in_production_and_warned_of_elsewhere() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Program.Ended production =
        Program.run(folder, "up", "--env", "production", "--master-key", key);
    assertThat(production.exitCode()).isEqualTo(2);
    assertThat(production.output()).contains("TOLLGATE_MASTER_KEY").doesNotContain(key);
    Program.Ended development = Program.run(folder, "up", "--port", "99999", "--master-key", key);
    assertThat(development.output()).doesNotContain(key);
    Program.Ended audited = Program.run(folder, "audit", "--data-dir", "none", "--master-key", key);
    assertThat(audited.output()).contains("warning: --master-key").doesNotContain(key);
  }

  @Test
  void pages_of_everywhere_are_refused_in_production() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Program.Ended ended =
        Program.run(
            folder,
            Map.of("TOLLGATE_MASTER_KEY", key),
            "up",
            "--env",
            "production",
            "--cors-origins",
            "*");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("cors.origins: *").contains("https://app.example.com");
  }

  @Test
  void a_data_directory_of_another_postgres_is_left_alone_and_explained() throws Exception {
    Path cluster = Files.createDirectories(folder.resolve("data/postgres/cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), "12\n");
    Program.Ended ended =
        Program.run(
            folder,
            "up",
            "--data-dir",
            "data",
            "--port",
            "0",
            "--private-port",
            "0",
            "--grpc-port",
            "0",
            "--sandbox-port",
            "0");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("12").contains("--data-dir").doesNotContain("\tat ");
    assertThat(cluster).isDirectoryContaining("glob:**/PG_VERSION");
  }

  @Test
  void a_second_process_on_one_data_directory_is_refused_and_told_who_holds_it() {
    try (Installation installation = Installation.start()) {
      Program.Ended ended =
          Program.run(
              folder,
              "up",
              "--data-dir",
              installation.dataDirectory().toString(),
              "--port",
              "0",
              "--private-port",
              "0",
              "--grpc-port",
              "0",
              "--sandbox-port",
              "0");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output()).contains("pid " + installation.process().pid());
    }
  }
}
