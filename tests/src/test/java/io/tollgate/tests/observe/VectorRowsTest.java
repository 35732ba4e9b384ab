package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.PythonPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vector's transform is run on lines of the log, and its rows are held against the table they are
 * for. Vector itself is not: it is in no registry.
 */
class VectorRowsTest {
  private static final Path VECTOR = DeployFolder.of("vector");
  private static final String LINES =
      """
      {"@timestamp":"2026-11-30T11:59:30.616Z","message":"passage recorded",\
      "logger_name":"io.tollgate.relay.passages","thread_name":"loop","level":"INFO",\
      "request_id":"01a22c69-ce13-7bf8-b8dc-6809a472fe2d",\
      "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"b382e57f9b30199b",\
      "tenant_id":1,"user_id":2,"model":"gpt-4o-mini","paid_units":39600}
      what is no JSON
      [1,2]
      {"message":7,"level":null,"user_id":"x","stack_trace":"a\\n\\tat b"}
      """;

  @TempDir private Path folder;

  @Test
  void lines_become_rows_of_the_table() throws Exception {
    List<JsonNode> rows = rows(VECTOR);
    assertThat(rows).hasSize(4);
    assertThat(rows.getFirst())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"timestamp":"2026-11-30 11:59:30.616","host":"gate-1",
                     "file":"/logs/tollgate.log","level":"INFO",
                     "logger":"io.tollgate.relay.passages","thread":"loop",
                     "message":"passage recorded",
                     "request_id":"01a22c69-ce13-7bf8-b8dc-6809a472fe2d",
                     "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",
                     "span_id":"b382e57f9b30199b","tenant_id":1,"user_id":2,"stack_trace":"",
                     "fields":"{\\"model\\":\\"gpt-4o-mini\\",\\"paid_units\\":39600}"}"""));
    assertThat(rows.get(1).required("message").asString()).isEqualTo("what is no JSON");
    assertThat(rows.get(1).required("level").asString()).isEqualTo("UNKNOWN");
    assertThat(rows.get(3).required("message").asString()).isEqualTo("7");
    assertThat(rows.get(3).required("user_id").longValue()).isZero();
  }

  @Test
  void broken_twins_are_found() throws Exception {
    Map<String, String> breaks =
        Map.of(
            "inputs = [\"tollgate_rows\"]", "inputs = [\"tollgate_row\"]",
            ".trace_id = to_string", ".trace = to_string",
            "encode_json(fields)", "encode_jason(fields)",
            "[sinks.clickhouse]", "[sinks.clickhouse");
    int number = 0;
    for (Map.Entry<String, String> each : breaks.entrySet()) {
      Path twin =
          DeployFolder.twin(
              folder.resolve("twin" + number++),
              VECTOR,
              "vector.toml",
              each.getKey(),
              each.getValue());
      assertThat(run(twin).exitCode()).as(each.getValue()).isNotZero();
    }
    Path table =
        DeployFolder.twin(
            folder.resolve("table"), VECTOR, "clickhouse.sql", "`span_id` String", "`span` String");
    assertThat(run(table).exitCode()).isNotZero();
  }

  private List<JsonNode> rows(Path vector) throws Exception {
    PythonPackages.Run run = run(vector);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  private PythonPackages.Run run(Path vector) throws IOException, InterruptedException {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(PythonPackages.installed()).as("see target/python.log").isTrue();
    }
    PythonPackages.assumeInstalled();
    Path lines = folder.resolve("lines");
    Files.writeString(lines, LINES, StandardCharsets.UTF_8);
    return PythonPackages.run(
        List.of(
            "python",
            "vector_rows.py",
            vector.resolve("vector.toml").toString(),
            vector.resolve("clickhouse.sql").toString(),
            lines.toString()),
        Map.of(),
        60);
  }
}
