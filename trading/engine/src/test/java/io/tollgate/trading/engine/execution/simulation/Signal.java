package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Instant;

/** What a strategy said once. */
record Signal(String id, Symbol symbol, Direction direction, BigDecimal price, Instant at) {}
