package io.tollgate.trading.engine.risk;

import static io.tollgate.trading.engine.risk.RiskSamples.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RiskRulesTest {
  @Test
  void rules_are_usually_set_as_promised() {
    assertThat(
            RiskRules.USUAL.settings().stream()
                .map(RiskRulesTest::line)
                .collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            kill_switch off critical RISK_KILL_SWITCH mode=entries
            min_balance on critical RISK_INSUFFICIENT_BALANCE min_balance=100
            max_position on error RISK_MAX_POSITION max_positions=10
            max_position_value off error RISK_MAX_POSITION_VALUE max_value=10000
            max_exposure off error RISK_MAX_EXPOSURE max_exposure=50000 max_symbol_exposure=0
            daily_trade_limit on warning RISK_DAILY_TRADE_LIMIT max_trades=100
            weekly_trade_limit off warning RISK_WEEKLY_TRADE_LIMIT max_trades=500
            daily_loss_limit on critical RISK_DAILY_LOSS_LIMIT max_loss=1000
            max_drawdown off critical RISK_MAX_DRAWDOWN max_drawdown_pct=20
            consecutive_loss_cooldown on warning RISK_CONSECUTIVE_LOSS max_consecutive=5 cooldown_minutes=30
            trade_cooldown off warning RISK_TRADE_COOLDOWN cooldown_seconds=60
            symbol_whitelist off error RISK_SYMBOL_NOT_ALLOWED symbols=
            symbol_blacklist off error RISK_SYMBOL_BLOCKED symbols=""");
  }

  @Test
  void what_a_change_does_not_name_stays() {
    RiskRules changed =
        RiskRules.USUAL.merged(Map.of("max_exposure", change("max_symbol_exposure", "7.5")));
    RuleSetting setting = changed.setting(RiskRule.MAX_EXPOSURE).orElseThrow();
    assertThat(line(setting))
        .isEqualTo(
            "max_exposure off error RISK_MAX_EXPOSURE max_exposure=50000 max_symbol_exposure=7.5");
    RiskRules on =
        changed.merged(Map.of("max_exposure", new RuleSetting.Change(Optional.of(true), Map.of())));
    assertThat(line(on.setting(RiskRule.MAX_EXPOSURE).orElseThrow()))
        .isEqualTo(
            "max_exposure on error RISK_MAX_EXPOSURE max_exposure=50000 max_symbol_exposure=7.5");
    assertThat(RiskRules.USUAL.setting(RiskRule.MAX_EXPOSURE).orElseThrow())
        .as("is immutable")
        .isEqualTo(RuleSetting.usual(RiskRule.MAX_EXPOSURE, false));
  }

  @Test
  void a_scope_of_which_nothing_is_said_has_no_rules_and_one_that_it_names_is_on() {
    assertThat(RiskRules.NONE.settings()).isEmpty();
    RiskRules rules = RiskRules.NONE.merged(Map.of("max_position", change("max_positions", "2")));
    assertThat(rules.settings().stream().map(RiskRulesTest::line))
        .containsExactly("max_position on error RISK_MAX_POSITION max_positions=2");
    RuleSetting.Change off = new RuleSetting.Change(Optional.of(false), Map.of());
    assertThat(RiskRules.NONE.merged(Map.of("max_position", off)).settings().iterator().next())
        .isEqualTo(RuleSetting.usual(RiskRule.MAX_POSITION, false));
  }

  @Test
  void what_no_rule_has_or_takes_is_refused_by_name() {
    refused("luck", change("x", "1"), "rules: luck (expected: kill_switch, min_balance, ");
    refused(
        "max_position",
        change("limit", "1"),
        "max_position: limit (expected: enabled, max_positions)");
    refused(
        "max_position",
        change("max_positions", "2.5"),
        "max_position.max_positions: 2.5 (expected: a whole number from 0 to 1000000)");
    refused("max_position", change("max_positions", "-1"), "max_position.max_positions: -1 ");
    refused(
        "consecutive_loss_cooldown",
        change("max_consecutive", "0"),
        "consecutive_loss_cooldown.max_consecutive: 0 (expected: a whole number from 1 ");
    refused(
        "min_balance", change("min_balance", "1E+999999"), "min_balance.min_balance: 1E+999999 ");
    refused("min_balance", change("min_balance", "0.000000001"), "min_balance.min_balance: 1E-9 ");
    refused("max_drawdown", change("max_drawdown_pct", "100.1"), "max_drawdown.max_drawdown_pct: ");
    refused(
        "kill_switch", word("mode", "some"), "kill_switch.mode: some (expected: entries or all)");
    refused("kill_switch", change("mode", "1"), "kill_switch.mode: 1 ");
    refused("min_balance", word("min_balance", "much"), "min_balance.min_balance: much ");
    refused(
        "symbol_blacklist",
        new RuleSetting.Change(
            Optional.empty(), Map.of("symbols", new RiskValue.Words(List.of("BTC USDT")))),
        "symbol_blacklist.symbols: BTC USDT (expected: at most 500 symbols such as BTC/USDT)");
  }

  private static void refused(String rule, RuleSetting.Change change, String message) {
    assertThatThrownBy(() -> RiskRules.USUAL.merged(Map.of(rule, change)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(message);
  }

  private static RuleSetting.Change change(String parameter, String number) {
    return new RuleSetting.Change(
        Optional.empty(), Map.of(parameter, new RiskValue.Number(dec(number))));
  }

  private static RuleSetting.Change word(String parameter, String word) {
    return new RuleSetting.Change(Optional.empty(), Map.of(parameter, new RiskValue.Word(word)));
  }

  private static String line(RuleSetting setting) {
    RiskRule rule = setting.rule();
    String set =
        rule.parameters().stream()
            .map(each -> each.name() + "=" + setting.value(each.name()).shown())
            .collect(Collectors.joining(" "));
    return String.join(
        " ",
        rule.code(),
        setting.enabled() ? "on" : "off",
        rule.severity().code(),
        rule.rejectCode(),
        set);
  }
}
