package io.tollgate.edge.admin;

import io.tollgate.billing.ServicesModule;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.identity.User;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.UserStatement;
import io.tollgate.ledger.UserStatement.HeldForHolds;
import io.tollgate.ledger.UserStatement.Movement;
import io.tollgate.ledger.UserStatement.OfAccount;
import io.tollgate.metering.LeasedUnits;
import io.tollgate.metering.Metering;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How what a user has came to be, and what of it is held and why. Amounts in whole units of the
 * asset.
 *
 * @param since from when on movements are told; null: from the beginning
 * @param addsUp whether every line comes to what it should, to the last digit
 * @param assets all accounts of an asset together, debts taken off
 * @param held each reason for which something is held
 */
record BalanceExplained(
    long tenantId,
    long userId,
    Instant at,
    @Nullable Instant since,
    boolean addsUp,
    List<Line> assets,
    List<AccountLine> accounts,
    List<HeldLine> held) {
  /**
   * How an amount came to be.
   *
   * @param closing opening and movements together
   * @param balance as the books have it
   * @param heldExplained what of {@code held} has a reason here
   */
  record Line(
      String asset,
      BigDecimal opening,
      List<MovementLine> movements,
      BigDecimal closing,
      BigDecimal balance,
      BigDecimal held,
      BigDecimal heldExplained,
      BigDecimal available,
      boolean addsUp) {}

  /** Entries of transfers of one kind. */
  record MovementLine(String kind, long entries, BigDecimal amount) {}

  /** One of the accounts. */
  record AccountLine(
      long accountId, String kind, String period, @Nullable Instant expiresAt, Line line) {}

  /**
   * Why something is held.
   *
   * @param why {@code lease}: gateways have it for requests to come; {@code service}: calls of
   *     services that are under way; {@code hold}: what {@code purpose} says
   * @param count how many leases or holds; null where that is not counted
   * @param oldest the oldest hold; null of others
   */
  record HeldLine(
      long accountId,
      String asset,
      String why,
      @Nullable String purpose,
      @Nullable Long count,
      BigDecimal amount,
      @Nullable UUID oldest,
      @Nullable Instant since) {}

  /** Reads it in a snapshot. */
  static BalanceExplained read(
      Transaction snapshot, LedgerQueries ledger, User user, Optional<Instant> since, Instant now) {
    UserStatement statement = ledger.statement(snapshot, user.tenant(), user.id(), since);
    Map<AccountId, Account> accounts =
        statement.accounts().stream()
            .map(OfAccount::account)
            .collect(Collectors.toMap(Account::id, Function.identity()));
    List<HeldLine> held = held(snapshot, statement, accounts);
    List<AccountLine> lines =
        statement.accounts().stream().map(each -> accountLine(each, held)).toList();
    List<Line> assets = assets(lines);
    boolean addsUp =
        lines.stream().allMatch(each -> each.line().addsUp())
            && assets.stream().allMatch(Line::addsUp);
    return new BalanceExplained(
        user.tenant().value(),
        user.id().value(),
        now,
        since.orElse(null),
        addsUp,
        assets,
        lines,
        held);
  }

  private static List<HeldLine> held(
      Transaction snapshot, UserStatement statement, Map<AccountId, Account> accounts) {
    List<HeldLine> held = new ArrayList<>();
    for (HeldForHolds each : statement.holds()) {
      Asset asset = asset(accounts, each.account());
      held.add(
          new HeldLine(
              each.account().value(),
              asset.code(),
              "hold",
              each.purpose(),
              each.holds(),
              new Amount(asset, each.units()).toDecimal(),
              each.oldest(),
              each.since()));
    }
    Map<AccountId, LeasedUnits> leased = Metering.leased(snapshot, accounts.keySet());
    leased.forEach(
        (account, units) -> {
          Asset asset = asset(accounts, account);
          held.add(
              new HeldLine(
                  account.value(),
                  asset.code(),
                  "lease",
                  null,
                  units.leases(),
                  new Amount(asset, units.units()).toDecimal(),
                  null,
                  null));
        });
    ServicesModule.reserved(snapshot, accounts.keySet())
        .forEach(
            (account, units) -> {
              Asset asset = asset(accounts, account);
              held.add(
                  new HeldLine(
                      account.value(),
                      asset.code(),
                      "service",
                      null,
                      null,
                      new Amount(asset, units).toDecimal(),
                      null,
                      null));
            });
    return held;
  }

  private static Asset asset(Map<AccountId, Account> accounts, AccountId id) {
    return Optional.ofNullable(accounts.get(id)).orElseThrow().key().asset();
  }

  private static AccountLine accountLine(OfAccount each, List<HeldLine> held) {
    Account account = each.account();
    Asset asset = account.key().asset();
    List<MovementLine> movements =
        each.movements().stream().map(movement -> movementLine(asset, movement)).toList();
    BigDecimal explained =
        held.stream()
            .filter(line -> line.accountId() == account.id().value())
            .map(HeldLine::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal isHeld = new Amount(asset, account.held()).toDecimal();
    return new AccountLine(
        account.id().value(),
        account.key().kind().code(),
        account.key().period(),
        account.expiresAt().orElse(null),
        new Line(
            asset.code(),
            new Amount(asset, each.opening()).toDecimal(),
            movements,
            new Amount(asset, each.closing()).toDecimal(),
            new Amount(asset, account.balance()).toDecimal(),
            isHeld,
            explained,
            new Amount(asset, account.available()).toDecimal(),
            each.closing() == account.balance() && explained.compareTo(isHeld) == 0));
  }

  private static MovementLine movementLine(Asset asset, Movement movement) {
    return new MovementLine(
        movement.kind(), movement.entries(), new Amount(asset, movement.units()).toDecimal());
  }

  /** All accounts of an asset together: what is owed is below zero. */
  private static List<Line> assets(List<AccountLine> accounts) {
    Map<String, List<Line>> byAsset =
        accounts.stream()
            .map(AccountLine::line)
            .collect(Collectors.groupingBy(Line::asset, LinkedHashMap::new, Collectors.toList()));
    return byAsset.entrySet().stream()
        .map(each -> together(each.getKey(), each.getValue()))
        .toList();
  }

  private static Line together(String asset, List<Line> lines) {
    Map<String, MovementLine> movements = new LinkedHashMap<>();
    lines.stream()
        .flatMap(line -> line.movements().stream())
        .forEach(
            movement -> {
              var unused =
                  movements.merge(
                      movement.kind(),
                      movement,
                      (a, b) ->
                          new MovementLine(
                              a.kind(), a.entries() + b.entries(), a.amount().add(b.amount())));
            });
    BigDecimal opening = sum(lines, Line::opening);
    BigDecimal closing =
        movements.values().stream().map(MovementLine::amount).reduce(opening, BigDecimal::add);
    BigDecimal balance = sum(lines, Line::balance);
    BigDecimal held = sum(lines, Line::held);
    BigDecimal explained = sum(lines, Line::heldExplained);
    return new Line(
        asset,
        opening,
        List.copyOf(movements.values()),
        closing,
        balance,
        held,
        explained,
        sum(lines, Line::available),
        closing.compareTo(balance) == 0 && explained.compareTo(held) == 0);
  }

  private static BigDecimal sum(List<Line> lines, Function<Line, BigDecimal> of) {
    return lines.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
