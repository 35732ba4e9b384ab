/** What calls to all exchanges have in common: budgets, clock, and how answers become outcomes. */
@NullMarked
package io.tollgate.trading.exchange.internal.calls;

import org.jspecify.annotations.NullMarked;
