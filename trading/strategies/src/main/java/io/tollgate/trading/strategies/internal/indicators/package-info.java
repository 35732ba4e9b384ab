/**
 * Indicators that take one bar after another, in constant time where the definition allows it. They
 * are NaN until they have their first value, and never after.
 */
@NullMarked
package io.tollgate.trading.strategies.internal.indicators;

import org.jspecify.annotations.NullMarked;
