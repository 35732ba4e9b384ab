package io.tollgate.metering.internal.database.books;

import io.tollgate.ground.Asset;
import io.tollgate.metering.BookedRequest;
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
    OptionalLong upstreamCost) {
  /** As others are told of it. */
  BookedRequest request() {
    var intent = charge.intent();
    var usage = charge.result().usage();
    return new BookedRequest(
        intent.charge(),
        intent.tenant(),
        intent.user(),
        intent.protocol(),
        intent.model(),
        usage.input(),
        usage.output(),
        currency,
        quotaTokens,
        paid,
        owed);
  }
}
