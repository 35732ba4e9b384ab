package io.tollgate.telemetry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleFileTest {
  private static final String BEGINNING = "  relay   http://127.0.0.1:18100\n";

  @TempDir private Path folder;

  @Test
  void file_that_grows_is_cut_back_to_its_beginning_and_one_copy_is_kept() throws IOException {
    Path file = folder.resolve("tollgate.log");
    try (ConsoleFile console = new ConsoleFile(file, 100_000);
        OutputStream out = open(file)) {
      out.write(BEGINNING.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 20_000; i++) {
        out.write(("warning " + i + "\n").getBytes(StandardCharsets.UTF_8));
        if (i % 500 == 0) {
          console.check();
        }
      }
      console.check();
    }
    Path old = folder.resolve("tollgate.log.1");
    assertThat(Files.size(file)).isLessThan(120_000);
    assertThat(Files.size(old)).isLessThan(120_000);
    assertThat(Files.readString(file)).startsWith(BEGINNING).endsWith("warning 19999\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void file_that_is_not_there_or_small_is_left_alone() throws IOException {
    Path file = folder.resolve("tollgate.log");
    try (ConsoleFile console = new ConsoleFile(file, 100)) {
      console.check();
      assertThat(file).doesNotExist();
      Files.writeString(file, BEGINNING);
      console.check();
      assertThat(file).hasContent(BEGINNING.stripTrailing());
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
