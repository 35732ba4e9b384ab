package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tenant whose backend calls, and how it reads.
 *
 * @param idempotencyKey under which the call moves money once
 */
record Caller(Tenant tenant, Language language, LocalTimes times, Optional<String> idempotencyKey) {
  Caller {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(language, "language is null");
    requireNonNull(times, "times is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
  }

  TenantId id() {
    return tenant.id();
  }

  String time(Instant time) {
    return times.written(time);
  }

  String says(Sentence sentence) {
    return sentence.in(language);
  }

  /**
   * The tenant's user with an address.
   *
   * @throws MerchantFault {@code USER_NOT_FOUND}, also for another tenant's
   */
  User user(Transaction transaction, Users users, String email) {
    return users
        .findByEmail(transaction, id(), email)
        .orElseThrow(
            () ->
                new MerchantFault(
                    ErrorCode.USER_NOT_FOUND,
                    Sentence.wrong(
                        "email", email, new Sentence("本租户的用户", "a user of this tenant"))));
  }

  /** Runs what may be refused further down, where the call knows better what that means. */
  static <T> T explaining(Map<ErrorCode, Sentence> sentences, Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      Sentence sentence = sentences.get(refusal.code());
      if (sentence == null) {
        throw refusal;
      }
      throw new MerchantFault(refusal.code(), sentence);
    }
  }
}
