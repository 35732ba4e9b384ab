package io.tollgate.rewards;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.InvitationTree;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.rewards.ProfitShare.BindingMinimums;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.StoredMemberFigures;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.rewards.internal.WaitingFigures;
import io.tollgate.rewards.internal.audit.RewardChecks;
import io.tollgate.rewards.internal.callers.RewardRoutes;
import io.tollgate.rewards.internal.cards.CardAccounts;
import io.tollgate.rewards.internal.cards.PointLogTable;
import io.tollgate.rewards.internal.cards.StoredPointCards;
import io.tollgate.rewards.internal.crash.RewardSteps;
import io.tollgate.rewards.internal.members.StoredMembers;
import io.tollgate.rewards.internal.pools.OpenPools;
import io.tollgate.rewards.internal.pools.RewardAccounts;
import io.tollgate.rewards.internal.pools.StoredPools;
import io.tollgate.rewards.internal.pools.StoredRewards;
import io.tollgate.rewards.internal.profit.StoredProfitShare;
import io.tollgate.rewards.internal.terms.StoredTerms;
import io.tollgate.rewards.internal.withdrawals.StoredWithdrawals;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.Routes;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Point cards, profit share, teams, rewards and withdrawals, as the program opens them. */
public final class RewardsModule implements ProgramModule {
  private static final HttpInterface BACKEND = HttpInterface.internal("billing");

  private final RewardTermsBook terms;
  private final PointCards cards;
  private final ProfitShare profits;
  private final StoredPools pools;
  private final Rewards rewards;
  private final Members members;
  private final Withdrawals withdrawals;
  private final Routes routes;
  private final WaitingFigures figures;

  private RewardsModule(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries queries,
      IdentityModule identity,
      Predicate<AccountNature> counts,
      BindingMinimums minimums,
      MeterRegistry registry,
      RewardSteps steps,
      InstantSource clock,
      RandomGenerator random) {
    UsersOfTenants users = new UsersOfTenants(identity.tenants(), identity.users());
    InvitationTree tree = identity.invitationTree();
    RewardMeters meters = new RewardMeters(registry);
    StoredMembers stored = new StoredMembers(users, identity.userProfiles(), tree, counts, clock);
    CardAccounts accounts = new CardAccounts(ledger);
    this.members = stored;
    this.terms = new StoredTerms(users, stored::levelsChanged, clock);
    this.pools =
        new StoredPools(
            transactions,
            ledger,
            (transaction, tenant) -> identity.users().root(transaction, tenant).id(),
            meters,
            steps,
            clock);
    OpenPools open = new OpenPools(tree, pools::now, clock);
    this.cards =
        new StoredPointCards(
            ledger, queries, users, tree, accounts, open, meters, steps, clock, random);
    this.profits =
        new StoredProfitShare(
            ledger, users, accounts, open, minimums, counts, meters, steps, clock);
    this.rewards = new StoredRewards(new RewardAccounts(ledger));
    this.withdrawals = new StoredWithdrawals(ledger, users, meters, steps, clock, random);
    this.routes =
        new RewardRoutes(
            transactions, identity.serviceTokens(), identity.users(), profits, members);
    this.figures = new WaitingFigures(transactions, pools, withdrawals, meters);
  }

  /**
   * The module's entry.
   *
   * @param production whether accounts at test sites count for nothing, as paper accounts do
   * @param minimums who knows what users' bindings want on the card
   */
  public static ModuleEntry<RewardsModule> entry(
      Predicate<ModuleSite> production, Function<ModuleSite, BindingMinimums> minimums) {
    return ModuleEntry.of(
            RewardsModule.class, site -> open(site, production.test(site), minimums.apply(site)))
        .inEveryProcess()
        .stating(HttpInterface.class, List.of(BACKEND))
        .stating(AuditCheck.class, auditChecks());
  }

  private static RewardsModule open(ModuleSite site, boolean production, BindingMinimums minimums) {
    DataModule data = site.module(DataModule.class);
    LedgerModule ledger = site.module(LedgerModule.class);
    return new RewardsModule(
        data.transactions(),
        ledger.ledger(),
        ledger.queries(),
        site.module(IdentityModule.class),
        nature -> counts(nature, production),
        minimums,
        site.facility(MeterRegistry.class),
        RewardSteps.of(System.getenv(), Runtime.getRuntime()::halt),
        data.clock(),
        site.random());
  }

  /**
   * The same without a program around it; accounts at test sites count.
   *
   * @param clock the database's time
   * @param random unpredictable, and safe for use by many threads
   */
  public static RewardsModule over(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries queries,
      IdentityModule identity,
      BindingMinimums minimums,
      MeterRegistry registry,
      InstantSource clock,
      RandomGenerator random) {
    return dying(
        transactions,
        ledger,
        queries,
        identity,
        minimums,
        registry,
        RewardSteps.NONE,
        clock,
        random);
  }

  /** The same, which dies at a step. */
  static RewardsModule dying(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries queries,
      IdentityModule identity,
      BindingMinimums minimums,
      MeterRegistry registry,
      RewardSteps steps,
      InstantSource clock,
      RandomGenerator random) {
    return new RewardsModule(
        transactions,
        ledger,
        queries,
        identity,
        nature -> counts(nature, false),
        minimums,
        registry,
        steps,
        clock,
        random);
  }

  private static boolean counts(AccountNature nature, boolean production) {
    return switch (nature) {
      case REAL -> true;
      case SANDBOX -> !production;
      case PAPER -> false;
    };
  }

  /** What the audit of the books is to look at besides. */
  public static List<AuditCheck> auditChecks() {
    return RewardChecks.all();
  }

  /** What tenants have set. */
  public RewardTermsBook terms() {
    return terms;
  }

  public PointCards cards() {
    return cards;
  }

  public PointLogs pointLogs() {
    return new PointLogTable();
  }

  public ProfitShare profits() {
    return profits;
  }

  public ProfitPools pools() {
    return pools;
  }

  public Rewards rewards() {
    return rewards;
  }

  public Members members() {
    return members;
  }

  /** How cards and rewards lie over users. */
  public MemberFigures figures() {
    return new StoredMemberFigures();
  }

  public Withdrawals withdrawals() {
    return withdrawals;
  }

  /** {@code POST /internal/v1/rewards/…}. */
  public Routes routes() {
    return routes;
  }

  /** Distributes pools that wait, and counts what does. */
  public List<RecurringJob> jobs() {
    return List.of(pools.job(), figures.job());
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BACKEND, routes))
        .and(RecurringJob.class, jobs());
  }
}
