/** The exchange's WebSockets: streams of the market, and of what happens to accounts. */
@NullMarked
package io.tollgate.sandbox.internal.trading.stream;

import org.jspecify.annotations.NullMarked;
