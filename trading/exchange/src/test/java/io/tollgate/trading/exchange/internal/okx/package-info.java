@NullMarked
package io.tollgate.trading.exchange.internal.okx;

import org.jspecify.annotations.NullMarked;
