package io.tollgate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z"));

  @TempDir Path parent;

  @Test
  void it_is_made_for_its_owner_only() throws IOException {
    Path folder = parent.resolve("data");
    try (DataDirectory directory = DataDirectory.open(folder, NOON)) {
      assertThat(directory.path()).isAbsolute().isDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void a_second_holder_is_refused_and_told_who_has_it() {
    try (DataDirectory held = DataDirectory.open(parent, NOON)) {
      assertThatThrownBy(() -> DataDirectory.open(held.path(), NOON))
          .isInstanceOf(PostgresException.class)
          .hasMessageContaining("in use by another process")
          .hasMessageContaining(
              "pid " + ProcessHandle.current().pid() + ", started 2026-01-02T12:00:00Z");
    }
  }

  @Test
  void it_can_be_taken_again_once_released() {
    DataDirectory.open(parent, NOON).close();
    DataDirectory.open(parent, NOON).close();
  }

  @Test
  void another_layout_is_refused_naming_both() throws IOException {
    Files.writeString(parent.resolve("format"), "7\n");
    assertThatThrownBy(() -> DataDirectory.open(parent, NOON))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("has layout 7 (expected: 1)")
        .hasMessageContaining("--data-dir");
  }

  @Test
  void a_file_in_its_place_is_refused() throws IOException {
    Path file = Files.writeString(parent.resolve("data"), "x");
    assertThatThrownBy(() -> DataDirectory.open(file, NOON))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void what_we_made_in_a_folder_for_all_is_for_its_owner_only_and_the_rest_is_left()
      throws IOException {
    Path folder = Files.createDirectory(parent.resolve("open"), mode("rwxr-xr-x"));
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (String name : List.of("tollgate.arguments", "demo.json", "notes.txt")) {
      Files.createFile(folder.resolve(name));
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    try (DataDirectory directory = DataDirectory.open(folder, Clock.systemUTC())) {
      assertThat(modeOf(directory.path())).isEqualTo("rwxr-xr-x");
      assertThat(modeOf(logs)).isEqualTo("rwx------");
      assertThat(modeOf(folder.resolve("lock"))).isEqualTo("rw-------");
      assertThat(modeOf(folder.resolve("format"))).isEqualTo("rw-------");
      assertThat(modeOf(folder.resolve("tollgate.arguments"))).isEqualTo("rw-------");
      assertThat(modeOf(folder.resolve("demo.json"))).isEqualTo("rw-------");
      assertThat(modeOf(folder.resolve("notes.txt"))).isEqualTo("rw-rw-rw-");
    }
  }

  private static FileAttribute<?> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
