package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The official SDKs for Python, LangChain and LiteLLM with nothing but base URL and key changed,
 * against a model of each upstream protocol. Each SDK is one process that tells its checks as lines
 * of JSON. Without Python, or without its packages ({@code scripts/python.sh} says so), they are
 * skipped.
 */
@Tag("slow")
class PythonSdkTest {
  private static final Path FOLDER = Program.projectRoot().resolve("tests/sdk/python");
  private static final Path PYTHON = FOLDER.resolve(".venv/bin/python");

  /** A file of checks, and how many they are at least. */
  private record Suite(String file, int checks) {}

  private static final List<Suite> SUITES =
      List.of(
          new Suite("openai_sdk", 70),
          new Suite("openai_responses", 45),
          new Suite("anthropic_sdk", 65),
          new Suite("google_sdk", 60),
          new Suite("langchain_sdk", 90),
          new Suite("litellm_sdk", 58));

  @TestFactory
  List<DynamicTest> sdks_for_python() throws Exception {
    boolean installed = Files.exists(FOLDER.resolve(".venv/installed.txt"));
    if (!installed) {
      return SUITES.stream().map(PythonSdkTest::skipped).toList();
    }
    List<DynamicTest> tests = new ArrayList<>();
    try (SdkSite site = SdkSite.start()) {
      for (Suite suite : SUITES) {
        tests.addAll(results(suite, site.file()));
      }
      assertThat(site.installation().audit().exitCode()).isZero();
    }
    return tests;
  }

  private static DynamicTest skipped(Suite suite) {
    return dynamicTest(
        suite.file,
        () ->
            assumeThat(false)
                .as("packages of tests/sdk/python are installed (see target/python.log)")
                .isTrue());
  }

  private static List<DynamicTest> results(Suite suite, Path siteFile) throws Exception {
    String output = run(suite.file + ".py", siteFile);
    List<JsonNode> lines =
        output
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> (JsonNode) Client.JSON.readTree(line))
            .toList();
    assertThat(lines).as(output).hasSizeGreaterThan(suite.checks);
    assertThat(lines.getLast().path("ended").asInt()).as(output).isEqualTo(lines.size() - 1);
    return lines.subList(0, lines.size() - 1).stream()
        .map(
            line ->
                dynamicTest(
                    suite.file + ": " + line.required("check").asString(),
                    () ->
                        assertThat(line.required("ok").asBoolean())
                            .as(line.path("why").asString(""))
                            .isTrue()))
        .toList();
  }

  private static String run(String file, Path siteFile) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON.toString(), "-B", file)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true);
    builder.environment().put("SITE_FILE", siteFile.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
