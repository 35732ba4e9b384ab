package io.tollgate.billing;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a grant did; the same again whenever it is repeated.
 *
 * @param account the account that was credited
 * @param owedPaid part of the amount that paid off what the user owed
 * @param balance of the account right after
 */
public record GrantReceipt(
    UUID transfer,
    AccountId account,
    Amount amount,
    Amount owedPaid,
    Amount balance,
    Optional<Instant> expiresAt) {}
