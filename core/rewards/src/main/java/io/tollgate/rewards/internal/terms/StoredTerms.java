package io.tollgate.rewards.internal.terms;

import static io.tollgate.schema.rewards.Tables.TERMS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.RewardTerms.LevelTerms;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.RewardTermsBook;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.schema.rewards.tables.records.TermsRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of what tenants have set. */
public final class StoredTerms implements RewardTermsBook {
  private final UsersOfTenants users;
  private final LevelsChanged levelsChanged;
  private final InstantSource clock;

  /**
   * @param levelsChanged hears in the transaction that a tenant has another table of levels
   */
  public StoredTerms(UsersOfTenants users, LevelsChanged levelsChanged, InstantSource clock) {
    this.users = requireNonNull(users, "users is null");
    this.levelsChanged = requireNonNull(levelsChanged, "levelsChanged is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Hears of tables of levels. */
  @FunctionalInterface
  public interface LevelsChanged {
    /** The tenant has another one. */
    void of(Transaction transaction, TenantId tenant, RewardTerms terms);
  }

  /**
   * What is set, with how often the high-water mark was switched on.
   *
   * @param markSwitch marks of other numbers do not count
   */
  public record Kept(RewardTerms terms, int markSwitch) {}

  @Override
  public RewardTerms of(Transaction transaction, TenantId tenant) {
    return read(transaction, tenant).terms();
  }

  /** What is set; the same as installed where nothing is. */
  public static Kept read(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(TERMS)
        .where(TERMS.TENANT_ID.eq(tenant.value()))
        .fetchOptional(StoredTerms::kept)
        .orElseGet(() -> new Kept(RewardTerms.DEFAULT, 0));
  }

  @Override
  public RewardTerms set(Transaction transaction, TenantId tenant, RewardTerms terms) {
    var _ = users.require(transaction, tenant);
    // of two at once the second reads what the first has set
    var _ =
        transaction
            .sql()
            .fetch(
                "SELECT pg_advisory_xact_lock(hashtext('rewards.terms'), hashint8(?))",
                tenant.value());
    Kept before = read(transaction, tenant);
    boolean switchedOn = terms.highWaterMark() && !before.terms().highWaterMark();
    TermsRecord row =
        record(tenant, terms, switchedOn ? before.markSwitch() + 1 : before.markSwitch());
    var _ =
        transaction
            .sql()
            .insertInto(TERMS)
            .set(row)
            .onConflict(TERMS.TENANT_ID)
            .doUpdate()
            .set(row)
            .execute();
    if (!terms.levels().equals(before.terms().levels())) {
      levelsChanged.of(transaction, tenant, terms);
    }
    return terms;
  }

  private TermsRecord record(TenantId tenant, RewardTerms terms, int markSwitch) {
    WithdrawalTerms withdrawals = terms.withdrawals();
    TermsRecord row = new TermsRecord();
    row.setTenantId(tenant.value());
    row.setProfitRate(terms.profitRate());
    row.setHighWaterMark(terms.highWaterMark());
    row.setHighWaterSwitch(markSwitch);
    row.setTransferWholeTenant(terms.transferWholeTenant());
    row.setLevelPerformances(
        terms.levels().stream().map(level -> level.minPerformance().units()).toArray(Long[]::new));
    row.setLevelRates(terms.levels().stream().map(LevelTerms::rate).toArray(BigDecimal[]::new));
    row.setWithdrawalMinimum(withdrawals.minimum().units());
    row.setWithdrawalFeeRate(withdrawals.feeRate());
    row.setWithdrawalNetworks(withdrawals.networks().toArray(String[]::new));
    row.setAddressCoolDownSeconds(withdrawals.addressCoolDown().toSeconds());
    row.setWithdrawalDailyLimit(withdrawals.dailyLimit().map(Amount::units).orElse(null));
    row.setSecondAdminFrom(withdrawals.secondAdminFrom().map(Amount::units).orElse(null));
    row.setUpdatedAt(clock.instant());
    return row;
  }

  private static Kept kept(TermsRecord row) {
    List<LevelTerms> levels = new ArrayList<>();
    for (int i = 0; i < row.getLevelRates().length; i++) {
      levels.add(new LevelTerms(points(row.getLevelPerformances()[i]), row.getLevelRates()[i]));
    }
    return new Kept(
        new RewardTerms(
            row.getProfitRate(),
            row.getHighWaterMark(),
            row.getTransferWholeTenant(),
            levels,
            new WithdrawalTerms(
                points(row.getWithdrawalMinimum()),
                row.getWithdrawalFeeRate(),
                List.of(row.getWithdrawalNetworks()),
                Duration.ofSeconds(row.getAddressCoolDownSeconds()),
                Optional.ofNullable(row.getWithdrawalDailyLimit()).map(StoredTerms::points),
                Optional.ofNullable(row.getSecondAdminFrom()).map(StoredTerms::points))),
        row.getHighWaterSwitch());
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
