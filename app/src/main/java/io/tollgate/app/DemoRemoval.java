package io.tollgate.app;

import io.tollgate.billing.Subscription;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.KnownCredentials;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.relay.accounts.SandboxAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what a demo made out of an installation, as far as books allow that only grow: its
 * credentials are ended, its users' means go back where they came from by transfers, its files are
 * deleted. Doing it again changes nothing.
 */
final class DemoRemoval {
  private static final int ROWS = 500;

  private final Path folder;
  private final Transactions transactions;
  private final IdentityModule identity;
  private final Ledger ledger;
  private final LedgerQueries queries = Ledgers.queries();
  private final Subscriptions subscriptions;
  private final DemoStrategies strategies;
  private final Clock clock;

  DemoRemoval(ModuleSite site) {
    this.folder = site.dataDirectory();
    this.transactions = site.module(DataModule.class).transactions();
    this.identity = site.module(IdentityModule.class);
    this.ledger = site.module(LedgerModule.class).ledger();
    this.subscriptions = site.module(SubscriptionsModule.class).subscriptions();
    this.strategies = new DemoStrategies(site);
    this.clock = site.module(DataModule.class).clock();
  }

  /** Does it; gives a line for each thing that was done. */
  List<String> run() {
    KnownCredentials.Ended ended = identity.knownCredentials().end(DemoData.known(), folder);
    List<String> said = new ArrayList<>(ended.said());
    int sandboxes = transactions.write(SandboxAccounts::disable);
    if (sandboxes > 0) {
      said.add("the sandbox provider serves no more");
    }
    ended.tenants().forEach(this::cancel);
    for (TenantId tenant : ended.tenants()) {
      int stopped = transactions.write(tx -> strategies.stop(tx, tenant));
      if (stopped > 0) {
        said.add(stopped + " bindings to strategies are stopped");
      }
    }
    ended.tenants().forEach(tenant -> takeBack(tenant).ifPresent(said::add));
    for (String name : List.of("demo.json", "demo-secrets.json")) {
      if (delete(folder.resolve(name))) {
        said.add(name + " is deleted");
      }
    }
    return said;
  }

  /** Lets what its users subscribe to end with the period that is paid. */
  private void cancel(TenantId tenant) {
    var filter =
        new Subscriptions.Filter(
            Optional.of(tenant), Optional.empty(), Optional.empty(), Optional.empty());
    transactions.write(
        tx -> {
          subscriptions.list(tx, filter, ListRequest.first(ROWS)).rows().stream()
              .filter(each -> each.state() == Subscription.State.ACTIVE && each.renews())
              .forEach(
                  each -> {
                    Subscription _ = subscriptions.renew(tx, each.id(), false, By.USER);
                  });
          return true;
        });
  }

  /** Moves what a tenant's users have left back to where it came from. */
  private Optional<String> takeBack(TenantId tenant) {
    int moved = 0;
    long held = 0;
    for (AccountKind kind : List.of(AccountKind.BALANCE, AccountKind.GIFT, AccountKind.GRANT)) {
      for (Account account : accounts(tenant, kind)) {
        if (account.balance() != 0) {
          long free = transactions.write(tx -> takeBack(tx, account));
          moved += free > 0 ? 1 : 0;
          held += account.held();
        }
      }
    }
    if (moved == 0 && held == 0) {
      return Optional.empty();
    }
    return Optional.of(
        moved
            + " accounts of its users are emptied by transfers"
            + (held > 0
                ? "; what leases of an earlier process hold is left in others: start and stop once,"
                    + " then do this again"
                : ""));
  }

  private long takeBack(Transaction transaction, Account seen) {
    Map<AccountId, Account> locked = ledger.lock(transaction, List.of(seen.id()));
    Account account = Optional.ofNullable(locked.get(seen.id())).orElse(seen);
    long free = Math.min(account.balance() - account.held(), account.balance());
    if (free <= 0) {
      return 0;
    }
    AccountKey key = account.key();
    AccountKind world =
        key.kind() == AccountKind.BALANCE ? AccountKind.WORLD_PAYMENTS : AccountKind.WORLD_GRANTS;
    AccountId to =
        ledger.open(
            transaction, AccountKey.world(key.tenant(), world, key.asset()), AccountTerms.PLAIN);
    String once = account.id() + ":" + account.version();
    var unused =
        ledger.post(
            transaction,
            new TransferRequest(
                "demo_removed",
                key.tenant(),
                "demo.removal",
                once,
                RequestHash.of(once, Long.toString(free)),
                "demo",
                clock.instant(),
                List.of(new Leg(account.id(), -free), new Leg(to, free)),
                List.of()));
    return free;
  }

  private List<Account> accounts(TenantId tenant, AccountKind kind) {
    AccountFilter filter =
        new AccountFilter(
            Optional.of(tenant), Optional.empty(), Optional.empty(), Optional.of(kind));
    List<Account> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListRequest request = new ListRequest(1, ROWS, cursor, false);
      ListPage<Account> page = transactions.read(tx -> queries.accounts(tx, filter, request));
      all.addAll(page.rows());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private static boolean delete(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StartException(file + " cannot be removed: " + e);
    }
  }
}
