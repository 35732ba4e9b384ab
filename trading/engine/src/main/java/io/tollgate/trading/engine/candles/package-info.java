/** Candles that callers send or files hold: read one by one, and refused where they are broken. */
@NullMarked
package io.tollgate.trading.engine.candles;

import org.jspecify.annotations.NullMarked;
