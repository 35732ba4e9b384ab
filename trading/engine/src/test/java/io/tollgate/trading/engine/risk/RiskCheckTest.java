package io.tollgate.trading.engine.risk;

import static io.tollgate.trading.engine.risk.RiskSamples.NOW;
import static io.tollgate.trading.engine.risk.RiskSamples.code;
import static io.tollgate.trading.engine.risk.RiskSamples.dec;
import static io.tollgate.trading.engine.risk.RiskSamples.entry;
import static io.tollgate.trading.engine.risk.RiskSamples.facts;
import static io.tollgate.trading.engine.risk.RiskSamples.judge;
import static io.tollgate.trading.engine.risk.RiskSamples.only;
import static io.tollgate.trading.engine.risk.RiskSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.engine.risk.RiskOrder.Origin;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RiskCheckTest {
  /** The last value that a rule lets pass, and the first that it does not. */
  private record Edge(
      RiskRules rules,
      UnaryOperator<RiskFacts.Builder> passes,
      UnaryOperator<RiskFacts.Builder> fails) {}

  private static final Map<RiskRule, Edge> EDGES = edges();

  private static Map<RiskRule, Edge> edges() {
    Map<RiskRule, Edge> edges = new EnumMap<>(RiskRule.class);
    edges.put(
        RiskRule.MIN_BALANCE,
        new Edge(
            only(RiskRule.MIN_BALANCE, "min_balance", "100.5"),
            it -> it.available(dec("100.50000000")),
            it -> it.available(dec("100.49999999"))));
    edges.put(
        RiskRule.MAX_POSITION,
        new Edge(
            only(RiskRule.MAX_POSITION, "max_positions", 3),
            it -> it.openPositions(2),
            it -> it.openPositions(3)));
    edges.put(
        RiskRule.MAX_EXPOSURE,
        new Edge(
            only(RiskRule.MAX_EXPOSURE, "max_exposure", 5000),
            it -> it.exposure(dec("4000")),
            it -> it.exposure(dec("4000.00000001"))));
    edges.put(
        RiskRule.DAILY_TRADE_LIMIT,
        new Edge(
            only(RiskRule.DAILY_TRADE_LIMIT, "max_trades", 100),
            it -> it.tradesToday(99),
            it -> it.tradesToday(100)));
    edges.put(
        RiskRule.WEEKLY_TRADE_LIMIT,
        new Edge(
            only(RiskRule.WEEKLY_TRADE_LIMIT, "max_trades", 500),
            it -> it.tradesThisWeek(499),
            it -> it.tradesThisWeek(500)));
    edges.put(
        RiskRule.DAILY_LOSS_LIMIT,
        new Edge(
            only(RiskRule.DAILY_LOSS_LIMIT, "max_loss", 1000),
            it -> it.lossToday(dec("999.99999999")),
            it -> it.lossToday(dec("1000"))));
    edges.put(
        RiskRule.MAX_DRAWDOWN,
        new Edge(
            only(RiskRule.MAX_DRAWDOWN, "max_drawdown_pct", 20),
            it -> it.peakEquity(dec("3000")).equity(dec("2400.00000001")),
            it -> it.peakEquity(dec("3000")).equity(dec("2400"))));
    edges.put(
        RiskRule.CONSECUTIVE_LOSS_COOLDOWN,
        new Edge(
            only(RiskRule.CONSECUTIVE_LOSS_COOLDOWN, "max_consecutive", 5),
            it -> it.consecutiveLosses(5).lastLoss(ago(1800)),
            it -> it.consecutiveLosses(5).lastLoss(ago(1799))));
    edges.put(
        RiskRule.TRADE_COOLDOWN,
        new Edge(
            only(RiskRule.TRADE_COOLDOWN, "cooldown_seconds", 60),
            it -> it.lastTrade(ago(60)),
            it -> it.lastTrade(ago(59))));
    return edges;
  }

  @Test
  void each_rule_over_facts_rejects_from_its_bound_on_and_alone() {
    EDGES.forEach(
        (rule, edge) -> {
          assertThat(code(judge(edge.rules(), entry(), facts(edge.passes()))))
              .as(rule.code())
              .isEmpty();
          assertThat(code(judge(edge.rules(), entry(), facts(edge.fails()))))
              .as(rule.code())
              .isEqualTo(rule.rejectCode());
          // what fails the one rule passes all others
          RiskRules others = RiskRules.NONE;
          for (Map.Entry<RiskRule, Edge> other : EDGES.entrySet()) {
            if (other.getKey() != rule) {
              others = others.merged(changes(other.getValue().rules()));
            }
          }
          assertThat(code(judge(others, entry(), facts(edge.fails())))).as(rule.code()).isEmpty();
        });
  }

  @Test
  void each_rule_asks_for_its_facts_and_lets_nothing_pass_without_them() {
    RiskFacts unknown = RiskFacts.at(NOW).build();
    EDGES.forEach(
        (rule, edge) -> {
          RiskVerdict verdict = judge(edge.rules(), entry(), unknown);
          assertThat(verdict).as(rule.code()).isInstanceOf(RiskVerdict.Unjudged.class);
          assertThat(code(verdict)).isEqualTo("RISK_ERROR");
          assertThat(((RiskVerdict.Rejected) verdict).rule()).isEqualTo(rule);
          assertThat(((RiskVerdict.Rejected) verdict).reason()).contains(" is not known");
        });
  }

  @Test
  void nothing_but_the_kill_switch_stands_against_leaving() {
    RiskRules all = RiskRules.NONE;
    for (Edge each : EDGES.values()) {
      all = all.merged(changes(each.rules()));
    }
    RiskFacts unknown = RiskFacts.at(NOW).build();
    for (Intent intent : List.of(Intent.CLOSE, Intent.REDUCE)) {
      assertThat(code(judge(all, order(intent, Origin.STRATEGY), unknown))).isEmpty();
    }
    assertThat(code(judge(all, order(Intent.ADD, Origin.STRATEGY), unknown)))
        .isEqualTo("RISK_ERROR");
  }

  @Test
  void the_kill_switch_stops_entries_and_with_all_what_strategies_close() {
    RiskRules entries = only(RiskRule.KILL_SWITCH, "mode", "entries");
    RiskRules all = only(RiskRule.KILL_SWITCH, "mode", "all");
    RiskFacts unknown = RiskFacts.at(NOW).build();
    for (Origin origin : Origin.values()) {
      for (Intent intent : Intent.values()) {
        boolean strategys = origin == Origin.STRATEGY;
        RiskOrder order = order(intent, origin);
        assertThat(code(judge(entries, order, unknown)))
            .as(order.toString())
            .isEqualTo(intent.enters() ? "RISK_KILL_SWITCH" : "");
        assertThat(code(judge(all, order, unknown)))
            .as(order.toString())
            .isEqualTo(intent.enters() || strategys ? "RISK_KILL_SWITCH" : "");
      }
    }
  }

  @Test
  void an_order_is_bounded_by_its_own_notional() {
    RiskFacts sound = facts(it -> it);
    assertThat(code(judge(only(RiskRule.MAX_POSITION_VALUE, "max_value", 1000), entry(), sound)))
        .isEmpty();
    RiskRules less = only(RiskRule.MAX_POSITION_VALUE, "max_value", "999.99999999");
    assertThat(code(judge(less, entry(), sound))).isEqualTo("RISK_MAX_POSITION_VALUE");
    RiskOrder unpriced = new RiskOrder("BTC/USDT", Intent.OPEN, Origin.STRATEGY, Optional.empty());
    assertThat(code(judge(less, unpriced, sound))).isEqualTo("RISK_ERROR");
  }

  @Test
  void the_exposure_of_a_symbol_is_bounded_where_a_bound_is_set() {
    RiskRules rules = only(RiskRule.MAX_EXPOSURE, "max_symbol_exposure", 1500);
    assertThat(code(judge(rules, entry(), facts(it -> it.symbolExposure(dec("500")))))).isEmpty();
    assertThat(code(judge(rules, entry(), facts(it -> it.symbolExposure(dec("500.1"))))))
        .isEqualTo("RISK_MAX_EXPOSURE");
  }

  @Test
  void symbols_are_known_in_every_spelling() {
    List<String> listed = List.of("btcusdt", "ETH/USDT:USDT");
    RiskFacts sound = facts(it -> it);
    RiskRules white = only(RiskRule.SYMBOL_WHITELIST, "symbols", listed);
    RiskRules black = only(RiskRule.SYMBOL_BLACKLIST, "symbols", listed);
    for (String known : List.of("BTC/USDT", "BTCUSDT", "ETH_USDT", "eth/usdt")) {
      assertThat(code(judge(white, of(known), sound))).as(known).isEmpty();
      assertThat(code(judge(black, of(known), sound))).as(known).isEqualTo("RISK_SYMBOL_BLOCKED");
    }
    assertThat(code(judge(white, of("BTC/USDC"), sound))).isEqualTo("RISK_SYMBOL_NOT_ALLOWED");
    assertThat(code(judge(black, of("BTC/USDC"), sound))).isEmpty();
    assertThat(code(judge(only(RiskRule.SYMBOL_WHITELIST, "symbols", List.of()), entry(), sound)))
        .as("a whitelist of nothing")
        .isEqualTo("RISK_SYMBOL_NOT_ALLOWED");
  }

  @Test
  void losses_in_a_row_of_which_none_is_known_are_not_believed() {
    RiskRules rules = only(RiskRule.CONSECUTIVE_LOSS_COOLDOWN, "max_consecutive", 2);
    assertThat(code(judge(rules, entry(), facts(it -> it.consecutiveLosses(2)))))
        .isEqualTo("RISK_ERROR");
    assertThat(
            code(
                judge(
                    rules,
                    entry(),
                    facts(it -> it.consecutiveLosses(1).lastLoss(new LastTime.Unknown())))))
        .as("one is not enough to ask when")
        .isEmpty();
  }

  @Test
  void a_peak_of_nothing_is_no_peak() {
    RiskRules rules = only(RiskRule.MAX_DRAWDOWN, "max_drawdown_pct", 20);
    assertThat(code(judge(rules, entry(), facts(it -> it.equity(dec("0")).peakEquity(dec("0"))))))
        .isEqualTo("RISK_ERROR");
  }

  @Test
  void a_rejection_says_what_was_found_and_what_was_expected() {
    RiskVerdict verdict = judge(RiskRules.USUAL, entry(), facts(it -> it.available(dec("5E+1"))));
    assertThat(verdict)
        .isEqualTo(
            new RiskVerdict.Broken(
                RiskRule.MIN_BALANCE,
                RiskScope.PLATFORM,
                "available: 50 (expected: at least 100)"));
  }

  @Test
  void all_scopes_must_pass_and_the_first_rule_that_fails_is_told() {
    RiskRules small = only(RiskRule.MAX_POSITION, "max_positions", 1);
    RiskRules rich = only(RiskRule.MIN_BALANCE, "min_balance", 10_000);
    RiskFacts facts = facts(it -> it.openPositions(1));
    RiskCheck byTenant = new RiskCheck(RiskRules.USUAL, small, rich);
    assertThat(byTenant.judge(entry(), facts))
        .as("an account's earlier rule before a tenant's later one")
        .isEqualTo(
            new RiskVerdict.Broken(
                RiskRule.MIN_BALANCE,
                RiskScope.ACCOUNT,
                "available: 5000 (expected: at least 10000)"));
    assertThat(new RiskCheck(RiskRules.USUAL, small, RiskRules.NONE).judge(entry(), facts))
        .isEqualTo(
            new RiskVerdict.Broken(
                RiskRule.MAX_POSITION,
                RiskScope.TENANT,
                "open_positions: 1 (expected: less than 1)"));
    assertThat(new RiskCheck(RiskRules.USUAL, RiskRules.NONE, RiskRules.NONE).judge(entry(), facts))
        .isEqualTo(new RiskVerdict.Passed());
    assertThat(
            code(
                new RiskCheck(
                        only(RiskRule.MAX_POSITION, "max_positions", 1), small, RiskRules.NONE)
                    .judge(entry(), facts)))
        .isEqualTo("RISK_MAX_POSITION");
  }

  @Test
  void a_random_set_of_rules_rejects_by_the_first_that_fails() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      RiskRules rules = RiskRules.NONE;
      RiskFacts.Builder facts = RiskSamples.sound();
      String expected = "";
      for (RiskRule rule : RiskRule.values()) {
        Edge edge = EDGES.get(rule);
        if (edge == null || random.nextBoolean()) {
          continue;
        }
        rules = rules.merged(changes(edge.rules()));
        boolean fails = random.nextInt(4) == 0;
        facts = (fails ? edge.fails() : edge.passes()).apply(facts);
        if (fails && expected.isEmpty()) {
          expected = rule.rejectCode();
        }
      }
      assertThat(code(judge(rules, entry(), facts.build()))).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void every_rule_has_a_test_here() {
    assertThat(EDGES.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RiskRule.values())
                .filter(
                    rule ->
                        !List.of(
                                RiskRule.KILL_SWITCH,
                                RiskRule.MAX_POSITION_VALUE,
                                RiskRule.SYMBOL_WHITELIST,
                                RiskRule.SYMBOL_BLACKLIST)
                            .contains(rule))
                .toList());
  }

  private static RiskOrder of(String symbol) {
    return new RiskOrder(symbol, Intent.OPEN, Origin.STRATEGY, Optional.of(dec("1")));
  }

  private static LastTime ago(long seconds) {
    return new LastTime.At(NOW.minusSeconds(seconds));
  }

  private static Map<String, RuleSetting.Change> changes(RiskRules rules) {
    return rules.settings().stream()
        .collect(
            Collectors.toMap(
                setting -> setting.rule().code(),
                setting ->
                    new RuleSetting.Change(Optional.of(setting.enabled()), setting.parameters())));
  }
}
