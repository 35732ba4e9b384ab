package io.tollgate.billing.internal.crash;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of recharges and subscriptions at which tests make a process die. */
public enum BillingStep {
  /** The order is stored; the channel has not been asked. */
  ORDER_STORED,
  /** The channel has answered; how the order is paid is known to this process alone. */
  CHECKOUT_MADE,
  /** A notification is stored; the channel has not been asked. */
  NOTICE_STORED,
  /** The channel has said what was paid; nothing of it is booked. */
  CHANNEL_SAID,
  /** What was paid is booked within its transaction, and not committed. */
  PAYMENT_BOOKING,
  /** What was paid is booked; nobody has been told. */
  PAYMENT_BOOKED,
  /** What is to be refunded is held; the channel has not been asked. */
  REFUND_HELD,
  /** The channel has taken the refund; the books do not know it. */
  REFUND_ASKED,
  /** The refund is booked within its transaction, and not committed. */
  REFUND_BOOKING,
  /** The refund is booked; nobody has been told. */
  REFUND_BOOKED,
  /** What is due of a subscription is booked within its transaction, and not committed. */
  RENEWAL_BOOKING,
  /** It is committed; this process has not noted it. */
  RENEWAL_BOOKED;

  /** What the codes begin with. */
  static final String PREFIX = "billing-";

  /** The step's name in lower case with dashes, after {@code billing-}. */
  public String code() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(BillingStep::code).toList();
  }
}
