/** Single HTTP calls to an exchange, each sent once. */
@NullMarked
package io.tollgate.trading.exchange.internal.wire;

import org.jspecify.annotations.NullMarked;
