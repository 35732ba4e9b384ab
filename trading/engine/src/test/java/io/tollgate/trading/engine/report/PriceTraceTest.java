package io.tollgate.trading.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.candles.CsvCandles;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTraceTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_999, 2_000, 2_001, 4_000, 4_001, 9_000})
  void every_bar_is_in_a_point_and_there_are_not_too_many_points(int count) {
    CandleSeries candles = candles(count);
    List<PriceTrace.Point> points = PriceTrace.over(candles.feed());

    int each = 1;
    while (Math.ceilDiv(count, each) > 2_000) {
      each *= 2;
    }
    assertThat(points).hasSize(Math.ceilDiv(count, each));
    for (int i = 0; i < points.size(); i++) {
      int first = i * each;
      int last = Math.min(first + each, count) - 1;
      PriceTrace.Point point = points.get(i);
      assertThat(point.time()).isEqualTo(candles.openTime(first));
      // prices rise by 1 from bar to bar, each from 1 below to 2 above
      assertThat(point.low()).isEqualTo(price(first) - 1);
      assertThat(point.high()).isEqualTo(price(last) + 2);
      assertThat(point.close()).isEqualTo(price(last));
    }
  }

  private static double price(int bar) {
    return 100 + bar;
  }

  private static CandleSeries candles(int count) {
    StringBuilder csv = new StringBuilder("time,open,high,low,close,volume\n");
    for (int i = 0; i < count; i++) {
      double price = price(i);
      csv.append(1_767_225_600L + i * 60L)
          .append("," + price + "," + (price + 2) + "," + (price - 1) + "," + price + ",1\n");
    }
    return CandleSeries.read(new CsvCandles(new StringReader(csv.toString())), count);
  }
}
