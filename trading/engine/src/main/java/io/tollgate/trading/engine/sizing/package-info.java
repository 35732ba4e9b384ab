/** How much an order is for: from capital to whole steps. Pure code, exact. */
@NullMarked
package io.tollgate.trading.engine.sizing;

import org.jspecify.annotations.NullMarked;
