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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
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
    if (!installed()) {
      return List.of(dynamicTest("grpc_billing", GrpcBillingTest::assumeInstalled));
    }
    try (Installation installation = Installation.start()) {
      List<JsonNode> lines = run(installation, Map.of());
      assertThat(lines).hasSizeGreaterThan(CHECKS);
      assertThat(lines.getLast().path("ended").asInt()).isEqualTo(lines.size() - 1);
      installation.assertBooksAreClean();
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

  @Test
  void it_is_answered_over_tls_and_not_without(@TempDir Path folder) throws Exception {
    assumeInstalled();
    ServerCertificate certificate = ServerCertificate.make(folder);
    try (Installation installation =
        Installation.start(
            "--grpc-tls-certificate=" + certificate.certificates(),
            "--grpc-tls-key=" + certificate.key())) {
      String check = "fifty_callers_over_http_and_grpc_with_one_request_id_get_one_record";
      List<JsonNode> over =
          run(
              installation,
              Map.of("TRUSTED_CERTIFICATES", certificate.certificates().toString()),
              check);
      assertThat(over.getFirst().required("ok").asBoolean()).as(over.toString()).isTrue();
      List<JsonNode> without = run(installation, Map.of(), check);
      assertThat(without.getFirst().required("why").asString()).contains("UNAVAILABLE");
    }
  }

  private static boolean installed() {
    return Files.exists(FOLDER.resolve(".venv/installed.txt"));
  }

  private static void assumeInstalled() {
    assumeThat(installed())
        .as("packages of tests/sdk/python are installed (see target/python.log)")
        .isTrue();
  }

  private static List<JsonNode> run(
      Installation installation, Map<String, String> environment, String... checks)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(FOLDER.resolve(".venv/bin/python").toString(), "-B", "grpc_billing.py"));
    command.addAll(List.of(checks));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("SITE_FILE", installation.dataDirectory().resolve("demo.json").toString());
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
