package io.tollgate.edge.admin;

import io.tollgate.trading.engine.RiskViolations;
import io.tollgate.trading.engine.risk.RiskParameter;
import io.tollgate.trading.engine.risk.RiskRule;
import io.tollgate.trading.engine.risk.RiskRules;
import io.tollgate.trading.engine.risk.RiskValue;
import io.tollgate.trading.engine.risk.RuleSetting;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules of risk, and what they held back, as they are shown. */
final class RiskRows {
  private RiskRows() {}

  /**
   * A rule.
   *
   * @param set whether this scope has it; one that has it not is shown off, with what is usual
   */
  record Rule(
      String name,
      boolean enabled,
      String description,
      String severity,
      Map<String, Object> params,
      boolean set) {}

  static List<Rule> rules(RiskRules rules) {
    return Arrays.stream(RiskRule.values()).map(rule -> rule(rule, rules.setting(rule))).toList();
  }

  private static Rule rule(RiskRule rule, Optional<RuleSetting> setting) {
    Map<String, Object> params = new LinkedHashMap<>();
    for (RiskParameter each : rule.parameters()) {
      params.put(each.name(), plain(setting.map(it -> it.value(each.name())).orElse(each.usual())));
    }
    return new Rule(
        rule.code(),
        setting.filter(RuleSetting::enabled).isPresent(),
        rule.description(),
        rule.severity().code(),
        params,
        setting.isPresent());
  }

  private static Object plain(RiskValue value) {
    return switch (value) {
      case RiskValue.Number(var number) -> number;
      case RiskValue.Word(String word) -> word;
      case RiskValue.Words(List<String> words) -> words;
    };
  }

  record Violations(long total, List<OfRule> byRule, Daily daily, List<Recent> recent) {}

  /**
   * How often it was for one reason.
   *
   * @param rule as orders are told it
   */
  record OfRule(String rule, long count) {}

  /** Each day of the span, those without any too. */
  record Daily(List<LocalDate> dates, List<Long> counts) {}

  /**
   * One of the newest.
   *
   * @param action what the signal wanted of the account's position
   */
  record Recent(
      long id,
      String errorCode,
      String errorMessage,
      String action,
      long accountId,
      JsonNode detail,
      Instant createdAt) {}

  static Violations violations(RiskViolations.Found found, Instant since, Instant now) {
    List<LocalDate> dates = day(since).datesUntil(day(now).plusDays(1)).toList();
    return new Violations(
        found.total(),
        found.byCode().stream().map(each -> new OfRule(each.getKey(), each.getValue())).toList(),
        new Daily(dates, dates.stream().map(day -> found.byDay().getOrDefault(day, 0L)).toList()),
        found.recent().stream().map(RiskRows::recent).toList());
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static Recent recent(RiskViolations.Violation violation) {
    JsonNode detail = JsonMapper.shared().readTree(violation.detail());
    return new Recent(
        violation.id(),
        violation.code(),
        violation.reason(),
        detail.path("signal_type").asString(""),
        violation.account(),
        detail,
        violation.createdAt());
  }
}
