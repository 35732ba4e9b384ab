package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The official OpenAI SDK for Node, with nothing but base URL and key changed. */
@Tag("slow")
class NodeSdkTest {
  private static final Path SDK = Program.projectRoot().resolve("tests/sdk/openai-node");
  private static final Pattern RESULT =
      Pattern.compile("^(ok|not ok) \\d+ - (.*)$", Pattern.MULTILINE);

  @TestFactory
  List<DynamicTest> openai_sdk_for_node() throws Exception {
    if (!Files.isDirectory(SDK.resolve("node_modules/openai"))) {
      String installed = run(List.of("npm", "ci", "--no-audit", "--no-fund"), Path.of("none"));
      assertThat(SDK.resolve("node_modules/openai")).as(installed).isDirectory();
    }
    String output;
    try (Installation installation = Installation.start()) {
      output =
          run(
              List.of("node", "--test", "--test-reporter=tap"),
              installation.dataDirectory().resolve("demo.json"));
    }
    List<MatchResult> results = RESULT.matcher(output).results().toList();
    assertThat(results).as(output).hasSizeGreaterThanOrEqualTo(12);
    return results.stream()
        .map(
            result ->
                dynamicTest(
                    result.group(2), () -> assertThat(result.group(1)).as(output).isEqualTo("ok")))
        .toList();
  }

  private static String run(List<String> command, Path demoFile)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SDK.toFile()).redirectErrorStream(true);
    builder.environment().put("DEMO_FILE", demoFile.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
