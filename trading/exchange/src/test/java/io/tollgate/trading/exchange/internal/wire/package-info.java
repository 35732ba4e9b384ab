@NullMarked
package io.tollgate.trading.exchange.internal.wire;

import org.jspecify.annotations.NullMarked;
