/** Stripe's protocol: Checkout sessions, webhooks, refunds, lists. */
@NullMarked
package io.tollgate.payments.internal.stripe;

import org.jspecify.annotations.NullMarked;
