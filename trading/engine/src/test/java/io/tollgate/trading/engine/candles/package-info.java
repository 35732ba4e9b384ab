@NullMarked
package io.tollgate.trading.engine.candles;

import org.jspecify.annotations.NullMarked;
