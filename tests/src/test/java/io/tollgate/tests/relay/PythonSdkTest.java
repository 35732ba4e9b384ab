package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.PythonPackages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    if (!PythonPackages.installed()) {
      return SUITES.stream().map(PythonSdkTest::skipped).toList();
    }
    List<DynamicTest> tests = new ArrayList<>();
    try (SdkSite site = SdkSite.start()) {
      for (Suite suite : SUITES) {
        tests.addAll(results(suite, site.file()));
      }
      site.installation().assertBooksAreClean();
    }
    return tests;
  }

  private static DynamicTest skipped(Suite suite) {
    return dynamicTest(suite.file, PythonPackages::assumeInstalled);
  }

  private static List<DynamicTest> results(Suite suite, Path siteFile) throws Exception {
    String output =
        PythonPackages.run(
                List.of("python", "-B", suite.file + ".py"),
                Map.of("SITE_FILE", siteFile.toString()),
                120)
            .output();
    List<JsonNode> lines =
        output
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> (JsonNode) Client.JSON.readTree(line))
            .toList();
    assertThat(lines).as(output).hasSizeGreaterThan(suite.checks);
    assertThat(lines.getLast().path("ended").asInt()).as(output).isEqualTo(lines.size() - 1);
    return lines.subList(0, lines.size() - 1).stream()
        .map(line -> result(suite.file + ": " + line.required("check").asString(), line))
        .toList();
  }

  /** Its name stands in what a failure says too: reports of dynamic tests number them only. */
  private static DynamicTest result(String name, JsonNode line) {
    return dynamicTest(
        name,
        () ->
            assertThat(line.required("ok").asBoolean())
                .as(name + "\n" + line.path("why").asString(""))
                .isTrue());
  }
}
