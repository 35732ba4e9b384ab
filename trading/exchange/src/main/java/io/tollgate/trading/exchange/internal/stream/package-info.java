/** Private streams over WebSocket: opened again and again, kept alive, and read one by one. */
@NullMarked
package io.tollgate.trading.exchange.internal.stream;

import org.jspecify.annotations.NullMarked;
