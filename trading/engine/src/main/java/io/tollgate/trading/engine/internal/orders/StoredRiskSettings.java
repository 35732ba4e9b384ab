package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.RISK_SETTING;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.schema.trading.tables.records.RiskSettingRecord;
import io.tollgate.trading.engine.RiskSettings;
import io.tollgate.trading.engine.risk.RiskCheck;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.risk.RiskRules;
import io.tollgate.trading.engine.risk.RiskVerdict;
import io.tollgate.trading.engine.risk.RuleSetting;
import io.tollgate.trading.exchange.Symbol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.JSONB;

/** Rules of risk in PostgreSQL. */
public final class StoredRiskSettings implements RiskSettings {
  private final InstantSource clock;

  public StoredRiskSettings(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Where the rules of somebody are. */
  private record Place(String scope, long id) {
    static final Place PLATFORM = new Place("platform", 0);

    static Place of(Owner owner) {
      return switch (owner) {
        case Owner.Platform() -> PLATFORM;
        case Owner.OfTenant(TenantId tenant) -> tenant(tenant);
        case Owner.OfAccount(long account) -> account(account);
      };
    }

    static Place tenant(TenantId tenant) {
      return new Place("tenant", tenant.value());
    }

    static Place account(long account) {
      return new Place("account", account);
    }

    Condition here() {
      return RISK_SETTING.SCOPE.eq(scope).and(RISK_SETTING.SCOPE_ID.eq(id));
    }

    RiskRules usual() {
      return id == 0 ? RiskRules.USUAL : RiskRules.NONE;
    }
  }

  @Override
  public RiskRules of(Transaction transaction, Owner owner) {
    if (owner instanceof Owner.OfAccount(long account)) {
      requireThere(transaction, account);
    }
    return read(transaction, List.of(Place.of(owner))).getFirst();
  }

  @Override
  public RiskRules change(
      Transaction transaction, Owner owner, Map<String, RuleSetting.Change> changes) {
    if (owner instanceof Owner.OfAccount(long account)) {
      requireThere(transaction, account);
    }
    Place place = Place.of(owner);
    // two changes of one owner wait for one another
    var _ =
        transaction
            .sql()
            .fetch(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                "risk:" + place.scope + ":" + place.id);
    RiskRules changed = read(transaction, List.of(place)).getFirst().merged(changes);
    for (RuleSetting setting : changed.settings()) {
      if (changes.containsKey(setting.rule().code())) {
        write(transaction, place, setting);
      }
    }
    return changed;
  }

  private void write(Transaction transaction, Place place, RuleSetting setting) {
    Instant now = clock.instant();
    JSONB parameters = JSONB.valueOf(RiskValueText.write(setting.parameters()));
    int _ =
        transaction
            .sql()
            .insertInto(RISK_SETTING)
            .set(RISK_SETTING.SCOPE, place.scope)
            .set(RISK_SETTING.SCOPE_ID, place.id)
            .set(RISK_SETTING.RULE, setting.rule().code())
            .set(RISK_SETTING.ENABLED, setting.enabled())
            .set(RISK_SETTING.PARAMETERS, parameters)
            .set(RISK_SETTING.UPDATED_AT, now)
            .onConflict(RISK_SETTING.SCOPE, RISK_SETTING.SCOPE_ID, RISK_SETTING.RULE)
            .doUpdate()
            .set(RISK_SETTING.ENABLED, setting.enabled())
            .set(RISK_SETTING.PARAMETERS, parameters)
            .set(RISK_SETTING.UPDATED_AT, now)
            .execute();
  }

  @Override
  public RiskVerdict judge(
      Transaction transaction, OptionalLong account, RiskOrder order, RiskFacts given) {
    if (account.isEmpty()) {
      RiskRules platform = read(transaction, List.of(Place.PLATFORM)).getFirst();
      return new RiskCheck(platform, RiskRules.NONE, RiskRules.NONE).judge(order, given);
    }
    requireThere(transaction, account.getAsLong());
    BookedAccount booked = BookedAccount.shown(transaction, account.getAsLong());
    RiskFacts known =
        new StoredStanding(transaction, booked, given.now())
            .read()
            .facts(RiskFacts.at(given.now()), Symbol.of(order.symbol()));
    return check(transaction, booked).judge(order, known.replacedBy(given));
  }

  /** The rules by which an account's orders are judged. */
  static RiskCheck check(Transaction transaction, BookedAccount account) {
    List<RiskRules> rules =
        read(
            transaction,
            List.of(Place.PLATFORM, Place.tenant(account.tenant()), Place.account(account.id())));
    return new RiskCheck(rules.get(0), rules.get(1), rules.get(2));
  }

  /** Rules of several owners by one query, in the order of these. */
  private static List<RiskRules> read(Transaction transaction, List<Place> places) {
    Condition anywhere = places.stream().map(Place::here).reduce(Condition::or).orElseThrow();
    Map<Place, Map<String, RuleSetting.Change>> set = new LinkedHashMap<>();
    for (RiskSettingRecord row :
        transaction.sql().selectFrom(RISK_SETTING).where(anywhere).fetch()) {
      set.computeIfAbsent(new Place(row.getScope(), row.getScopeId()), _ -> new LinkedHashMap<>())
          .put(
              row.getRule(),
              new RuleSetting.Change(
                  Optional.of(row.getEnabled()), RiskValueText.read(row.getParameters().data())));
    }
    List<RiskRules> rules = new ArrayList<>(places.size());
    for (Place place : places) {
      rules.add(place.usual().merged(set.getOrDefault(place, Map.of())));
    }
    return rules;
  }

  private static void requireThere(Transaction transaction, long account) {
    boolean there =
        transaction
            .sql()
            .fetchExists(
                EXCHANGE_ACCOUNT,
                EXCHANGE_ACCOUNT.ID.eq(account).and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull()));
    if (!there) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no exchange account " + account);
    }
  }
}
