package io.tollgate.metering;

import io.tollgate.ground.ChargeId;

/**
 * What a passage cost, as it was recorded.
 *
 * @param quotaTokens tokens taken from quotas
 * @param paid taken from gift credit and balance, smallest units of the currency
 * @param owed what the means did not cover, smallest units of the currency
 */
public record Charge(ChargeId id, long quotaTokens, long paid, long owed) {}
