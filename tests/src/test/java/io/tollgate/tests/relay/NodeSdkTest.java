package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The official SDKs for Node, with nothing but base URL and key changed: OpenAI's, Anthropic's and
 * Google's, and Vercel's on top of them, against a model of each upstream protocol.
 */
@Tag("slow")
class NodeSdkTest {
  private static final Path SDKS = Program.projectRoot().resolve("tests/sdk");
  private static final Pattern RESULT =
      Pattern.compile("^(ok|not ok) \\d+ - (.*)$", Pattern.MULTILINE);

  /** A folder of tests, the package that they use, and how many they are at least. */
  private record Suite(String folder, String library, int tests) {}

  private static final List<Suite> SUITES =
      List.of(
          new Suite("openai-node", "ws", 43),
          new Suite("anthropic-node", "@anthropic-ai/sdk", 33),
          new Suite("google-node", "@google/genai", 30),
          new Suite("vercel-node", "ai", 90));

  @TestFactory
  List<DynamicTest> official_sdks_for_node() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (SdkSite site = SdkSite.start()) {
      for (Suite suite : SUITES) {
        tests.addAll(results(suite, site.file()));
      }
    }
    return tests;
  }

  private static List<DynamicTest> results(Suite suite, Path siteFile) throws Exception {
    Path folder = SDKS.resolve(suite.folder);
    Path library = folder.resolve("node_modules").resolve(suite.library);
    if (!Files.isDirectory(library)) {
      String installed = run(List.of("npm", "ci", "--no-audit", "--no-fund"), folder, siteFile);
      assertThat(library).as(installed).isDirectory();
    }
    String output = run(List.of("node", "--test", "--test-reporter=tap"), folder, siteFile);
    List<MatchResult> results = RESULT.matcher(output).results().toList();
    assertThat(results).as(output).hasSizeGreaterThanOrEqualTo(suite.tests);
    return results.stream()
        .map(
            result ->
                dynamicTest(
                    suite.folder + ": " + result.group(2),
                    () -> assertThat(result.group(1)).as(output).isEqualTo("ok")))
        .toList();
  }

  private static String run(List<String> command, Path folder, Path siteFile)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("DEMO_FILE", siteFile.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
