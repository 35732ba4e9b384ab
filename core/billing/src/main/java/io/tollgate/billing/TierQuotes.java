package io.tollgate.billing;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.metering.PriceQuote;
import java.util.Optional;

/**
 * What one model costs one caller at one time, by the service tier. A request is reserved for at
 * the tier it asks for and charged at the tier that served it. Immutable; safe on any thread.
 */
public interface TierQuotes {
  /** The price of the usual tier. */
  PriceQuote standard();

  /**
   * The price of the tier that a request asks for.
   *
   * @param field how the request calls it, for the refusal: {@code service_tier}
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the model has no price for it;
   *     names the field and what is expected
   */
  PriceQuote asked(String field, ServiceTier tier);

  /** The price of a tier, or of a size and quality of pictures, where it has one of its own. */
  Optional<PriceQuote> find(ServiceTier tier);

  /**
   * The price of the tier that served: that of {@code asked} where the answer names none, and the
   * standard one, with an alert, where the model has no price for the tier.
   *
   * @param asked the tier that the request asked for, {@link ServiceTier#STANDARD} if none
   * @param served the tier that the answer names
   */
  PriceQuote served(ServiceTier asked, Optional<ServiceTier> served);
}
