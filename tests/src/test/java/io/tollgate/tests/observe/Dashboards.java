package io.tollgate.tests.observe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboards of {@code deploy/grafana} ask for. */
final class Dashboards {
  private Dashboards() {}

  /** One question of a panel, as Prometheus is asked it. */
  record Question(String dashboard, String panel, String expression) {}

  static List<Path> files() {
    return DeployFolder.files(DeployFolder.of("grafana/dashboards"), ".json");
  }

  static List<Question> questions() {
    List<Question> all = new ArrayList<>();
    for (Path file : files()) {
      JsonNode board = JsonMapper.shared().readTree(DeployFolder.text(file));
      String title = board.required("title").asString();
      for (JsonNode panel : board.required("panels")) {
        for (JsonNode target : panel.path("targets")) {
          all.add(
              new Question(
                  title,
                  panel.required("title").asString(),
                  expression(target.required("expr").asString())));
        }
      }
    }
    return all;
  }

  /** With what Grafana puts in place of its variables. */
  private static String expression(String text) {
    return text.replace("$__rate_interval", "5m").replace("$instance", ".*");
  }
}
