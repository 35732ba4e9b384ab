package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Dashboards are held against Grafana's own schema, their questions against Prometheus' grammar.
 */
class DashboardSchemaTest {
  @TempDir private Path folder;

  @Test
  void dashboards_fit_grafanas_schema_and_broken_ones_do_not() throws IOException {
    CheckingTool checker = CheckingTool.named("dashboard-checker");
    List<Path> files = Dashboards.files();
    assertThat(files).hasSize(6);
    String[] names = files.stream().map(Path::toString).toArray(String[]::new);
    CheckingTool.Run good = checker.run(folder, names);
    assertThat(good.exitCode()).as(good.output()).isZero();

    for (String field : List.of("gridPos", "legendFormat", "schemaVersion", "annotations")) {
      Path twin = folder.resolve(field + ".json");
      Files.writeString(
          twin,
          DeployFolder.text(files.getFirst()).replace("\"" + field + "\"", "\"" + field + "x\""),
          StandardCharsets.UTF_8);
      assertThat(checker.run(folder, twin.toString()).exitCode()).as(field).isNotZero();
    }
  }

  @Test
  void every_question_is_one_and_a_broken_one_is_found() throws IOException {
    CheckingTool promtool = CheckingTool.named("promtool");
    StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    int number = 0;
    for (Dashboards.Question question : Dashboards.questions()) {
      rules
          .append("      - record: panel_%d\n        expr: ".formatted(number++))
          .append(JsonMapper.shared().writeValueAsString(question.expression()))
          .append('\n');
    }
    assertThat(number).isGreaterThan(90);
    Path file = folder.resolve("panels.yml");
    Files.writeString(file, rules, StandardCharsets.UTF_8);
    CheckingTool.Run good = promtool.run(folder, "check", "rules", file.toString());
    assertThat(good.exitCode()).as(good.output()).isZero();
    assertThat(good.output()).contains(number + " rules found");

    Files.writeString(
        file,
        rules.toString().replace("sum by (outcome)", "sum by outcome)"),
        StandardCharsets.UTF_8);
    assertThat(promtool.run(folder, "check", "rules", file.toString()).exitCode()).isNotZero();
  }

  @Test
  void panels_lie_beside_each_other_and_say_what_they_show() {
    Set<String> ids = new HashSet<>();
    for (Path file : Dashboards.files()) {
      JsonNode board = JsonMapper.shared().readTree(DeployFolder.text(file));
      assertThat(ids.add(board.required("uid").asString())).as(file.toString()).isTrue();
      boolean[][] taken = new boolean[200][24];
      for (JsonNode panel : board.required("panels")) {
        String title = panel.required("title").asString();
        if (!panel.required("type").asString().equals("row")) {
          assertThat(panel.required("description").asString()).as(title).isNotEmpty();
        }
        JsonNode at = panel.required("gridPos");
        for (int y = at.required("y").intValue(), down = 0;
            down < at.required("h").intValue();
            down++) {
          for (int x = at.required("x").intValue(), right = 0;
              right < at.required("w").intValue();
              right++) {
            assertThat(taken[y + down][x + right]).as(title).isFalse();
            taken[y + down][x + right] = true;
          }
        }
      }
    }
  }
}
