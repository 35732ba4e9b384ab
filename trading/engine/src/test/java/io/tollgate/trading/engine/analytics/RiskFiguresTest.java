package io.tollgate.trading.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RiskFiguresTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 1);

  @Test
  void a_year_of_three_points_is_as_worked_out_by_hand() {
    RiskFigures figures = of(List.of(at(0, "1000"), at(100, "900"), at(365, "1200")));
    // returns −10 and 33.333…, mean 11.666…, deviation √(2 × 21.666…²) = 30.641293851…
    assertThat(figures.start()).isEqualTo("2026-01-01");
    assertThat(figures.end()).isEqualTo("2027-01-01");
    assertThat(figures.netValue()).isEqualTo("1.2");
    assertThat(figures.totalReturn()).isEqualTo("20");
    assertThat(figures.annualizedReturn()).isEqualTo("20");
    assertThat(figures.dailyVolatility()).isEqualTo("30.6413");
    assertThat(figures.annualizedVolatility()).isEqualTo("585.4011");
    assertThat(figures.sharpeRatio()).isEqualTo("0.0342");
    assertThat(figures.sharpeDaily()).isEqualTo("7.2742");
    assertThat(figures.sortinoRatio()).as("of one day that lost").isEqualTo("0");
    assertThat(figures.sortinoDaily()).isEqualTo("31.5216");
    assertThat(figures.maxDrawdown()).isEqualTo("10");
    assertThat(figures.maxDrawdownDays()).isEqualTo(365);
    assertThat(figures.currentDrawdown()).isEqualTo("0");
    assertThat(figures.calmarRatio()).isEqualTo("2");
    assertThat(figures.tail()).isEmpty();
  }

  @Test
  void what_is_deposited_or_withdrawn_is_no_return() {
    RiskFigures figures =
        of(
            List.of(
                at(0, "1000"),
                new EquityPoint(START.plusDays(1), dec("1600"), dec("500")),
                new EquityPoint(START.plusDays(2), dec("800"), dec("-880"))));
    // (1600 − 500)/1000 = 1.1, (800 + 880)/1600 = 1.05
    assertThat(figures.netValue()).isEqualTo("1.155");
    assertThat(figures.totalReturn()).isEqualTo("15.5");
  }

  @Test
  void a_drawdown_lasts_from_its_peak_to_the_day_it_is_reached_again() {
    // from 3 of one, and from 3 again after a smaller one
    RiskFigures figures =
        of(
            List.of(
                at(0, "1"),
                at(1, "3"),
                at(2, "3"),
                at(4, "1.5"),
                at(7, "2.9"),
                at(9, "3"),
                at(10, "2")));
    assertThat(figures.maxDrawdown()).isEqualTo("50");
    assertThat(figures.maxDrawdownDays()).as("from day 2 to day 9").isEqualTo(7);
    assertThat(figures.currentDrawdown()).isEqualTo("33.3333");
    assertThat(of(List.of(at(0, "7"), at(2, "3.5"), at(5, "6"))).maxDrawdownDays())
        .as("to the end, where it is not")
        .isEqualTo(5);
  }

  @Test
  void a_peak_that_is_reached_again_after_thirds_and_sevenths_is_seen_to_be() {
    RiskFigures figures =
        of(List.of(at(0, "0.7"), at(1, "0.3"), at(2, "0.11"), at(3, "0.7"), at(9, "0.69")));
    assertThat(figures.maxDrawdownDays()).isEqualTo(3);
  }

  @Test
  void one_point_brings_nothing_and_none_has_no_figures() {
    RiskFigures one = of(List.of(at(0, "1000")));
    assertThat(NaiveRisk.of(one).values()).containsOnly(0.0);
    assertThat(one.netValue()).isEqualTo("1");
    assertThat(one.maxDrawdownDays()).isZero();
    assertThat(RiskFigures.of(List.of())).isEmpty();
  }

  @Test
  void equity_of_nothing_and_less_divides_nothing() {
    assertThat(NaiveRisk.of(of(List.of(at(0, "0"), at(1, "0"), at(2, "50")))).values())
        .containsOnly(0.0);
    RiskFigures lost = of(List.of(at(0, "100"), at(1, "0"), at(2, "0"), at(3, "40")));
    assertThat(lost.totalReturn()).isEqualTo("-100");
    assertThat(lost.annualizedReturn()).isEqualTo("-100");
    assertThat(lost.maxDrawdown()).isEqualTo("100");
    RiskFigures owing = of(List.of(at(0, "100"), at(1, "-5"), at(2, "60"), at(3, "90")));
    assertThat(owing.totalReturn()).isEqualTo("-107.5");
    assertThat(owing.annualizedReturn()).isEqualTo("-100");
    assertThat(owing.maxDrawdown()).isEqualTo("107.5");
  }

  @Test
  void figures_beyond_all_measure_are_given_as_the_largest() {
    RiskFigures figures = of(List.of(at(0, "0.000001"), at(2, "1000000000")));
    assertThat(figures.annualizedReturn()).isEqualTo("1000000000000");
    assertThat(figures.totalReturn()).isEqualTo("1000000000000");
    RiskFigures shrunk = of(List.of(at(0, "1000000000"), at(1, "0.000000000000000001")));
    assertThat(shrunk.annualizedReturn()).isEqualTo("-100");
    assertThat(shrunk.netValue()).isEqualTo("0");
  }

  @Test
  void losses_of_bad_days_are_told_from_ten_returns_on() {
    List<EquityPoint> nine = IntStream.range(0, 10).mapToObj(i -> at(i, "" + (100 - i))).toList();
    assertThat(of(nine).tail()).isEmpty();
    List<EquityPoint> ten = new ArrayList<>(nine);
    ten.add(at(10, "45.5"));
    RiskFigures.TailFigures tail = of(ten).tail().orElseThrow();
    assertThat(tail.var95()).isEqualTo("50");
    assertThat(tail.var99()).isEqualTo("50");
    assertThat(tail.cvar95()).isEqualTo("50");
  }

  @Test
  void value_at_risk_is_the_loss_at_its_place_from_the_worst() {
    // of 100 returns: 0 % but the six that lose 10, 20, … 60
    List<EquityPoint> points = new ArrayList<>(List.of(at(0, "100")));
    for (int i = 1; i <= 100; i++) {
      int lost = i % 15 == 0 ? i / 15 * 10 : 0;
      points.add(new EquityPoint(START.plusDays(i), dec("100"), dec("" + lost)));
    }
    RiskFigures.TailFigures tail = of(points).tail().orElseThrow();
    assertThat(tail.var95()).as("place 5 of 60 50 40 30 20 10").isEqualTo("10");
    assertThat(tail.var99()).as("place 1").isEqualTo("50");
    assertThat(tail.cvar95()).as("210 of six").isEqualTo("35");
  }

  @Test
  void dates_that_do_not_ascend_are_refused() {
    assertThatThrownBy(() -> of(List.of(at(1, "1"), at(1, "2"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-01-02");
  }

  @Test
  void random_courses_have_the_figures_of_the_naive_formulas() {
    for (int seed = 0; seed < 300; seed++) {
      List<EquityPoint> points = course(new Random(seed));
      Map<String, Double> expected = NaiveRisk.of(points);
      Map<String, Double> actual = NaiveRisk.of(of(points));
      assertThat(actual.keySet()).as("seed " + seed).isEqualTo(expected.keySet());
      for (Map.Entry<String, Double> each : expected.entrySet()) {
        double value = Math.clamp(each.getValue(), -1e12, 1e12);
        assertThat(actual.get(each.getKey()))
            .as("seed " + seed + ": " + each.getKey())
            .isCloseTo(value, within(0.000_051 + Math.abs(value) * 1e-9));
      }
    }
  }

  private static List<EquityPoint> course(Random random) {
    List<EquityPoint> points = new ArrayList<>();
    double equity = 1 + random.nextInt(100_000);
    LocalDate date = START;
    int count = 1 + random.nextInt(120);
    for (int i = 0; i < count; i++) {
      double flow = random.nextInt(8) == 0 ? random.nextInt(1_000) : 0;
      equity = Math.max(0, equity * (1 + random.nextGaussian() * 0.03) + flow);
      if (random.nextInt(200) == 0) {
        equity = 0;
      }
      points.add(new EquityPoint(date, BigDecimal.valueOf(equity), BigDecimal.valueOf(flow)));
      date = date.plusDays(1 + random.nextInt(3));
    }
    return points;
  }

  private static RiskFigures of(List<EquityPoint> points) {
    return RiskFigures.of(points).orElseThrow();
  }

  private static EquityPoint at(int day, String equity) {
    return new EquityPoint(START.plusDays(day), dec(equity), BigDecimal.ZERO);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
