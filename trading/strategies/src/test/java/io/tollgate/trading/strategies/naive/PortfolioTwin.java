package io.tollgate.trading.strategies.naive;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.PartsParameter.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strategies that vote, over what their twins say. */
final class PortfolioTwin {
  private PortfolioTwin() {}

  /** A vote that counts. */
  private record Vote(Said said, double weight) {}

  static @Nullable Said[] say(Series s, Timeframe timeframe, Values v) {
    List<Part> parts = v.parts("strategies");
    List<@Nullable Said[]> spoken = new ArrayList<>();
    int needed = 0;
    for (Part part : parts) {
      spoken.add(
          Twins.of(part.kind().code(), timeframe).say(s, new Values(part.settings().values())));
      needed = Math.max(needed, part.kind().start("X", timeframe, part.settings()).bars());
    }
    @Nullable Said[] said = new @Nullable Said[s.length()];
    int since = 0;
    for (int i = needed - 1; i < s.length(); i++) {
      List<Vote> buying = new ArrayList<>();
      List<Vote> selling = new ArrayList<>();
      boolean fresh = false;
      for (int p = 0; p < parts.size(); p++) {
        for (int k = i; k > i - v.whole("vote_bars") && k >= since; k--) {
          Said one = spoken.get(p)[k];
          if (one != null && one.type().equals("OPEN")) {
            (one.side() > 0 ? buying : selling).add(new Vote(one, parts.get(p).weight()));
            fresh |= k == i;
            break;
          }
        }
      }
      double forBuying = share(buying, selling, parts, v.text("fusion_mode"));
      double forSelling = share(selling, buying, parts, v.text("fusion_mode"));
      List<Vote> winners = forBuying > forSelling ? buying : selling;
      double confidence = confidence(winners, v.text("fusion_mode").equals("weighted"));
      if (fresh
          && forBuying != forSelling
          && Math.max(forBuying, forSelling) >= v.number("min_agreement")
          && confidence >= v.number("min_confidence")) {
        said[i] = agreed(winners, forBuying > forSelling ? 1 : -1, s.close()[i], confidence);
        since = i + 1;
      }
    }
    return said;
  }

  private static double share(List<Vote> of, List<Vote> against, List<Part> parts, String mode) {
    return switch (mode) {
      case "voting" -> of.size() / (double) parts.size();
      case "weighted" ->
          of.stream().mapToDouble(Vote::weight).sum()
              / parts.stream().mapToDouble(Part::weight).sum();
      case "unanimous" -> of.size() == parts.size() ? 1 : 0;
      case "any" -> !of.isEmpty() && against.isEmpty() ? 1 : 0;
      default -> throw new AssertionError(mode);
    };
  }

  private static double confidence(List<Vote> votes, boolean weighted) {
    double sum = 0;
    double weights = 0;
    for (Vote vote : votes) {
      double weight = weighted ? vote.weight : 1;
      sum += weight * vote.said.confidence();
      weights += weight;
    }
    return sum / weights;
  }

  private static Said agreed(List<Vote> votes, int side, double close, double confidence) {
    double stop =
        votes.stream()
            .mapToDouble(vote -> vote.said.stop())
            .filter(price -> side * (close - price) > 0)
            .boxed()
            .min((one, two) -> Double.compare(Math.abs(close - one), Math.abs(close - two)))
            .orElse(Double.NaN);
    double target =
        votes.stream()
            .mapToDouble(vote -> vote.said.target())
            .filter(price -> side * (price - close) > 0)
            .boxed()
            .min((one, two) -> Double.compare(Math.abs(close - one), Math.abs(close - two)))
            .orElse(Double.NaN);
    return Said.open(side, close, stop, target, confidence);
  }
}
