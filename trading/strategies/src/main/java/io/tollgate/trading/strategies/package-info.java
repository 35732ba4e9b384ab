/**
 * Strategies as folds over closed bars: what they are called, which parameters they take, and what
 * they say. Pure: no input or output, no clock, no randomness.
 */
@NullMarked
package io.tollgate.trading.strategies;

import org.jspecify.annotations.NullMarked;
