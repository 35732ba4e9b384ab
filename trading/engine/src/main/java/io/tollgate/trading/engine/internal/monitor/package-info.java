/** Bars looked at as they close, by one process at a time. */
@NullMarked
package io.tollgate.trading.engine.internal.monitor;

import org.jspecify.annotations.NullMarked;
