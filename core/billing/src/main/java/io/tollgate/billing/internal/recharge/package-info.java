/** Recharge orders: their state machine, what is booked of them, and who may ask for what. */
@NullMarked
package io.tollgate.billing.internal.recharge;

import org.jspecify.annotations.NullMarked;
