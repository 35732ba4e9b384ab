/**
 * Orders between processes that die, a network that loses, repeats and delays, and an exchange: one
 * thread, a seed for each history, and every fault at every step. What decides is the code that
 * runs; what it decides over is a model.
 */
@NullMarked
package io.tollgate.trading.engine.execution.simulation;

import org.jspecify.annotations.NullMarked;
