/** How a task becomes an order that is placed once. */
@NullMarked
package io.tollgate.trading.node.internal.order;

import org.jspecify.annotations.NullMarked;
