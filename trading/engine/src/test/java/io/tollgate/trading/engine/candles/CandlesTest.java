package io.tollgate.trading.engine.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class CandlesTest {
  private static final String HEAD = "ts,open,high,low,close,volume\n";
  private static final JsonFactory JSON = new JsonFactory();

  @Test
  void json_and_csv_say_the_same_however_times_are_written() {
    String expected = "1767225600000 2.0 2.0 2.0 2.0 0.0, 1767229200000 2.0 2.5 1.5 2.0 7.25";
    assertThat(
            seen(
                json(
                    """
                    [{"timestamp":"2026-01-01T01:00:00+01:00","open":2,"high":2,"low":2e0,"close":2,"volume":0},
                     {"close":"2.0","low":15e-1,"high":2.5,"open":2,"more":{"a":[1]},"volume":7.25,"time":1767229200}]
                    """)))
        .isEqualTo(expected);
    assertThat(
            seen(
                csv(
                    "\uFEFFvolume, Close,low,high,open,note,timestamp\r\n"
                        + "0,2,2.0,2,2,x,1767225600000\r\n\r\n"
                        + "\"7.25\", 2.0 ,1.5,2.5,2,,2026-01-01T01:00:00Z\n")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10,1,2,1,2,1          | candles, line 3.timestamp: 1970-01-01T00:00:10Z (expected: after 1970-01-01T00:00:10Z
          9,1,2,1,2,1           | candles, line 3.timestamp: 1970-01-01T00:00:09Z (expected: after
          20,NaN,2,1,2,1        | candles, line 3.open: NaN (expected: a price above 0
          20,-1,2,1,2,1         | candles, line 3.open: -1 (expected: a price above 0
          20,0,2,0,2,1          | candles, line 3.open: 0 (expected: a price above 0
          20,1e999,2,1,2,1      | candles, line 3.open: Infinity (expected: a price above 0
          20,0x1p3,2,1,2,1      | candles, line 3.open: 0x1p3 (expected: a price above 0
          20,1,2,1,2,-1         | candles, line 3.volume: -1 (expected: a number from 0
          20,1,2,1,2,0          | candles, line 3.volume: 0 (expected: above 0, as the price has moved)
          20,1,1.1,1,1,0.0      | candles, line 3.volume: 0 (expected: above 0, as the price has moved)
          20,1,2,1,2,           | candles, line 3.volume:  (expected: a number from 0
          20,1,0.5,0.7,1,1      | candles, line 3.high: 0.5 with low 0.7 (expected: a high and a low that hold open 1
          20,3,2,1,2,1          | candles, line 3.high: 2 with low 1 (expected: a high and a low that hold open 3
          20,1,2,1,2            | candles, line 3: 20,1,2,1,2 (expected: 6 values
          20,1,2,1,2,1,1        | candles, line 3: 20,1,2,1,2,1,1 (expected: 6 values
          yesterday,1,2,1,2,1   | candles, line 3.timestamp: yesterday (expected: a time such as
          9e9,1,2,1,2,1         | candles, line 3.timestamp: 9e9 (expected: a time such as
          4102444800,1,2,1,2,1  | candles, line 3.timestamp: 4102444800 (expected: a time such as
          """)
  void a_broken_line_is_refused_with_its_place(String line, String sentence) {
    refused(() -> seen(csv(HEAD + "10,1,2,1,2,1\n" + line)), sentence);
  }

  @Test
  void a_head_that_does_not_name_the_columns_is_refused() {
    refused(() -> seen(csv("ts,open,high,low,close\n")), "candles, line 1: ts,open,high,low,close");
    refused(() -> seen(csv("ts,time,open,high,low,close,volume\n")), "candles, line 1: time");
    refused(() -> seen(csv("x".repeat(5_000))), "candles, line 1: xxx");
    assertThat(seen(csv(""))).isEmpty();
    assertThat(seen(csv("\n \n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [7]                                     | candles[0]: 7 (expected: an object
          [{"ts":1}]                              | candles[0].open is missing (expected: a price
          [{"ts":1,"time":2}]                     | candles[0].timestamp: given twice (expected: once
          [{"ts":null}]                           | candles[0].timestamp: null (expected: a time
          [{"open":true}]                         | candles[0].open: true (expected: a number or a text
          [{"open":[]}]                           | candles[0].open: [ (expected: a number or a text
          [{"open":"1,5"}]                        | candles[0].open: 1,5 (expected: a price
          [{"ts":"Infinity"}]                     | candles[0].timestamp: Infinity (expected: a time
          """)
  void a_broken_object_is_refused_with_its_place(String text, String sentence) {
    refused(() -> seen(json(text)), sentence);
  }

  @Test
  void what_is_no_json_is_malformed() {
    for (String text : List.of("[{\"ts\":NaN}]", "[{\"ts\":1", "[", "[{]")) {
      assertThat(catchThrowable(() -> seen(json(text))))
          .as(text)
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
    }
    refused(() -> json("{}"), "candles: { (expected: a list");
  }

  @Test
  void a_series_is_bounded_and_read_again_in_parts() {
    CandleSeries series = CandleSeries.read(csv(HEAD + rows(5)), 5);
    assertThat(series.size()).isEqualTo(5);
    assertThat(seen(series.feed(1, 3)))
        .isEqualTo("20000 1.0 2.0 1.0 2.0 1.0, 30000 1.0 2.0 1.0 2.0 1.0");
    assertThat(seen(series.feed())).isEqualTo(seen(csv(HEAD + rows(5))));
    assertThat(seen(series.feed(5, 5))).isEmpty();
    refused(
        () -> CandleSeries.read(csv(HEAD + rows(6)), 5),
        "candles: more than 5 (expected: at most 5)");
  }

  @Test
  void rows_without_end_are_read_one_by_one() {
    BarFeed endless = new CsvCandles(new Rows(200_000));
    long rows = 0;
    while (endless.next()) {
      rows++;
    }
    assertThat(rows).isEqualTo(200_000);
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      rows.append(i).append("0,1,2,1,2,1\n");
    }
    return rows.toString();
  }

  private static CsvCandles csv(String text) {
    return new CsvCandles(new StringReader(text));
  }

  private static JsonCandles json(String text) {
    JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text);
    parser.nextToken();
    return new JsonCandles(parser);
  }

  private static String seen(BarFeed feed) {
    List<String> bars = new ArrayList<>();
    while (feed.next()) {
      bars.add(
          feed.openTime()
              + " "
              + feed.open()
              + " "
              + feed.high()
              + " "
              + feed.low()
              + " "
              + feed.close()
              + " "
              + feed.volume());
    }
    return String.join(", ", bars);
  }

  private static void refused(Runnable reading, String sentence) {
    assertThat(catchThrowable(reading::run))
        .isInstanceOfSatisfying(
            Refusal.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
              assertThat(e.sentence()).startsWith(sentence);
            });
  }

  /** Lines that are made as they are read. */
  private static final class Rows extends Reader {
    private final int count;
    private int made;
    private String line = HEAD;
    private int at;

    Rows(int count) {
      this.count = count;
    }

    @Override
    public int read(char[] into, int offset, int length) {
      if (at == line.length()) {
        if (made == count) {
          return -1;
        }
        line = made++ + ",1,2,1,2,1\n";
        at = 0;
      }
      int taken = Math.min(length, line.length() - at);
      line.getChars(at, at + taken, into, offset);
      at += taken;
      return taken;
    }

    @Override
    public void close() {}
  }
}
