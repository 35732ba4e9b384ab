/** How exchanges want requests signed: pure, over secrets that are wiped. */
@NullMarked
package io.tollgate.trading.exchange.internal.signing;

import org.jspecify.annotations.NullMarked;
