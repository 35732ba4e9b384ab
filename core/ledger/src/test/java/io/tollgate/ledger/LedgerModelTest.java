package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random histories: a naive model predicts every answer and every balance. */
@Tag("slow")
final class LedgerModelTest {
  private static final int STEPS = 400;

  private final ModelBooks model = new ModelBooks();
  private final List<AccountId> dollars = new ArrayList<>();
  private final List<AccountId> tokens = new ArrayList<>();
  private final List<UUID> holds = new ArrayList<>();
  private final List<TransferRequest> asked = new ArrayList<>();
  private final RandomCharges charges = new RandomCharges(model);

  @Test
  void every_answer_is_the_one_a_naive_ledger_gives() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    try (TestBooks books = TestBooks.shared()) {
      openAccounts(books);
      for (int step = 0; step < STEPS; step++) {
        String at = "seed " + seed + " step " + step;
        try {
          step(books, random, at);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(at + " (repeat with -Dtest.seed=" + seed + ")", e);
        }
        if (step % 100 == 99) {
          compare(books, at);
        }
      }
      compare(books, "seed " + seed + " at the end");
    }
  }

  private void openAccounts(TestBooks books) {
    OptionalLong zero = OptionalLong.of(0);
    for (long user = 1; user <= 3; user++) {
      AccountId balance = books.balance(user);
      AccountId gift = books.grant(user, USD, "g", START.plus(Duration.ofDays(1)), 0);
      AccountId quota = books.grant(user, TOKEN, "m", START.plus(Duration.ofDays(1)), 0);
      add(dollars, balance, zero);
      add(dollars, gift, zero);
      add(tokens, quota, zero);
      AccountId owed =
          books.open(AccountKey.ofUser(TENANT, new UserId(user), AccountKind.OWED, USD));
      add(dollars, owed, OptionalLong.empty());
      model.owed.put(balance.value(), owed.value());
      model.owed.put(gift.value(), owed.value());
      charges.dollars.addAll(List.of(balance, gift, owed));
      charges.tokens.add(quota);
    }
    charges.revenueOfDollars.add(books.revenue(USD));
    charges.revenueOfTokens.add(books.revenue(TOKEN));
    for (Asset asset : List.of(USD, TOKEN)) {
      List<AccountId> accounts = asset.equals(USD) ? dollars : tokens;
      add(accounts, books.revenue(asset), zero);
      add(accounts, books.world(AccountKind.WORLD_GRANTS, asset), OptionalLong.empty());
    }
  }

  private void add(List<AccountId> accounts, AccountId account, OptionalLong floor) {
    accounts.add(account);
    model.balances.put(account.value(), 0L);
    model.floors.put(account.value(), floor);
  }

  private void step(TestBooks books, Random random, String at) {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> post(books, newRequest(random), at);
      case 4 -> {
        if (!asked.isEmpty()) {
          post(books, asked.get(random.nextInt(asked.size())), at);
        }
      }
      case 5 -> {
        if (!asked.isEmpty()) {
          post(books, otherRequest(random, asked.get(random.nextInt(asked.size()))), at);
        }
      }
      case 6, 7 -> {
        UUID id = pickHold(random);
        List<Leg> legs = holdLegs(random);
        check(books, at, model.hold(id, legs), t -> books.ledger.hold(t, TENANT, id, "m", legs));
      }
      case 8 -> {
        UUID id = pickHold(random);
        List<Leg> legs = holdLegs(random);
        check(books, at, model.extend(id, legs), t -> books.ledger.extendHold(t, TENANT, id, legs));
      }
      case 10, 11, 12 -> {
        ChargeBatch batch = charges.next(random);
        boolean repeated = model.hashes.containsKey(ModelBooks.chargeKey(batch));
        check(
            books,
            at,
            model.charge(batch),
            t -> assertThat(books.ledger.charge(t, batch).repeated()).as(at).isEqualTo(repeated));
      }
      case 13, 14, 15 -> {
        List<Leg> changes = charges.nextHeld(random);
        check(books, at, model.moveHeld(changes), t -> books.ledger.moveHeld(t, changes));
      }
      default -> {
        UUID id = pickHold(random);
        model.release(id);
        check(books, at, Optional.empty(), t -> books.ledger.release(t, TENANT, id));
      }
    }
  }

  private void post(TestBooks books, TransferRequest request, String at) {
    boolean repeated = model.hashes.containsKey(request.idempotencyKey());
    check(
        books,
        at,
        model.post(request),
        t -> {
          Posting posting = books.ledger.post(t, request);
          assertThat(posting.repeated()).as(at).isEqualTo(repeated);
        });
    asked.add(request);
  }

  private static void check(
      TestBooks books, String at, Optional<ErrorCode> expected, Consumer<Transaction> call) {
    books.write(
        t -> {
          Optional<ErrorCode> answered;
          try {
            call.accept(t);
            answered = Optional.empty();
          } catch (Refusal refusal) {
            answered = Optional.of(refusal.code());
          }
          assertThat(answered).as(at).isEqualTo(expected);
        });
  }

  private void compare(TestBooks books, String at) {
    for (Account account :
        books.transactions.read(
            t -> Ledgers.queries().accounts(t, AccountFilter.ALL, ListRequest.first(500)).rows())) {
      long id = account.id().value();
      assertThat(account.balance()).as(at + " account " + id).isEqualTo(model.balances.get(id));
      assertThat(account.held()).as(at + " account " + id).isEqualTo(model.held(id));
    }
    Audit audit = Ledgers.audit(List.of(), List.of(charges.reservations()));
    AuditReport report = books.transactions.snapshot(t -> audit.run(t, AuditScope.WHOLE));
    assertThat(report.findings()).as(at).isEmpty();
  }

  private TransferRequest newRequest(Random random) {
    List<Leg> legs = new ArrayList<>();
    addLegs(random, random.nextInt(3) == 0 ? tokens : dollars, legs);
    if (random.nextInt(4) == 0) {
      addLegs(random, tokens, legs);
    }
    List<UUID> releases = random.nextInt(3) == 0 ? List.of(pickHold(random)) : List.of();
    return TestBooks.request("k" + asked.size() + "-" + random.nextInt(), legs, releases);
  }

  /** Under the key of an old request. */
  private TransferRequest otherRequest(Random random, TransferRequest old) {
    List<Leg> legs = new ArrayList<>();
    addLegs(random, dollars, legs);
    return TestBooks.request(old.idempotencyKey(), legs, List.of());
  }

  /** Two to five legs that sum to zero, often with one account several times. */
  private static void addLegs(Random random, List<AccountId> accounts, List<Leg> legs) {
    long sum = 0;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      long units = random.nextLong(1, 100) * (random.nextInt(3) == 0 ? -1 : 1);
      legs.add(new Leg(accounts.get(random.nextInt(accounts.size())), units));
      sum += units;
    }
    if (sum != 0) {
      AccountId world = accounts.getLast();
      AccountId other = accounts.get(random.nextInt(accounts.size()));
      legs.add(
          random.nextInt(3) == 0 ? 0 : legs.size(),
          new Leg(random.nextBoolean() ? world : other, -sum));
    }
  }

  private UUID pickHold(Random random) {
    if (holds.isEmpty() || random.nextInt(3) == 0) {
      holds.add(new UUID(random.nextLong(), random.nextLong()));
    }
    return holds.get(Math.max(0, holds.size() - 1 - random.nextInt(6)));
  }

  private List<Leg> holdLegs(Random random) {
    List<Leg> legs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<AccountId> accounts = random.nextBoolean() ? dollars : tokens;
      legs.add(new Leg(accounts.get(random.nextInt(accounts.size())), random.nextLong(1, 60)));
    }
    return legs;
  }
}
