package io.tollgate.tests.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Billing over gRPC, called by Python with messages that were typed by hand from the published
 * numbers of their fields. Without Python's packages ({@code scripts/python.sh} says so) it is
 * skipped.
 */
@Tag("slow")
class GrpcBillingTest {
  private static final Path FOLDER = Program.projectRoot().resolve("tests/sdk/python");
  private static final int CHECKS = 16;

  @TestFactory
  List<DynamicTest> billing_is_answered_as_published() throws Exception {
    if (!Files.exists(FOLDER.resolve(".venv/installed.txt"))) {
      return List.of(
          dynamicTest(
              "grpc_billing",
              () ->
                  assumeThat(false)
                      .as("packages of tests/sdk/python are installed (see target/python.log)")
                      .isTrue()));
    }
    try (Installation installation = Installation.start()) {
      List<JsonNode> lines = run(installation.dataDirectory().resolve("demo.json"));
      assertThat(lines).hasSizeGreaterThan(CHECKS);
      assertThat(lines.getLast().path("ended").asInt()).isEqualTo(lines.size() - 1);
      Program.Ended audit = installation.audit();
      assertThat(audit.exitCode()).as(audit.output()).isZero();
      return lines.subList(0, lines.size() - 1).stream()
          .map(
              line ->
                  dynamicTest(
                      line.required("check").asString(),
                      () ->
                          assertThat(line.required("ok").asBoolean())
                              .as(line.path("why").asString(""))
                              .isTrue()))
          .toList();
    }
  }

  private static List<JsonNode> run(Path siteFile) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(FOLDER.resolve(".venv/bin/python").toString(), "-B", "grpc_billing.py")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true);
    builder.environment().put("SITE_FILE", siteFile.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> (JsonNode) Client.JSON.readTree(line))
        .toList();
  }
}
