/**
 * Indicators and strategies once more, from their formulas over whole series: what ours must be.
 */
@NullMarked
package io.tollgate.trading.strategies.naive;

import org.jspecify.annotations.NullMarked;
