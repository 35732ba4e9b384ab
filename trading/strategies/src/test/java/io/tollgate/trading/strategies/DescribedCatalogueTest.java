package io.tollgate.trading.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/strategies.md} has every strategy with its parameters and their defaults. */
class DescribedCatalogueTest {
  @Test
  void begins_with_the_strategies_that_are_sold_first() {
    assertThat(StrategyCatalogue.all().stream().map(StrategyKind::code).limit(15))
        .containsExactly(
            "market_regime",
            "ema_cross",
            "ma_cross",
            "rsi",
            "rsi_boll",
            "macd",
            "supertrend",
            "boll_squeeze",
            "keltner",
            "breakout",
            "mean_reversion",
            "turtle",
            "grid",
            "momentum",
            "bollinger");
  }

  @Test
  void the_page_says_what_the_catalogue_has() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../../docs/strategies.md"));
    List<String> described = lines.stream().filter(line -> line.startsWith("### ")).toList();

    assertThat(described)
        .isEqualTo(StrategyCatalogue.all().stream().map(DescribedCatalogueTest::heading).toList());
    for (StrategyKind kind : StrategyCatalogue.all()) {
      int at = lines.indexOf(heading(kind));
      assertThat(lines.get(at + 2)).as(kind.code()).isEqualTo(parameters(kind));
    }
  }

  private static String heading(StrategyKind kind) {
    int bars = kind.start("BTC/USDT", kind.timeframe(), kind.settings(Map.of())).bars();
    return "### `" + kind.code() + "` (" + kind.timeframe().code() + ", bars " + bars + ")";
  }

  private static String parameters(StrategyKind kind) {
    return kind.parameters().stream()
        .map(parameter -> "`" + parameter.name() + "` " + usual(parameter))
        .collect(Collectors.joining(", "));
  }

  private static String usual(StrategyParameter parameter) {
    return switch (parameter) {
      case NumberParameter number ->
          BigDecimal.valueOf(number.usual()).stripTrailingZeros().toPlainString();
      case PartsParameter parts ->
          parts.usual().stream().map(part -> part.kind().code()).toList().toString();
      case WholeParameter whole -> whole.usual().toString();
      case SwitchParameter on -> on.usual().toString();
      case ChoiceParameter choice -> choice.usual();
      case WholeListParameter wholes -> wholes.usual().toString();
      case NumberListParameter numbers -> numbers.usual().toString();
    };
  }
}
