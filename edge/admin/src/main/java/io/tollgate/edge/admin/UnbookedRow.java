package io.tollgate.edge.admin;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.metering.UnbookedCharges.Decoded;
import io.tollgate.metering.UnbookedCharges.Ended;
import io.tollgate.metering.UnbookedCharges.Kept;
import io.tollgate.metering.UnbookedCharges.Leg;
import io.tollgate.metering.UnbookedCharges.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge that could not be booked, as the admin API shows it.
 *
 * @param position number of the record in its log
 * @param records as they stand there
 */
record UnbookedRow(
    String id,
    UUID log,
    long position,
    String requestId,
    @Nullable Long tenantId,
    @Nullable Long userId,
    String why,
    String state,
    @Nullable Long adminId,
    @Nullable String action,
    @Nullable String note,
    Instant createdAt,
    @Nullable Instant resolvedAt,
    List<Entry> records) {
  static UnbookedRow of(Kept kept, Map<AccountId, AccountKey> accounts) {
    return new UnbookedRow(
        kept.place().log() + "." + kept.place().sequence(),
        kept.place().log(),
        kept.place().sequence(),
        kept.charge().toString(),
        kept.tenant().map(TenantId::value).orElse(null),
        kept.user().map(UserId::value).orElse(null),
        kept.why(),
        kept.state().name().toLowerCase(Locale.ROOT),
        kept.admin().map(AdminId::value).orElse(null),
        kept.action().orElse(null),
        kept.note().orElse(null),
        kept.notedAt(),
        kept.resolvedAt().orElse(null),
        kept.records().stream().map(each -> Entry.of(each, accounts)).toList());
  }

  /**
   * A record, read.
   *
   * @param price null where the currency of its price version can no longer be read
   */
  record Entry(
      String type,
      Instant at,
      Map<String, Long> usage,
      @Nullable Long apiKeyId,
      @Nullable String platform,
      @Nullable String model,
      @Nullable String clientRequestId,
      @Nullable String priceVersion,
      @Nullable Integer status,
      @Nullable String errorCode,
      @Nullable Long accountId,
      @Nullable String upstreamModel,
      @Nullable Integer attempts,
      @Nullable String currency,
      @Nullable BigDecimal price,
      @Nullable BigDecimal uncovered,
      List<Part> legs) {
    static Entry of(Decoded decoded, Map<AccountId, AccountKey> accounts) {
      Optional<Request> request = decoded.request();
      Optional<Ended> result = decoded.result();
      return new Entry(
          decoded.type(),
          decoded.at(),
          UsageByKind.of(decoded.usage()),
          request.map(Request::apiKey).orElse(null),
          request.map(Request::platform).orElse(null),
          request.map(Request::model).orElse(null),
          request.flatMap(Request::clientRequestId).orElse(null),
          request.map(Request::priceVersion).orElse(null),
          result.map(Ended::httpStatus).orElse(null),
          result.flatMap(Ended::errorCode).orElse(null),
          result
              .map(Ended::upstreamAccount)
              .filter(OptionalLong::isPresent)
              .map(OptionalLong::getAsLong)
              .orElse(null),
          result.map(Ended::upstreamModel).orElse(null),
          result.map(Ended::attempts).orElse(null),
          decoded.currency().map(Asset::code).orElse(null),
          money(decoded.currency(), decoded.price()),
          money(decoded.currency(), decoded.uncovered()),
          decoded.legs().stream().map(leg -> Part.of(leg, accounts)).toList());
    }

    private static @Nullable BigDecimal money(Optional<Asset> currency, OptionalLong units) {
      return currency.isEmpty() || units.isEmpty()
          ? null
          : new Amount(currency.get(), units.getAsLong()).toDecimal();
    }
  }

  /**
   * What a record says of an account.
   *
   * @param asset null, and the amount in smallest units, where there is no such account
   */
  record Part(String kind, long ledgerAccountId, @Nullable String asset, BigDecimal amount) {
    static Part of(Leg leg, Map<AccountId, AccountKey> accounts) {
      Optional<Asset> asset =
          Optional.ofNullable(accounts.get(leg.account())).map(AccountKey::asset);
      return new Part(
          leg.kind(),
          leg.account().value(),
          asset.map(Asset::code).orElse(null),
          asset
              .map(each -> new Amount(each, leg.units()).toDecimal())
              .orElseGet(() -> BigDecimal.valueOf(leg.units())));
    }
  }
}
