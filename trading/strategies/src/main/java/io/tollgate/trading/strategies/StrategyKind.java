package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A strategy of the catalogue: what it is called, what can be set, and how it is put to work.
 *
 * @param code by which it is known
 * @param name for people
 * @param description when it buys, in a sentence
 * @param symbol that it trades unless another is wanted, such as {@code BTC/USDT}
 * @param timeframe of its bars unless another is wanted
 * @param parameters in the order in which they are shown
 * @param check of values that must go together; throws a refusal
 * @param maker puts it to work
 */
public record StrategyKind(
    String code,
    String name,
    String description,
    String symbol,
    Timeframe timeframe,
    List<StrategyParameter> parameters,
    Consumer<StrategySettings> check,
    Maker maker) {
  private static final String USUAL_SYMBOL = "BTC/USDT";

  public StrategyKind {
    requireNonNull(code, "code is null");
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(timeframe, "timeframe is null");
    parameters = List.copyOf(parameters);
    requireNonNull(check, "check is null");
    requireNonNull(maker, "maker is null");
  }

  /** One for BTC/USDT and bars of an hour. */
  public static StrategyKind of(
      String code,
      String name,
      String description,
      List<? extends StrategyParameter> parameters,
      Maker maker) {
    return new StrategyKind(
        code,
        name,
        description,
        USUAL_SYMBOL,
        Timeframe.ONE_HOUR,
        List.copyOf(parameters),
        settings -> {},
        maker);
  }

  /** The same for other bars. */
  public StrategyKind on(Timeframe other) {
    return new StrategyKind(code, name, description, symbol, other, parameters, check, maker);
  }

  /** The same, whose values are checked against one another too. */
  public StrategyKind checked(Consumer<StrategySettings> further) {
    return new StrategyKind(
        code, name, description, symbol, timeframe, parameters, check.andThen(further), maker);
  }

  /**
   * Reads what is given as its parameters.
   *
   * @param given values by name, as JSON has them
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when one is not what is expected
   */
  public StrategySettings settings(Map<String, ?> given) {
    return settings("", given);
  }

  StrategySettings settings(String prefix, Map<String, ?> given) {
    StrategySettings settings = StrategySettings.read(prefix, parameters, given);
    check.accept(settings);
    return settings;
  }

  /**
   * Puts it to work; it has seen no bar yet.
   *
   * @param forSymbol in whose name it speaks
   * @param barsOf what its bars are
   * @param settings that were read by this kind
   */
  public SignalStrategy start(String forSymbol, Timeframe barsOf, StrategySettings settings) {
    return maker.make(this, forSymbol, barsOf, settings);
  }

  /** Makes a strategy that has seen no bar yet. */
  @FunctionalInterface
  public interface Maker {
    SignalStrategy make(
        StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings);
  }

  /** Its code. */
  @Override
  public String toString() {
    return code;
  }
}
