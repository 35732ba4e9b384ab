@NullMarked
package io.tollgate.trading.exchange.internal.gate;

import org.jspecify.annotations.NullMarked;
