package io.tollgate.trading.strategies;

import io.tollgate.ground.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Parameters around their usual values. */
final class RandomSettings {
  private RandomSettings() {}

  static StrategySettings of(StrategyKind kind, RandomGenerator random) {
    while (true) {
      try {
        return kind.settings(given(kind, random));
      } catch (Refusal notTogether) {
        // drawn again: the values are right one by one, and not beside one another
        continue;
      }
    }
  }

  private static Map<String, Object> given(StrategyKind kind, RandomGenerator random) {
    Map<String, Object> given = new HashMap<>();
    for (StrategyParameter parameter : kind.parameters()) {
      if (random.nextInt(4) > 0) {
        given.put(parameter.name(), value(parameter, random));
      }
    }
    return given;
  }

  private static Object value(StrategyParameter parameter, RandomGenerator random) {
    return switch (parameter) {
      case WholeParameter whole ->
          whole.least()
              + random.nextInt(Math.min(whole.most(), whole.usual() * 2 + 3) - whole.least() + 1);
      case NumberParameter number -> number(number.usual(), number.least(), number.most(), random);
      case SwitchParameter _ -> random.nextBoolean();
      case ChoiceParameter choice -> choice.choices().get(random.nextInt(choice.choices().size()));
      case WholeListParameter wholes -> {
        TreeSet<Integer> rising = new TreeSet<>();
        while (rising.size() < wholes.usual().size()) {
          rising.add(wholes.least() + random.nextInt(wholes.usual().getLast() + 5));
        }
        yield List.copyOf(rising);
      }
      case NumberListParameter numbers -> {
        TreeSet<Double> rising = new TreeSet<>();
        while (rising.size() < numbers.usual().size()) {
          rising.add(numbers.least() + (numbers.most() - numbers.least()) * random.nextDouble());
        }
        yield List.copyOf(rising);
      }
      case PartsParameter _ -> parts(random);
    };
  }

  private static double number(double usual, double least, double most, RandomGenerator random) {
    double drawn = random.nextInt(3) == 0 ? usual : usual * (0.2 + 2 * random.nextDouble());
    return Math.clamp(drawn, least, most);
  }

  private static List<Map<String, Object>> parts(RandomGenerator random) {
    List<StrategyKind> kinds =
        StrategyCatalogue.all().stream().filter(kind -> !kind.code().equals("portfolio")).toList();
    List<Map<String, Object>> parts = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      StrategyKind kind = kinds.get(random.nextInt(kinds.size()));
      parts.add(
          Map.of(
              "code",
              kind.code(),
              "weight",
              random.nextInt(1, 5) / 2.0,
              "config",
              of(kind, random).values()));
    }
    return parts;
  }
}
