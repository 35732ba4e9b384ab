package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.User;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.site.testing.TestSite;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BalanceExplainedTest {
  private static final Asset USD = Asset.money("USD");
  private static final int USERS = 1_000;
  private static final int TOGETHER = 50;

  private static final TestSite site = TestSite.create();
  private static final TenantId tenant = site.tenant("explained", 0).id();
  private static final Ledger ledger = site.ledger();
  private static final BillingModule billing =
      BillingModule.over(
          site.transactions(),
          ledger,
          Ledgers.queries(),
          site.identity(),
          GrantLimits.defaults(),
          site.clock());

  private int number;

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void a_thousand_random_histories_add_up_to_the_last_digit_also_while_leased() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<User> users = new ArrayList<>();
    for (int from = 0; from < USERS; from += TOGETHER) {
      int first = from;
      site.run(
          tx -> {
            for (int i = first; i < first + TOGETHER; i++) {
              User user = site.identity().users().findOrCreate(tx, tenant, "u" + i);
              live(tx, user, random);
              users.add(user);
            }
          });
    }
    Instant middle = site.clock().instant();
    site.run(tx -> users.stream().limit(200).forEach(user -> live(tx, user, random)));
    int leased = 0;
    for (User user : users) {
      Optional<Instant> since = random.nextBoolean() ? Optional.empty() : Optional.of(middle);
      BalanceExplained explained =
          site.transactions()
              .snapshot(
                  tx ->
                      BalanceExplained.read(
                          tx, Ledgers.queries(), user, since, site.clock().instant()));
      assertThat(explained.addsUp()).as("seed " + seed + ": " + explained).isTrue();
      assertThat(balances(explained)).as("seed " + seed).isEqualTo(inTheBooks(user));
      leased += (int) explained.held().stream().filter(each -> each.why().equals("lease")).count();
    }
    assertThat(leased).isPositive();
  }

  private static Map<String, BigDecimal> balances(BalanceExplained explained) {
    Map<String, BigDecimal> balances = new TreeMap<>();
    explained
        .assets()
        .forEach(line -> balances.put(line.asset(), line.balance().stripTrailingZeros()));
    return balances;
  }

  private static Map<String, BigDecimal> inTheBooks(User user) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    List<Account> accounts = site.write(tx -> ledger.ofUser(tx, user.tenant(), user.id()));
    for (Account account : accounts) {
      var unused =
          sums.merge(
              account.key().asset().code(),
              new Amount(account.key().asset(), account.balance()).toDecimal(),
              BigDecimal::add);
    }
    sums.replaceAll((_, sum) -> sum.stripTrailingZeros());
    return sums;
  }

  /** Recharges, gifts, charges, refunds, debts, holds and leases, as chance wills. */
  private void live(Transaction tx, User user, Random random) {
    ledger.define(tx, USD);
    AccountId balance = open(tx, AccountKey.ofUser(tenant, user.id(), AccountKind.BALANCE, USD));
    AccountId owed = open(tx, AccountKey.ofUser(tenant, user.id(), AccountKind.OWED, USD));
    AccountId paid = open(tx, AccountKey.world(tenant, AccountKind.WORLD_PAYMENTS, USD));
    AccountId revenue = open(tx, AccountKey.ofTenant(tenant, AccountKind.REVENUE, USD));
    long in = 1_000_000_000L + random.nextLong(1_000_000_000L);
    UUID recharge = post(tx, "recharge", List.of(new Leg(paid, -in), new Leg(balance, in)));
    for (int i = random.nextInt(5); i > 0; i--) {
      long some = 1 + random.nextLong(50_000_000L);
      switch (random.nextInt(6)) {
        case 0 ->
            post(tx, "relay_charge", List.of(new Leg(balance, -some), new Leg(revenue, some)));
        case 1 -> {
          var unused =
              billing
                  .grants()
                  .give(
                      tx,
                      new GrantOrder(
                          tenant,
                          user.externalId(),
                          new Amount(USD, some),
                          Optional.empty(),
                          0,
                          "k" + ++number));
        }
        case 2 -> post(tx, "relay_charge", List.of(new Leg(owed, -some), new Leg(revenue, some)));
        case 3 ->
            ledger.hold(tx, tenant, UUID.randomUUID(), "relay", List.of(new Leg(balance, some)));
        case 4 -> lease(tx, balance, some);
        default -> post(tx, "grant", List.of(new Leg(paid, -some), new Leg(balance, some)));
      }
    }
    if (random.nextInt(20) == 0) {
      post(tx, "recharge_refund", List.of(new Leg(balance, -1), new Leg(paid, 1)));
    }
    assertThat(recharge).isNotNull();
  }

  private static void lease(Transaction tx, AccountId account, long units) {
    ledger.moveHeld(tx, List.of(new Leg(account, units)));
    int _ =
        tx.sql()
            .execute(
                "INSERT INTO metering.lease (holder, account_id, number, token, granted, settled,"
                    + " drained) VALUES (?, ?, 1, 1, ?, ?, false)",
                UUID.randomUUID(),
                account.value(),
                units + 7,
                7L);
  }

  private UUID post(Transaction tx, String kind, List<Leg> legs) {
    String key = "p" + ++number;
    return ledger
        .post(
            tx,
            new TransferRequest(
                kind,
                tenant,
                "test",
                key,
                RequestHash.of(key),
                "",
                site.clock().instant(),
                legs,
                List.of()))
        .transfer();
  }

  private static AccountId open(Transaction tx, AccountKey key) {
    return ledger.open(tx, key, AccountTerms.PLAIN);
  }
}
