/** Planted for a test: a strategy that is not what it must be. */
@NullMarked
package io.tollgate.trading.strategies.planted;

import org.jspecify.annotations.NullMarked;
