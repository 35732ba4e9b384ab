package io.tollgate.billing.internal.services;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceDraft;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.ServiceVersion;
import io.tollgate.billing.Services;
import io.tollgate.billing.ServicesConfig;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Services as the configuration has them, under those that were set in the database. */
public final class SetServices implements Services {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final String NAMES = "1 to 32 of a-z 0-9 _ -, a letter first, not relay";
  // far below what an account counts to, as it comes again every month
  private static final long MONTHLY_FREE_MAX = ServiceCall.COUNT_MAX;
  private static final long PRICE_MAX_UNITS = 1_000_000_000L * 1_000_000_000L;

  private final SortedMap<String, ServicesConfig.Default> configured;
  private final InstantSource clock;
  private final VersionTable versions = new VersionTable();

  /**
   * @param clock the database's time
   */
  public SetServices(ServicesConfig config, InstantSource clock) {
    this.configured = requireNonNull(config, "config is null").services();
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public List<ServiceTerms> all(Transaction transaction, Tenant tenant, Instant at) {
    return List.copyOf(terms(transaction, tenant, at).values());
  }

  @Override
  public Optional<ServiceTerms> find(
      Transaction transaction, Tenant tenant, String name, Instant at) {
    return Optional.ofNullable(terms(transaction, tenant, at).get(name));
  }

  private SortedMap<String, ServiceTerms> terms(
      Transaction transaction, Tenant tenant, Instant at) {
    SortedMap<String, ServiceTerms> terms = new TreeMap<>();
    for (Map.Entry<String, ServicesConfig.Default> each : configured.entrySet()) {
      Amount price = Amount.of(tenant.currency(), each.getValue().price());
      terms.put(
          each.getKey(),
          calls(each.getKey(), price, each.getValue().monthlyFree(), Optional.empty()));
    }
    for (ServiceVersion each : versions.at(transaction, tenant.id(), tenant.currency(), at)) {
      terms.put(
          each.service(),
          calls(
              each.service(), each.price(), each.monthlyFree(), Optional.of(each.effectiveFrom())));
    }
    terms.put(
        RELAY,
        new ServiceTerms(
            RELAY, Asset.TOKEN, Optional.empty(), tenant.monthlyFreeTokens(), Optional.empty()));
    return terms;
  }

  private static ServiceTerms calls(
      String name, Amount price, long monthlyFree, Optional<Instant> since) {
    return new ServiceTerms(name, Asset.calls(name), Optional.of(price), monthlyFree, since);
  }

  @Override
  public ServiceVersion add(
      Transaction transaction, Tenant tenant, ServiceDraft draft, AdminId admin) {
    if (!NAME.matcher(draft.service()).matches() || draft.service().equals(RELAY)) {
      throw GivenText.refused("service", draft.service(), NAMES);
    }
    if (draft.monthlyFree() < 0 || draft.monthlyFree() > MONTHLY_FREE_MAX) {
      throw GivenText.refused(
          "monthly_free", Long.toString(draft.monthlyFree()), "0 to " + MONTHLY_FREE_MAX);
    }
    Amount price = Amount.of(tenant.currency(), draft.price());
    if (price.isNegative() || price.units() > PRICE_MAX_UNITS) {
      throw GivenText.refused("price", price.toPlainString(), "0 to 1000000000");
    }
    Instant now = clock.instant().truncatedTo(MICROS);
    Instant from = draft.effectiveFrom().map(given -> given.truncatedTo(MICROS)).orElse(now);
    if (from.isBefore(now)) {
      throw GivenText.refused(
          "effective_from", from.toString(), "not before now, as what was charged stays charged");
    }
    return versions
        .insert(
            transaction, tenant.id(), draft.service(), from, price, draft.monthlyFree(), admin, now)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.CONFLICT,
                    "service "
                        + draft.service()
                        + " has a version from "
                        + from
                        + " on (expected: another moment)"));
  }

  @Override
  public List<ServiceVersion> history(
      Transaction transaction, Tenant tenant, String name, int max) {
    return versions.history(transaction, tenant.id(), tenant.currency(), name, max);
  }
}
