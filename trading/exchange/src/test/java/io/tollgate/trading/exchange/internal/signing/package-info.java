@NullMarked
package io.tollgate.trading.exchange.internal.signing;

import org.jspecify.annotations.NullMarked;
