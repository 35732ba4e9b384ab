package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call that backtests.
 *
 * @param shown as it is answered
 * @param run whose trades and report can be asked for; of a search the best one
 */
record BacktestAnswer(Map<String, @Nullable Object> shown, Optional<TradedRun> run) {
  BacktestAnswer {
    requireNonNull(shown, "shown is null");
    requireNonNull(run, "run is null");
  }
}
