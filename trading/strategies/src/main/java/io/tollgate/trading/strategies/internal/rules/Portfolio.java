package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.PartsParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several strategies that vote. */
public final class Portfolio extends BarFold {
  private static final PartsParameter PARTS =
      new PartsParameter(
          "strategies",
          List.of(part(ExponentialCross.KIND), part(MacdCross.KIND), part(RsiReturn.KIND)),
          10,
          "the strategies, each with a weight and parameters of its own");
  private static final ChoiceParameter MODE =
      new ChoiceParameter(
          "fusion_mode",
          "voting",
          List.of("voting", "weighted", "unanimous", "any"),
          "how many must agree");
  private static final NumberParameter AGREEMENT =
      new NumberParameter(
          "min_agreement",
          0.5,
          0.01,
          1,
          "least share that must agree, of the strategies or of their weights");
  private static final NumberParameter CONFIDENCE =
      new NumberParameter("min_confidence", 60, 0, 100, "least confidence of the agreement");
  private static final WholeParameter LASTS =
      new WholeParameter("vote_bars", 3, 1, 200, "bars for which a vote counts");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "portfolio",
          "Portfolio",
          "Buys when enough of its strategies have said so within a few bars.",
          List.of(PARTS, MODE, AGREEMENT, CONFIDENCE, LASTS),
          Portfolio::new);

  private static PartsParameter.Part part(StrategyKind kind) {
    return new PartsParameter.Part(kind, 1, kind.settings(Map.of()));
  }

  private final SignalStrategy[] parts;
  private final double[] weights;
  private final Vote[] votes;
  private final String mode;
  private final double leastAgreement;
  private final double leastConfidence;

  private Portfolio(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    this(kind, symbol, timeframe, settings, started(symbol, timeframe, settings));
  }

  private Portfolio(
      StrategyKind kind,
      String symbol,
      Timeframe timeframe,
      StrategySettings settings,
      SignalStrategy[] parts) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Arrays.stream(parts).mapToInt(SignalStrategy::bars).max().orElseThrow());
    this.parts = parts;
    this.weights = settings.get(PARTS).stream().mapToDouble(PartsParameter.Part::weight).toArray();
    this.votes = new Vote[parts.length];
    Arrays.setAll(votes, at -> new Vote(settings.get(LASTS)));
    this.mode = settings.get(MODE);
    this.leastAgreement = settings.get(AGREEMENT);
    this.leastConfidence = settings.get(CONFIDENCE);
  }

  private static SignalStrategy[] started(
      String symbol, Timeframe timeframe, StrategySettings settings) {
    return settings.get(PARTS).stream()
        .map(part -> part.kind().start(symbol, timeframe, part.settings()))
        .toArray(SignalStrategy[]::new);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    boolean fresh = false;
    for (int at = 0; at < parts.length; at++) {
      votes[at].pass(parts[at].onBar(openTime, open, high, low, close, volume));
      fresh |= votes[at].fresh();
    }
    if (silent() || !fresh) {
      return Optional.empty();
    }
    double buying = agreement(1);
    double selling = agreement(-1);
    if (buying == selling) {
      return Optional.empty();
    }
    SignalSide side = buying > selling ? SignalSide.BUY : SignalSide.SELL;
    double agreement = Math.max(buying, selling);
    double confidence = confidence(side.sign());
    return agreement >= leastAgreement && confidence >= leastConfidence
        ? agreed(side, close, agreement, confidence)
        : Optional.empty();
  }

  /** Share of those who vote for a side; 0 where the mode asks for more. */
  private double agreement(int side) {
    int agree = 0;
    int against = 0;
    double weight = 0;
    double all = 0;
    for (int at = 0; at < votes.length; at++) {
      all += weights[at];
      if (votes[at].side() == side) {
        agree++;
        weight += weights[at];
      } else if (votes[at].side() == -side) {
        against++;
      }
    }
    return switch (mode) {
      case "weighted" -> weight / all;
      case "unanimous" -> agree == votes.length ? 1 : 0;
      case "any" -> agree > 0 && against == 0 ? 1 : 0;
      default -> (double) agree / votes.length;
    };
  }

  /** Mean confidence of those who vote for a side, by weight where weights count. */
  private double confidence(int side) {
    double sum = 0;
    double of = 0;
    for (int at = 0; at < votes.length; at++) {
      if (votes[at].side() == side) {
        double weight = mode.equals("weighted") ? weights[at] : 1;
        sum += weight * votes[at].confidence();
        of += weight;
      }
    }
    return sum / of;
  }

  /** With the nearest stop and the nearest target that any of them has named. */
  private Optional<StrategyOutput> agreed(
      SignalSide side, double close, double agreement, double confidence) {
    int sign = side.sign();
    double stop = Double.NaN;
    double target = Double.NaN;
    for (Vote vote : votes) {
      if (vote.side() == sign) {
        stop = nearer(stop, vote.stop(), close, -sign);
        target = nearer(target, vote.target(), close, sign);
      }
      vote.clear();
    }
    return open(
        side,
        close,
        stop,
        target,
        confidence,
        "enough strategies agree",
        Seen.of("agreement", agreement));
  }

  /** Of two levels the one nearer to the close; one that is not on its side of it is none. */
  private static double nearer(double one, double other, double close, int sign) {
    if (!(sign * (other - close) > 0)) {
      return one;
    }
    return sign * (other - one) > 0 ? one : other;
  }

  @Override
  protected void state(StateCopy copy) {
    for (int at = 0; at < parts.length; at++) {
      nested(parts[at], copy);
      votes[at].state(copy);
    }
  }
}
