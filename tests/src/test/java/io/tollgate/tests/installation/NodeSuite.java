package io.tollgate.tests.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of tests in {@code tests/sdk} that Node runs, with a file that tells them where what
 * they test is.
 *
 * @param library a package that they use; installed when it is missing
 * @param tests how many they are at least
 */
public record NodeSuite(String folder, String library, int tests) {
  private static final Path SDKS = Program.projectRoot().resolve("tests/sdk");
  private static final Pattern RESULT =
      Pattern.compile("^(ok|not ok) \\d+ - (.*)$", Pattern.MULTILINE);

  /** Runs them, and makes a test of each of their results. */
  public List<DynamicTest> results(Path demoFile) throws IOException, InterruptedException {
    Path suite = SDKS.resolve(folder);
    Path installedLibrary = suite.resolve("node_modules").resolve(library);
    if (!Files.isDirectory(installedLibrary)) {
      String installed = run(List.of("npm", "ci", "--no-audit", "--no-fund"), suite, demoFile);
      assertThat(installedLibrary).as(installed).isDirectory();
    }
    String output = run(List.of("node", "--test", "--test-reporter=tap"), suite, demoFile);
    List<MatchResult> results = RESULT.matcher(output).results().toList();
    assertThat(results).as(output).hasSizeGreaterThanOrEqualTo(tests);
    return results.stream()
        .map(
            result ->
                dynamicTest(
                    folder + ": " + result.group(2),
                    () -> assertThat(result.group(1)).as(output).isEqualTo("ok")))
        .toList();
  }

  private static String run(List<String> command, Path folder, Path demoFile)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("DEMO_FILE", demoFile.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
