package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class GrantBoundsTest {
  private static final AdminId ROOT = new AdminId(1);

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN, 1000000000000, 1000000000001",
    "CALL:passport, 1000000000000, 9223372036854775807",
    "USD, 1000000, 1000000.000000001"
  })
  void one_grant_gives_no_more_than_its_bound(String asset, String most, String more) {
    assertThat(give("u1", amount(asset, most), "k1").amount()).isEqualTo(amount(asset, most));
    refused(ErrorCode.INVALID_REQUEST, () -> give("u1", amount(asset, more), "k2"));
  }

  @Test
  void a_user_has_no_more_than_their_bound_with_a_grant() {
    house.limits = new GrantLimits(1_000, 100, 2_500, 250);
    BillingModule bounded = house.fresh();
    for (String asset : List.of("TOKEN", "USD")) {
      String part = asset.equals("USD") ? "100" : "1000";
      give(bounded, "u1", amount(asset, part), asset + 1);
      give(bounded, "u1", amount(asset, part), asset + 2);
      refused(ErrorCode.CONFLICT, () -> give(bounded, "u1", amount(asset, part), asset + 3));
      // another user is not concerned, and what fits is given
      give(bounded, "u2", amount(asset, part), asset + 4);
      give(bounded, "u1", amount(asset, asset.equals("USD") ? "50" : "500"), asset + 5);
    }
    // the month's quota is due, and comes on top
    UserId user = house.user("u1").id();
    house.run(
        tx -> bounded.freeQuotas().ensure(tx, house.tenant.id(), user, house.clock.instant()));
    assertThat(house.standing(user).quotaRemaining()).isEqualTo(2_500 + 1_000);
    assertThat(house.standing(user).allowed()).isTrue();
  }

  @Test
  void the_highest_bounds_that_can_be_set_leave_room_for_what_comes_by_itself() {
    long highest = Long.MAX_VALUE / 4;
    house.limits =
        new GrantLimits(highest, highest / 1_000_000_000, highest, highest / 1_000_000_000);
    BillingModule bounded = house.fresh();
    give(bounded, "u1", new Amount(Asset.TOKEN, highest), "k1");
    refused(ErrorCode.CONFLICT, () -> give(bounded, "u1", new Amount(Asset.TOKEN, 1), "k2"));
    give(bounded, "u2", new Amount(Asset.TOKEN, highest), "k3");
    // the tenant's books have half of their room left
    refused(ErrorCode.CONFLICT, () -> give(bounded, "u3", new Amount(Asset.TOKEN, highest), "k4"));

    for (String user : List.of("u1", "u2", "u3")) {
      UserId id = house.user(user).id();
      house.run(
          tx -> bounded.freeQuotas().ensure(tx, house.tenant.id(), id, house.clock.instant()));
      assertThat(house.standing(id).allowed()).isTrue();
      house.clock.set(Instant.parse("2026-12-05T00:00:00Z"));
      house.run(
          tx -> bounded.freeQuotas().ensure(tx, house.tenant.id(), id, house.clock.instant()));
      assertThat(house.standing(id).quotaRemaining()).isPositive();
      house.clock.set(House.START);
    }
    assertThat(house.audit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_000_000_001L, Long.MAX_VALUE})
  void a_months_quota_is_bounded_too(long tokens) {
    refused(ErrorCode.INVALID_REQUEST, () -> house.userWithFreeTokens("u9", tokens));
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> house.write(tx -> house.identity.tenants().create(tx, "two", "USD", tokens)));
  }

  @Test
  void what_is_unspent_of_a_grant_is_taken_back_once() {
    GrantReceipt receipt = give("u1", new Amount(Asset.TOKEN, 1_000), "k1");
    UserId user = house.user("u1").id();
    spend(AccountKey.grant(house.tenant.id(), user, Asset.TOKEN, "hand:k1"), 400, "s1");

    GrantRevocation first = revoke(receipt.transfer());
    assertThat(first.given()).isEqualTo(tokens(1_000));
    assertThat(first.taken()).isEqualTo(tokens(600));
    assertThat(first.takenNow()).isEqualTo(tokens(600));
    assertThat(first.inFlight()).isEqualTo(tokens(0));
    GrantRevocation again = revoke(receipt.transfer());
    assertThat(again.taken()).isEqualTo(tokens(600));
    assertThat(again.takenNow()).isEqualTo(tokens(0));

    assertThat(house.standing(user).quotaRemaining()).isEqualTo(1_000);
    // 1,000 of the month and the 400 that were spent
    assertThat(house.standing(user).quotaLimit()).isEqualTo(1_400);
    // the same order again is answered as it was, and gives nothing anew
    assertThat(give("u1", new Amount(Asset.TOKEN, 1_000), "k1")).isEqualTo(receipt);
    assertThat(house.standing(user).quotaRemaining()).isEqualTo(1_000);
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void what_is_held_is_told_and_taken_by_a_later_call() {
    GrantReceipt receipt = give("u1", new Amount(Asset.TOKEN, 1_000), "k1");
    UUID hold = UUID.randomUUID();
    house.run(
        tx ->
            house.ledger.hold(
                tx, house.tenant.id(), hold, "relay", List.of(new Leg(receipt.account(), 300))));

    GrantRevocation first = revoke(receipt.transfer());
    assertThat(first.takenNow()).isEqualTo(tokens(700));
    assertThat(first.inFlight()).isEqualTo(tokens(300));
    house.run(tx -> house.ledger.release(tx, house.tenant.id(), hold));
    GrantRevocation second = revoke(receipt.transfer());
    assertThat(second.takenNow()).isEqualTo(tokens(300));
    assertThat(second.taken()).isEqualTo(tokens(1_000));
    assertThat(second.inFlight()).isEqualTo(tokens(0));
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void of_gift_credit_no_more_is_taken_than_the_grant_gave_or_than_is_there() {
    GrantReceipt first = give("u1", amount("USD", "10"), "k1");
    GrantReceipt second = give("u1", amount("USD", "5"), "k2");
    UserId user = house.user("u1").id();
    assertThat(revoke(first.transfer()).taken()).isEqualTo(amount("USD", "10"));
    spend(
        AccountKey.ofUser(house.tenant.id(), user, AccountKind.GIFT, House.USD),
        amount("USD", "3").units(),
        "s1");
    assertThat(revoke(second.transfer()).taken()).isEqualTo(amount("USD", "2"));
    assertThat(house.standing(user).balance()).isEqualTo(amount("USD", "0"));
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void what_paid_off_a_debt_is_spent() {
    UserId user = house.user("u1").id();
    house.owe(user, amount("USD", "3").units(), "o1");
    GrantReceipt receipt = give("u1", amount("USD", "10"), "k1");
    GrantRevocation revoked = revoke(receipt.transfer());
    assertThat(revoked.taken()).isEqualTo(amount("USD", "7"));
    assertThat(house.standing(user).owed()).isEqualTo(amount("USD", "0"));
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void many_who_take_it_back_at_once_take_it_once() throws Exception {
    GrantReceipt receipt = give("u1", new Amount(Asset.TOKEN, 1_000), "k1");
    long taken = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<GrantRevocation>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> revoke(receipt.transfer()));
      }
      for (Future<GrantRevocation> call : threads.invokeAll(calls)) {
        taken += call.get().takenNow().units();
      }
    }
    assertThat(taken).isEqualTo(1_000);
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void a_months_quota_that_was_taken_back_does_not_come_again_that_month() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    UUID month =
        house.write(
            tx ->
                tx.sql()
                    .fetchSingle("SELECT transfer_id FROM billing.given_grant")
                    .get(0, UUID.class));
    assertThat(revoke(month).taken()).isEqualTo(tokens(1_000));
    house.run(
        tx ->
            house.fresh().freeQuotas().ensure(tx, house.tenant.id(), user, house.clock.instant()));
    assertThat(house.accounts(user)).extracting(Account::balance).containsOnly(0L);
    assertThat(house.standing(user).quotaLimit()).isZero();
  }

  @Test
  void what_is_no_grant_is_not_there_and_a_reason_is_needed() {
    GrantReceipt receipt = give("u1", new Amount(Asset.TOKEN, 1_000), "k1");
    refused(ErrorCode.NOT_FOUND, () -> revoke(UUID.randomUUID()));
    for (String reason : List.of("", " ", "x".repeat(201))) {
      refused(
          ErrorCode.INVALID_REQUEST,
          () ->
              house.write(
                  tx -> house.billing.grants().revoke(tx, receipt.transfer(), ROOT, reason)));
    }
  }

  private static void refused(ErrorCode code, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  private GrantRevocation revoke(UUID grant) {
    return house.write(tx -> house.billing.grants().revoke(tx, grant, ROOT, "given by mistake"));
  }

  private GrantReceipt give(String user, Amount amount, String key) {
    return give(house.billing, user, amount, key);
  }

  private GrantReceipt give(BillingModule billing, String user, Amount amount, String key) {
    GrantOrder order = new GrantOrder(house.tenant.id(), user, amount, Optional.empty(), 0, key);
    return house.write(tx -> billing.grants().give(tx, order));
  }

  private void spend(AccountKey from, long units, String key) {
    house.move(
        from,
        AccountKey.ofTenant(house.tenant.id(), AccountKind.REVENUE, from.asset()),
        units,
        key);
  }

  private static Amount tokens(long tokens) {
    return new Amount(Asset.TOKEN, tokens);
  }

  private static Amount amount(String asset, String text) {
    return Amount.parse(
        switch (asset) {
          case "TOKEN" -> Asset.TOKEN;
          case "USD" -> House.USD;
          default -> Asset.calls("passport");
        },
        text);
  }
}
