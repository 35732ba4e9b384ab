package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnalyticsRoutesTest {
  private static final String PATH = "/api/analytics/evaluate";

  private final TradingSite site = new TradingSite();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_course_and_trades_are_answered_with_their_figures_and_logged_nowhere() {
    ServedAnswer answer =
        site.send(
            "POST",
            PATH,
            """
            {"points":[{"date":"2026-01-01","equity":1000},{"date":"2026-04-11","equity":"900"},
                       {"date":"2027-01-01","equity":1700,"flow":500}],
             "trades":[{"pnl":"10.000000000000000001","opened_at":"2026-01-01T00:00:00Z",
                        "closed_at":"2026-01-01T01:30:00+01:00"},{"pnl":-4,"closed_at":null}]}
            """,
            site.login(AdminRole.READ_ONLY));
    assertThat(TradingSite.data(answer).toString())
        .isEqualTo(
            "{\"period_start\":\"2026-01-01\",\"period_end\":\"2027-01-01\",\"net_value\":1.2,"
                + "\"total_return\":20,\"annualized_return\":20,\"daily_volatility\":30.6413,"
                + "\"annualized_volatility\":585.4011,\"sharpe_ratio\":0.0342,\"sharpe_daily\":7.2742,"
                + "\"sortino_ratio\":0,\"sortino_daily\":31.5216,\"calmar_ratio\":2,"
                + "\"max_drawdown\":10,\"max_drawdown_duration\":365,\"current_drawdown\":0,"
                + "\"var_95\":null,\"var_99\":null,\"cvar_95\":null,\"beta\":null,\"alpha\":null,"
                + "\"information_ratio\":null,\"tracking_error\":null,\"total_trades\":2,"
                + "\"winning_trades\":1,\"losing_trades\":1,\"break_even_trades\":0,\"win_rate\":50,"
                + "\"total_profit\":10.000000000000000001,\"total_loss\":4,"
                + "\"net_profit\":6.000000000000000001,\"avg_profit\":10,\"avg_loss\":4,"
                + "\"max_profit\":10.000000000000000001,\"max_loss\":4,\"profit_loss_ratio\":2.5,"
                + "\"profit_factor\":2.5,\"avg_holding_period\":0.5,\"max_holding_period\":0.5,"
                + "\"max_consecutive_wins\":1,\"max_consecutive_losses\":1}");
    assertThat(site.logged("POST " + PATH)).contains("\"records\":[]");
  }

  @Test
  void without_points_or_trades_theirs_are_null_or_nothing() {
    JsonNode none = TradingSite.data(site.post(PATH, "{\"points\":[]}"));
    assertThat(none.required("total_return").isNull()).isTrue();
    assertThat(none.required("total_trades").intValue()).isZero();
    assertThat(none.required("profit_factor").isNull()).isTrue();
    JsonNode one =
        TradingSite.data(site.post(PATH, "{\"points\":[{\"date\":\"2026-01-01\",\"equity\":0}]}"));
    assertThat(one.required("total_return").intValue()).isZero();
    assertThat(one.required("sharpe_ratio").intValue()).isZero();
  }

  @Test
  void what_is_wrong_is_refused_with_its_place_and_what_was_expected() {
    for (String each :
        List.of(
            "points is missing (expected: points or trades) | {}",
            "points: 3 (expected: a list of at most 10000) | {\"points\":3}",
            "points[0]: [] (expected: an object) | {\"points\":[[]]}",
            "points[0].date is missing | {\"points\":[{\"equity\":1}]}",
            "points[0].date: 2026-02-30 (expected: a day such as 2026-01-31)"
                + " | {\"points\":[{\"date\":\"2026-02-30\",\"equity\":1}]}",
            "points[0].date: +999999999-01-01 (expected"
                + " | {\"points\":[{\"date\":\"+999999999-01-01\",\"equity\":1}]}",
            "points[0].equity is missing | {\"points\":[{\"date\":\"2026-01-01\"}]}",
            "points[0].equity: NaN (expected: a number from -1000000000000000 to"
                + " | {\"points\":[{\"date\":\"2026-01-01\",\"equity\":\"NaN\"}]}",
            "points[0].flow: 1E+999999 (expected"
                + " | {\"points\":[{\"date\":\"2026-01-01\",\"equity\":1,\"flow\":\"1e999999\"}]}",
            "points[1].date: 2026-01-01 (expected: a day after 2026-01-01)"
                + " | {\"points\":[{\"date\":\"2026-01-01\",\"equity\":1},"
                + "{\"date\":\"2026-01-01\",\"equity\":1}]}",
            "trades[0].pnl is missing | {\"trades\":[{}]}",
            "trades[1].pnl: 1e-19 (expected" + " | {\"trades\":[{\"pnl\":0},{\"pnl\":1e-19}]}",
            "trades[0].closed_at: 2026-01-01T00:00:00Z (expected: not before opened_at, 2026-01-01T00:00:01Z)"
                + " | {\"trades\":[{\"pnl\":0,\"opened_at\":\"2026-01-01T00:00:01Z\","
                + "\"closed_at\":\"2026-01-01T00:00:00Z\"}]}")) {
      String[] parts = each.split(" \\| ", 2);
      ServedAnswer answer = site.post(PATH, parts[1]);
      assertThat(answer.status()).as(each).isEqualTo(400);
      assertThat(answer.json().required("error").asString())
          .as(each)
          .startsWithIgnoringCase(parts[0]);
    }
  }

  @Test
  void more_than_ten_thousand_trades_are_refused_and_as_many_are_not() {
    assertThat(site.post(PATH, trades(10_000)).status()).isEqualTo(200);
    assertThat(site.post(PATH, trades(10_001)).status()).isEqualTo(400);
  }

  private static String trades(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> "{\"pnl\":1}")
        .collect(Collectors.joining(",", "{\"trades\":[", "]}"));
  }
}
