package io.tollgate.identity.internal.rates;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.UserId;

/**
 * One limit of one key, or of one user with all keys.
 *
 * @param subject the key's number; of a user the number below 0
 */
record RateId(long subject, RateKind kind) {
  static RateId of(ApiKeyId key, RateKind kind) {
    return new RateId(key.value(), kind);
  }

  static RateId of(UserId user, RateKind kind) {
    return new RateId(Math.negateExact(user.value()), kind);
  }
}
