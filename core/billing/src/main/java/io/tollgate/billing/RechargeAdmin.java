package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.payments.PaymentMethod;
import java.util.Optional;

/** What administrators see of recharging, and what they do about it. */
public interface RechargeAdmin {
  /** Orders, the newest first. */
  ListPage<RechargeOrder> orders(
      Transaction transaction, RechargeOrderFilter filter, ListRequest page);

  /** An order by its number in our tables, with everything that happened to it. */
  Optional<RechargeDetail> order(Transaction transaction, long id);

  /** Payments that were booked, the newest first. */
  ListPage<RechargePayment> payments(
      Transaction transaction, RechargePaymentFilter filter, ListRequest page);

  /** What was given back, of whichever sort, the newest first. */
  ListPage<ListedRefund> refunds(Transaction transaction, RefundFilter filter, ListRequest page);

  /** Days whose bills were compared, the newest first. */
  ListPage<RechargeComparison> comparisons(
      Transaction transaction, Optional<PaymentMethod> method, ListRequest page);

  /** Cases, the newest first. */
  ListPage<RechargeCase> cases(
      Transaction transaction, RechargeCase.Filter filter, ListRequest page);

  /**
   * An administrator takes a case on.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed
   */
  RechargeCase take(Transaction transaction, long id, AdminId admin);

  /**
   * An administrator says what was done about a case; it is closed then.
   *
   * @param action what was done, 1 to 40 characters
   * @param note why, 1 to 500 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is closed;
   *     {@code INVALID_REQUEST}
   */
  RechargeCase close(Transaction transaction, long id, AdminId admin, String action, String note);

  /** Kinds of cases, as lists filter by them. */
  java.util.List<String> kinds();
}
