package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Prometheus and Alertmanager themselves say whether what we ship for them is right. */
class AlertRulesTest {
  private static final Path PROMETHEUS = DeployFolder.of("prometheus");
  private static final Path ALERTMANAGER = DeployFolder.of("alertmanager");

  @TempDir private Path folder;

  @Test
  void configuration_of_prometheus_is_right_and_a_broken_one_is_found() {
    CheckingTool promtool = CheckingTool.named("promtool");
    CheckingTool.Run good = promtool.run(PROMETHEUS, "check", "config", "prometheus.yml");
    assertThat(good.exitCode()).as(good.output()).isZero();
    assertThat(good.output()).contains("2 rule files found");

    Path twin =
        DeployFolder.twin(folder, PROMETHEUS, "prometheus.yml", "scrape_interval", "scrape_often");
    assertThat(promtool.run(twin, "check", "config", "prometheus.yml").exitCode()).isNotZero();
  }

  @Test
  void rules_are_right_and_a_broken_one_is_found() {
    CheckingTool promtool = CheckingTool.named("promtool");
    CheckingTool.Run good =
        promtool.run(PROMETHEUS, "check", "rules", "rules/recording.yml", "rules/alerts.yml");
    assertThat(good.exitCode()).as(good.output()).isZero();

    Path twin =
        DeployFolder.twin(
            folder, PROMETHEUS, "rules/alerts.yml", "up{job=\"tollgate\"} == 0", "up{job= == 0");
    assertThat(promtool.run(twin, "check", "rules", "rules/alerts.yml").exitCode()).isNotZero();
  }

  @Test
  void every_alert_fires_when_it_should_and_not_when_it_should_not() {
    CheckingTool promtool = CheckingTool.named("promtool");
    CheckingTool.Run good = promtool.run(PROMETHEUS, "test", "rules", "tests/alerts.yml");
    assertThat(good.exitCode()).as(good.output()).isZero();

    // one that never fires, and one that always does
    Path deaf =
        DeployFolder.twin(
            folder.resolve("deaf"),
            PROMETHEUS,
            "rules/alerts.yml",
            "tollgate_settlement_lag_seconds > 60",
            "tollgate_settlement_lag_seconds > 6000");
    assertThat(promtool.run(deaf, "test", "rules", "tests/alerts.yml").output())
        .contains("TollgateSettlementBehind");
    Path loud =
        DeployFolder.twin(
            folder.resolve("loud"),
            PROMETHEUS,
            "rules/alerts.yml",
            "tollgate_settlement_lag_seconds > 60",
            "tollgate_settlement_lag_seconds > 1");
    assertThat(promtool.run(loud, "test", "rules", "tests/alerts.yml").exitCode()).isNotZero();
  }

  @Test
  void no_alert_is_without_its_two_tests_and_its_line_in_the_handbook() {
    List<String> alerts = new ArrayList<>();
    for (Map<?, ?> group : groups("rules/alerts.yml", "groups")) {
      for (Object rule : (List<?>) field(group, "rules")) {
        alerts.add(String.valueOf(field((Map<?, ?>) rule, "alert")));
      }
    }
    List<String> tested = new ArrayList<>();
    for (Map<?, ?> world : groups("tests/alerts.yml", "tests")) {
      for (Object test : (List<?>) field(world, "alert_rule_test")) {
        boolean fires = !((List<?>) field((Map<?, ?>) test, "exp_alerts")).isEmpty();
        tested.add(field((Map<?, ?>) test, "alertname") + (fires ? " fires" : " does not fire"));
      }
    }
    String handbook = DeployFolder.text(DeployFolder.of("../docs/observability.md"));
    assertThat(alerts).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    for (String alert : alerts) {
      assertThat(tested).contains(alert + " fires", alert + " does not fire");
      assertThat(handbook).contains("`" + alert + "`");
    }
  }

  @Test
  void alertmanager_tells_whom_it_should_and_a_broken_configuration_is_found() {
    CheckingTool amtool = CheckingTool.named("amtool");
    CheckingTool.Run good = amtool.run(ALERTMANAGER, "check-config", "alertmanager.yml");
    assertThat(good.exitCode()).as(good.output()).isZero();
    assertThat(receiver(amtool, "severity=page")).isEqualTo("pages");
    assertThat(receiver(amtool, "severity=ticket")).isEqualTo("tickets");

    Path twin =
        DeployFolder.twin(
            folder, ALERTMANAGER, "alertmanager.yml", "- receiver: pages", "- receiver: nobody");
    assertThat(amtool.run(twin, "check-config", "alertmanager.yml").exitCode()).isNotZero();
  }

  private static String receiver(CheckingTool amtool, String label) {
    return amtool
        .run(ALERTMANAGER, "config", "routes", "test", "--config.file=alertmanager.yml", label)
        .output()
        .strip()
        .lines()
        .toList()
        .getLast();
  }

  private static List<Map<?, ?>> groups(String file, String name) {
    Object read =
        new Load(LoadSettings.builder().build())
            .loadFromString(DeployFolder.text(PROMETHEUS.resolve(file)));
    List<Map<?, ?>> found = new ArrayList<>();
    for (Object each : (List<?>) field((Map<?, ?>) read, name)) {
      found.add((Map<?, ?>) each);
    }
    return found;
  }

  private static Object field(Map<?, ?> of, String name) {
    Object value = of.get(name);
    assertThat(value).as(name).isNotNull();
    return value;
  }
}
