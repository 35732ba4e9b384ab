package io.tollgate.ledger;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Random batches of charges, now and then one again, and random changes of what is held. */
final class RandomCharges {
  final List<AccountId> dollars = new ArrayList<>();
  final List<AccountId> tokens = new ArrayList<>();
  final List<AccountId> revenueOfDollars = new ArrayList<>();
  final List<AccountId> revenueOfTokens = new ArrayList<>();

  private final ModelBooks model;
  private final List<ChargeBatch> asked = new ArrayList<>();

  RandomCharges(ModelBooks model) {
    this.model = model;
  }

  ChargeBatch next(Random random) {
    if (!asked.isEmpty() && random.nextInt(5) == 0) {
      ChargeBatch again = asked.get(random.nextInt(asked.size()));
      if (makesSense(again)) {
        return again;
      }
    }
    List<ChargeLeg> debits = new ArrayList<>();
    List<Leg> credits = new ArrayList<>();
    add(random, dollars, revenueOfDollars, debits, credits);
    if (random.nextBoolean()) {
      add(random, tokens, revenueOfTokens, debits, credits);
    }
    List<Leg> releases = new ArrayList<>();
    model.leased.forEach(
        (account, units) -> {
          if (units > 0 && random.nextBoolean()) {
            releases.add(new Leg(new AccountId(account), random.nextLong(1, units + 1)));
          }
        });
    String key =
        !asked.isEmpty() && random.nextInt(8) == 0
            ? asked.get(random.nextInt(asked.size())).idempotencyKey()
            : "c" + asked.size() + "-" + random.nextInt();
    ChargeBatch batch = TestBooks.batch(key, debits, credits, releases);
    asked.add(batch);
    return batch;
  }

  /** One that was refused before may release more than is held by now. */
  private boolean makesSense(ChargeBatch batch) {
    return model.hashes.containsKey(ModelBooks.chargeKey(batch))
        || batch.releases().stream()
            .allMatch(leg -> leg.units() <= model.leased.getOrDefault(leg.account().value(), 0L));
  }

  /** Up to ten charges, often several on one account; credited in one piece or in two. */
  private static void add(
      Random random,
      List<AccountId> accounts,
      List<AccountId> revenue,
      List<ChargeLeg> debits,
      List<Leg> credits) {
    long sum = 0;
    for (int i = random.nextInt(10); i >= 0; i--) {
      AccountId account = accounts.get(random.nextInt(accounts.size()));
      long units = random.nextLong(1, random.nextInt(4) == 0 ? 60 : 5);
      debits.add(TestBooks.charge(account, units));
      sum += units;
    }
    if (sum > 1 && random.nextBoolean()) {
      credits.add(new Leg(revenue.getFirst(), 1));
      sum--;
    }
    credits.add(new Leg(revenue.getFirst(), sum));
  }

  /** Never below nothing in sum. */
  List<Leg> nextHeld(Random random) {
    List<Leg> changes = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<AccountId> accounts = random.nextBoolean() ? dollars : tokens;
      changes.add(new Leg(accounts.get(random.nextInt(accounts.size())), random.nextLong(1, 60)));
    }
    model.leased.forEach(
        (account, units) -> {
          if (units > 0 && random.nextInt(3) == 0) {
            changes.add(new Leg(new AccountId(account), -random.nextLong(1, units + 1)));
          }
        });
    return changes;
  }

  /** What is held outside holds, as a query for the audit. */
  String reservations() {
    return model.leased.entrySet().stream()
        .map(leased -> "(" + leased.getKey() + "::bigint, " + leased.getValue() + "::bigint)")
        .collect(
            Collectors.joining(
                ", ", "SELECT * FROM (VALUES (0::bigint, 0::bigint), ", ") v (account_id, amount)"))
        .replace("(0::bigint, 0::bigint), )", "(0::bigint, 0::bigint))");
  }
}
