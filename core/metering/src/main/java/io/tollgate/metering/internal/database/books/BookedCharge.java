package io.tollgate.metering.internal.database.books;

import io.tollgate.ground.Asset;
import io.tollgate.metering.internal.settlement.SettledCharge;
import java.util.OptionalLong;

/**
 * A charge with what it took.
 *
 * @param quotaTokens taken from quotas
 * @param paid taken from the user's money, smallest units of the currency
 * @param owed what the money did not cover
 * @param upstreamCost what it costs us, nano USD, if that is known
 */
record BookedCharge(
    SettledCharge charge,
    Asset currency,
    long quotaTokens,
    long paid,
    long owed,
    OptionalLong upstreamCost) {}
