package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Notifications;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.SpendLimit.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits as they are set, listed and told of. */
@Tag("slow")
class SpendLimitSettingsTest {
  // one for all tests: each has users of its own
  private static final LimitedHouse limited = new LimitedHouse();
  private static final House house = limited.house;
  private static final TenantId other =
      house.write(tx -> house.identity.tenants().create(tx, "two", "CNY", 0).tenant().id());

  @AfterAll
  static void close() {
    limited.close();
  }

  @Test
  void a_limit_that_is_set_is_listed_as_it_stands() {
    UserId user = house.user("listed").id();
    ApiKeyId key = limited.key(user);
    SpendLimitStanding set = limited.setForKey(key, SpendSpan.DAY, "0.25");

    assertThat(set)
        .isEqualTo(
            new SpendLimitStanding(
                set.id(),
                limited.tenant,
                Scope.KEY,
                Optional.of(user),
                Optional.of(key),
                SpendSpan.DAY,
                Amount.parse(House.USD, "0.25"),
                Amount.parse(House.USD, "0.25"),
                Optional.of(Instant.parse("2026-11-21T16:00:00Z")),
                House.START,
                House.START));
    limited.spend(limited.only(user), "0.05");
    assertThat(limited.standing(set.id()).remaining()).isEqualTo(Amount.parse(House.USD, "0.2"));
  }

  @Test
  void lists_are_filtered_paged_and_counted() {
    UserId user = house.user("filtered").id();
    ApiKeyId key = limited.key(user);
    limited.set(Scope.USER, user, SpendSpan.DAY, "1");
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "2");
    limited.setForKey(key, SpendSpan.DAY, "3");

    assertThat(list(filter(null, user, null, null)).rows())
        .extracting(row -> row.amount().toPlainString())
        .containsExactly("1", "2", "3");
    assertThat(list(filter(limited.tenant, user, null, Scope.USER)).rows()).hasSize(2);
    assertThat(list(filter(null, null, key, null)).rows()).hasSize(1);
    assertThat(list(filter(other, user, null, null)).rows()).isEmpty();
    ListPage<SpendLimitStanding> first =
        list(filter(null, user, null, null), new ListRequest(1, 2, Optional.empty(), true));
    assertThat(first.total()).hasValue(3);
    ListPage<SpendLimitStanding> second =
        list(filter(null, user, null, null), new ListRequest(1, 2, first.next(), false));
    assertThat(second.rows()).hasSize(1);
    assertThat(second.next()).isEmpty();
    assertThat(list(filter(null, user, null, null), new ListRequest(2, 2, Optional.empty(), false)))
        .isEqualTo(second);
    assertThatThrownBy(
            () -> list(SpendLimitFilter.ALL, new ListRequest(1, 2, Optional.of("x"), false)))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void another_tenants_user_or_key_is_not_there() {
    UserId stranger = house.write(tx -> house.identity.users().findOrCreate(tx, other, "s").id());
    ApiKeyId strange =
        house.identity.apiKeys().issue(other, stranger, "key", java.util.OptionalInt.empty()).id();
    UserId user = house.user("own").id();
    ApiKeyId own = limited.key(user);

    refused(ErrorCode.USER_NOT_FOUND, order(Scope.USER, stranger, null, null, "1"));
    refused(ErrorCode.USER_NOT_FOUND, order(Scope.USER, new UserId(999_999), null, null, "1"));
    refused(ErrorCode.NOT_FOUND, order(Scope.KEY, null, strange, null, "1"));
    refused(ErrorCode.NOT_FOUND, order(Scope.KEY, stranger, own, null, "1"));
    refused(
        ErrorCode.NOT_FOUND,
        LimitedHouse.order(
            new TenantId(999_999),
            Scope.TENANT,
            Optional.empty(),
            Optional.empty(),
            SpendSpan.DAY,
            "1"));
    assertThat(limited.set(order(Scope.KEY, user, own, "USD", "1")).user()).contains(user);
  }

  @Test
  void amounts_are_of_the_tenants_currency_and_not_below_nothing() {
    assertThat(refused(ErrorCode.CURRENCY_MISMATCH, order(Scope.TENANT, null, null, "CNY", "1")))
        .isEqualTo("currency: CNY (expected: USD, the tenant's currency)");
    assertThat(refused(ErrorCode.INVALID_REQUEST, order(Scope.TENANT, null, null, null, "-0.1")))
        .isEqualTo("amount: -0.1 (expected: 0 or more)");
    refused(ErrorCode.INVALID_REQUEST, order(Scope.TENANT, null, null, null, "0.0000000001"));
    refused(ErrorCode.INVALID_REQUEST, order(Scope.TENANT, null, null, null, "1e10"));
    assertThatThrownBy(() -> limited.remove(999_999))
        .isInstanceOf(Refusal.class)
        .hasMessage("there is no spend limit 999999");
  }

  @Test
  void changes_are_told_for_whom_they_concern() throws Exception {
    UserId user = house.user("told").id();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    house
        .database
        .database()
        .notifications()
        .subscribe(
            Entitlements.CHANNEL,
            new Notifications.Listener() {
              @Override
              public void notified(String payload) {
                heard.add(payload);
              }

              @Override
              public void missed() {
                heard.add("begun");
              }
            });
    hears(heard, "begun");
    long users = limited.set(Scope.USER, user, SpendSpan.DAY, "1").id();
    hears(heard, limited.tenant + ":" + user);
    limited.set(Scope.USER, user, SpendSpan.DAY, "2");
    hears(heard, limited.tenant + ":" + user);
    limited.set(Scope.USER, user, SpendSpan.DAY, "2");
    long keys = limited.setForKey(limited.key(user), SpendSpan.TOTAL, "1").id();
    hears(heard, limited.tenant + ":" + user);
    long all = limited.setForTenant(SpendSpan.TOTAL, "1").id();
    hears(heard, limited.tenant + ":*");
    limited.remove(all);
    hears(heard, limited.tenant + ":*");
    limited.remove(keys);
    hears(heard, limited.tenant + ":" + user);
    limited.remove(users);
    hears(heard, limited.tenant + ":" + user);
    assertThat(heard).isEmpty();
  }

  private static void hears(BlockingQueue<String> heard, String payload)
      throws InterruptedException {
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(payload);
  }

  private static String refused(ErrorCode code, SpendLimitOrder order) {
    try {
      throw new AssertionError("was set: " + limited.set(order));
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(code);
      return refusal.sentence();
    }
  }

  private static SpendLimitOrder order(
      Scope scope,
      @Nullable UserId user,
      @Nullable ApiKeyId key,
      @Nullable String currency,
      String amount) {
    return new SpendLimitOrder(
        limited.tenant,
        scope,
        Optional.ofNullable(user),
        Optional.ofNullable(key),
        SpendSpan.DAY,
        Optional.ofNullable(currency),
        new BigDecimal(amount));
  }

  private static SpendLimitFilter filter(
      @Nullable TenantId tenant,
      @Nullable UserId user,
      @Nullable ApiKeyId key,
      @Nullable Scope scope) {
    return new SpendLimitFilter(
        Optional.ofNullable(tenant),
        Optional.ofNullable(user),
        Optional.ofNullable(key),
        Optional.ofNullable(scope));
  }

  private static ListPage<SpendLimitStanding> list(SpendLimitFilter filter) {
    return list(filter, ListRequest.first(100));
  }

  private static ListPage<SpendLimitStanding> list(SpendLimitFilter filter, ListRequest page) {
    return house.write(tx -> house.billing.spendLimitSettings().list(tx, filter, page));
  }
}
