package io.tollgate.postgres.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
  @TempDir Path folder;

  @Test
  void what_is_written_never_takes_more_than_twice_the_bound() throws IOException {
    Path file = folder.resolve("server.log");
    BoundedLog log = new BoundedLog(file, 100);
    for (int line = 0; line < 50; line++) {
      log.copy(new ByteArrayInputStream("line %02d......\n".formatted(line).getBytes(UTF_8)));
    }
    assertThat(Files.size(file)).isLessThanOrEqualTo(100);
    assertThat(Files.size(folder.resolve("server.log.1"))).isLessThanOrEqualTo(100);
    assertThat(LogTail.of(file, 14)).isEqualTo("line 49......\n");
  }
}
