package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;

/** The books of this process, as the program opens them. */
public final class LedgerModule implements ProgramModule {
  public static final ModuleEntry<LedgerModule> ENTRY =
      ModuleEntry.of(LedgerModule.class, LedgerModule::open).inEveryProcess();

  private final Ledger ledger;
  private final Offers offers;

  private LedgerModule(Ledger ledger, Offers offers) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.offers = requireNonNull(offers, "offers is null");
  }

  private static LedgerModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    Ledger ledger = Ledgers.create(data.clock(), site.random());
    return new LedgerModule(
        ledger, Offers.NONE.and(RecurringJob.class, LedgerJobs.all(ledger, data.transactions())));
  }

  public Ledger ledger() {
    return ledger;
  }

  public LedgerQueries queries() {
    return Ledgers.queries();
  }

  public Statements statements() {
    return Ledgers.statements();
  }

  @Override
  public Offers offers() {
    return offers;
  }
}
