package io.tollgate.payments;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * One payment channel, as its own protocol has it. Blocking: call it on virtual threads and outside
 * of transactions. Every call has a deadline, and bodies are bounded. Safe for use by many threads.
 *
 * <p>Calls that reach the channel throw {@link ChannelFault}, which says whether the channel
 * refused or whether it is not known what became of the call. The same order or refund asked for
 * again is the same at the channel: none is made twice.
 */
public interface PaymentChannel {
  PaymentMethod method();

  /**
   * With how many decimals the channel takes amounts in a currency.
   *
   * @param currency its code, in capitals
   * @return nothing when it does not take the currency
   */
  OptionalInt decimals(String currency);

  /** Asks for a payment; the same order again gets the same checkout or one as good. */
  CreatedPayment create(PaymentRequest request);

  /** What has become of an order at the channel, with every payment of it that was made. */
  PaymentStanding query(PaymentReference order);

  /** Gives back a payment or a part of it; the same number again does so once. */
  RefundStanding refund(RefundRequest refund);

  /** What has become of a refund; {@link RefundState#ABSENT} when the channel has none. */
  RefundStanding queryRefund(RefundRequest refund);

  /**
   * Reads a notification: its signature is checked, what is encrypted is decrypted.
   *
   * @throws NotificationRefused when it is not the channel's, too old, or cannot be read
   */
  PaymentNotice read(ReceivedNotification notification);

  /** What the channel wants to hear of a notification. */
  NotificationAnswer answer(NotificationOutcome outcome);

  /**
   * Everything that was paid and given back in a day.
   *
   * @param day in the zone of the channel's bills
   * @throws ChannelFault also when the bill is not ready, or longer than the bound
   */
  ChannelBill bill(LocalDate day);

  /** The zone by which bills are cut into days. */
  ZoneId billZone();
}
