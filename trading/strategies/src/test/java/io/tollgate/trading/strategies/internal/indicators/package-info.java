@NullMarked
package io.tollgate.trading.strategies.internal.indicators;

import org.jspecify.annotations.NullMarked;
