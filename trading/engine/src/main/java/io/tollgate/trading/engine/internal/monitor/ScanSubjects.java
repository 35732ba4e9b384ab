package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to be looked at: strategies that are on, on their pairs. */
public final class ScanSubjects {
  private static final int PAGE = 500;

  /** Which of the catalogue a strategy is, where its own code does not say so. */
  private static final String KIND = "kind";

  private final Transactions transactions;
  private final Strategies strategies;
  private final Exchange usual;

  /**
   * @param usual whose bars strategies see that are followed on any exchange
   */
  public ScanSubjects(Transactions transactions, Strategies strategies, Exchange usual) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.strategies = requireNonNull(strategies, "strategies is null");
    this.usual = requireNonNull(usual, "usual is null");
  }

  /** A strategy that cannot be looked at on a pair, and why. */
  record Fault(StoredScans.Key key, String sentence) {}

  /** Those that can be looked at, and those that cannot. */
  record Found(List<ScanSubject> subjects, List<Fault> faults) {}

  Found all() {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    Optional<String> cursor = Optional.empty();
    for (int page = 1; page == 1 || cursor.isPresent(); page++) {
      ListRequest request = new ListRequest(page, PAGE, cursor, false);
      ListPage<Strategy> rows =
          transactions.read(
              transaction ->
                  strategies.list(
                      transaction,
                      new StrategyFilter(Optional.empty(), Optional.of(true)),
                      request));
      rows.rows().forEach(strategy -> add(strategy, found));
      cursor = rows.next();
    }
    return found;
  }

  private void add(Strategy strategy, Found found) {
    for (String symbol : strategy.symbols()) {
      try {
        found.subjects().add(subject(strategy, PairText.read(symbol)));
      } catch (Refusal e) {
        found.faults().add(new Fault(new StoredScans.Key(strategy.id(), symbol), e.sentence()));
      }
    }
  }

  private ScanSubject subject(Strategy strategy, Symbol symbol) {
    Strategy.Terms terms = strategy.terms();
    Map<String, @Nullable Object> config = ConfigText.read(strategy.sheet().rules().config());
    StrategyKind kind = kind(terms.code(), config);
    return new ScanSubject(
        strategy.id(),
        terms.code(),
        kind,
        kind.settings(config),
        terms.exchange().filter(at -> at != Exchange.PAPER).orElse(usual),
        strategy.sheet().rules().market(),
        symbol,
        Timeframe.of("timeframe", terms.timeframe()),
        Duration.ofMinutes(strategy.sheet().rules().cooldownMinutes()));
  }

  /** The kind that is named, else that of the code, else of what the code begins with. */
  private static StrategyKind kind(String code, Map<String, @Nullable Object> config) {
    if (config.get(KIND) instanceof String named) {
      return StrategyCatalogue.require("config.kind", named);
    }
    return StrategyCatalogue.find(code)
        .or(
            () ->
                StrategyCatalogue.all().stream()
                    .filter(kind -> code.matches(Pattern.quote(kind.code()) + "[_.-].+"))
                    .max(Comparator.comparingInt(kind -> kind.code().length())))
        .orElseGet(() -> StrategyCatalogue.require("code", code));
  }
}
