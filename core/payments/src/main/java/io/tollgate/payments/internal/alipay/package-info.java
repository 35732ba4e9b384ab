/** Alipay's protocol: page payments, signed notifications, refunds, bills. */
@NullMarked
package io.tollgate.payments.internal.alipay;

import org.jspecify.annotations.NullMarked;
