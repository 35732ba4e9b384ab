/** Every fault of an exchange, every call that concerns orders, and processes of ours that die. */
@NullMarked
package io.tollgate.trading.exchange.once;

import org.jspecify.annotations.NullMarked;
