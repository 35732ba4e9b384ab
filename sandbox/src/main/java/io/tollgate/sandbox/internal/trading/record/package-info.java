/** What outlives the process: the journal of orders and accounts, and the witness made from it. */
@NullMarked
package io.tollgate.sandbox.internal.trading.record;

import org.jspecify.annotations.NullMarked;
