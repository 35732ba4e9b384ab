package io.tollgate.trading.strategies.planted;

import java.nio.file.Path;
import java.time.InstantSource;

/** A strategy that would say something else on another machine, or at another time. */
record StrategyReadsFile(Path file, InstantSource clock) {}
