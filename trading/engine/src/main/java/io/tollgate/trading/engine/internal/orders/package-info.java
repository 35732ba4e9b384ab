/** The books of orders, fills and positions in PostgreSQL, and who has them placed. */
@NullMarked
package io.tollgate.trading.engine.internal.orders;

import org.jspecify.annotations.NullMarked;
