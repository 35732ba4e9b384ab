package io.tollgate.sandbox.internal.pay;

import java.math.BigDecimal;

/** A refund of a payment. */
record PayRefund(
    String id, String number, PayOrder order, PayPayment payment, BigDecimal amount, long at) {}
