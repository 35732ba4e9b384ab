/** Plans and subscriptions: bought, renewed, changed and ended, each step booked once. */
@NullMarked
package io.tollgate.billing.internal.subscriptions;

import org.jspecify.annotations.NullMarked;
