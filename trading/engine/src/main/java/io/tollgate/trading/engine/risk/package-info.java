/** Whether an order may be placed: rules with settings, over facts of an account. Pure code. */
@NullMarked
package io.tollgate.trading.engine.risk;

import org.jspecify.annotations.NullMarked;
