package io.tollgate.edge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of the Vue project itself: its types against the API, its rules, its unit tests. */
class PageChecksTest {
  private static final Path PAGES = Path.of("web").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"types", "lint", "test"})
  void pages_pass_their_own(String check) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("npm", "run", "--silent", check))
            .directory(PAGES.toFile())
            .redirectErrorStream(true);
    builder.environment().put("NO_COLOR", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
