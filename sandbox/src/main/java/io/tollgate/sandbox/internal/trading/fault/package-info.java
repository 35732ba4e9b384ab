/** What can be made to go wrong between a caller and the exchange. */
@NullMarked
package io.tollgate.sandbox.internal.trading.fault;

import org.jspecify.annotations.NullMarked;
