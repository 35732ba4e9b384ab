package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CodesTest {
  private static final AdminId ADMIN = new AdminId(1);

  private final House house = new House();
  private final ServicesModule services = house.services();
  private final CodesModule module =
      CodesModule.over(
          house.ledger,
          house.identity,
          services.services(),
          GrantLimits.defaults(),
          house.clock,
          new SecureRandom());
  private final UserId user = house.user("u1").id();

  @AfterEach
  void close() {
    services.close();
    assertThat(findings()).isEmpty();
    house.close();
  }

  private List<AuditFinding> findings() {
    return Ledgers.audit(CodesModule.ENTRY.facts().all(AuditCheck.class), List.of())
        .run(house.database.transactions(), AuditScope.WHOLE)
        .findings();
  }

  @Test
  void codes_are_shown_once_and_all_differ() {
    CodeBatch batch = batch("TOKEN", "500", 1000);
    List<String> codes = export(batch);
    assertThat(new HashSet<>(codes)).hasSize(1000);
    assertThat(codes.getFirst()).matches("([0-9A-Z]{5}-){3}[0-9A-Z]{5}");
    refused(ErrorCode.CONFLICT, () -> export(batch));
  }

  @Test
  void the_audit_finds_a_code_and_a_grant_that_do_not_fit() {
    redeem(user, export(batch("TOKEN", "500", 1)).getFirst());
    house.owner("UPDATE billing.code_batch SET amount = amount + 1");
    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.row()).startsWith("code of batch");
              assertThat(finding.expected()).isEqualTo("501 TOKEN");
              assertThat(finding.found()).isEqualTo("500 TOKEN");
            });
    house.owner("UPDATE billing.code_batch SET amount = amount - 1");
    house.owner(
        "UPDATE billing.redemption_code SET user_id = NULL, transfer_id = NULL, used_at = NULL");
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.expected()).isEqualTo("a used code"));
    house.owner(
        """
        UPDATE billing.redemption_code
           SET user_id = g.user_id, transfer_id = g.transfer_id, used_at = g.given_at
          FROM billing.given_grant g WHERE g.source = 'CODE'
        """);
  }

  @Test
  void fifty_users_at_once_with_one_code_are_one() throws Exception {
    String code = export(batch("USD", "2.5", 1)).getFirst();
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      users.add(house.user("many" + i).id());
    }
    int redeemed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (UserId each : users) {
        all.add(threads.submit(() -> tries(each, code)));
      }
      for (Future<Boolean> one : all) {
        redeemed += one.get() ? 1 : 0;
      }
    }
    assertThat(redeemed).isEqualTo(1);
    assertThat(users.stream().mapToLong(each -> money(each)).sum()).isEqualTo(2_500_000_000L);
  }

  @Test
  void the_same_user_again_is_answered_alike_however_it_is_typed() {
    String code = export(batch("TOKEN", "500", 1)).getFirst();
    GrantReceipt first = redeem(user, code);
    assertThat(redeem(user, " " + code.toLowerCase(Locale.ROOT).replace("-", " ")))
        .isEqualTo(first);
    assertThat(first.amount()).isEqualTo(new Amount(Asset.TOKEN, 500));
    assertThat(house.accounts(user).stream().mapToLong(Account::balance).sum()).isEqualTo(500);
    refused(ErrorCode.CONFLICT, () -> redeem(house.user("u2").id(), code));
  }

  @Test
  void one_that_is_out_of_date_off_unknown_or_of_another_tenant_gives_nothing() {
    CodeBatch batch =
        house.write(
            tx ->
                module
                    .codes()
                    .create(
                        tx,
                        new CodeBatchOrder(
                            house.tenant.id(),
                            "short",
                            "TOKEN",
                            BigDecimal.TEN,
                            2,
                            Optional.of(House.START.plus(Duration.ofDays(1))),
                            OptionalInt.of(30)),
                        ADMIN));
    List<String> codes = export(batch);
    house.run(tx -> assertThat(module.codes().activate(tx, batch.id(), false).active()).isFalse());
    refused(ErrorCode.CONFLICT, () -> redeem(user, codes.get(0)));
    house.run(tx -> assertThat(module.codes().activate(tx, batch.id(), true).active()).isTrue());
    GrantReceipt given = redeem(user, codes.get(0));
    assertThat(given.expiresAt()).contains(House.START.plus(Duration.ofDays(30)));
    refused(
        ErrorCode.NOT_FOUND,
        () -> house.write(tx -> module.codes().redeem(tx, new TenantId(99), user, codes.get(1))));
    house.clock.advance(Duration.ofDays(1));
    refused(ErrorCode.CONFLICT, () -> redeem(user, codes.get(1)));
    for (String bad : List.of("", "x", "0".repeat(20), "!".repeat(20), "A".repeat(100_000))) {
      refused(ErrorCode.NOT_FOUND, () -> redeem(user, bad));
    }
  }

  @Test
  void an_invitation_is_credited_once_to_both_and_up_to_the_bound() throws Exception {
    InvitationTerms set =
        house.write(
            tx ->
                module
                    .invitations()
                    .set(
                        tx,
                        house.tenant.id(),
                        "USD",
                        BigDecimal.ONE,
                        new BigDecimal("0.5"),
                        OptionalInt.empty(),
                        2));
    Optional<InvitationTerms> read =
        house.write(tx -> module.invitations().terms(tx, house.tenant.id()));
    assertThat(read).contains(set);
    UserId first = house.user("i1").id();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> verified(first)));
      }
      int given = 0;
      for (Future<Boolean> one : all) {
        given += one.get() ? 1 : 0;
      }
      assertThat(given).isEqualTo(1);
    }
    assertThat(money(first)).isEqualTo(500_000_000L);
    assertThat(money(user)).isEqualTo(1_000_000_000L);
    assertThat(verified(house.user("i2").id())).isTrue();
    assertThat(verified(house.user("i3").id())).isTrue();
    assertThat(money(user)).isEqualTo(2_000_000_000L);
    assertThat(verified(user)).isFalse();
  }

  private boolean verified(UserId invited) {
    return house.write(tx -> module.invitations().verified(tx, house.tenant.id(), invited, user));
  }

  private CodeBatch batch(String asset, String amount, int codes) {
    return house.write(
        tx ->
            module
                .codes()
                .create(
                    tx,
                    new CodeBatchOrder(
                        house.tenant.id(),
                        "batch",
                        asset,
                        new BigDecimal(amount),
                        codes,
                        Optional.empty(),
                        OptionalInt.empty()),
                    ADMIN));
  }

  private List<String> export(CodeBatch batch) {
    return house.write(tx -> module.codes().export(tx, batch.id()));
  }

  private GrantReceipt redeem(UserId who, String code) {
    return house.write(tx -> module.codes().redeem(tx, house.tenant.id(), who, code));
  }

  private boolean tries(UserId who, String code) {
    try {
      return redeem(who, code).amount().isPositive();
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
      return false;
    }
  }

  private long money(UserId who) {
    return house.accounts(who).stream()
        .filter(account -> account.key().asset().equals(House.USD))
        .mapToLong(Account::balance)
        .sum();
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
  }
}
