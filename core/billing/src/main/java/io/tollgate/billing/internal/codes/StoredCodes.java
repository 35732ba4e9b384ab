package io.tollgate.billing.internal.codes;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.CodeBatch;
import io.tollgate.billing.CodeBatchOrder;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.RedemptionCodes;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.GrantReason;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes codes, shows them once and redeems them once. */
public final class StoredCodes implements RedemptionCodes {
  private static final int NAME_MAX = 100;
  private static final int CODES_MAX = 10_000;

  private final GivenOnce given;
  private final GivenGrants grants = new GivenGrants();
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random unpredictable, and safe for use by many threads
   */
  public StoredCodes(
      Ledger ledger,
      Users users,
      Tenants tenants,
      Services services,
      GrantLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.given = new GivenOnce(ledger, users, tenants, services, limits, clock, GrantReason.CODE);
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  @Override
  public ListPage<CodeBatch> list(
      Transaction transaction, Optional<TenantId> tenant, ListRequest page) {
    return CodeTable.page(transaction, tenant, page);
  }

  @Override
  public CodeBatch create(Transaction transaction, CodeBatchOrder order, AdminId admin) {
    String name = order.name().strip();
    if (name.isEmpty() || name.length() > NAME_MAX) {
      throw GivenText.refused("name", name, "1 to " + NAME_MAX + " characters");
    }
    if (order.codes() < 1 || order.codes() > CODES_MAX) {
      throw GivenText.refused("codes", Integer.toString(order.codes()), "1 to " + CODES_MAX);
    }
    Instant now = clock.instant();
    order
        .expiresAt()
        .filter(end -> !end.isAfter(now))
        .ifPresent(
            end -> {
              throw GivenText.refused("expires_at", end.toString(), "a time to come");
            });
    Asset asset = given.asset(transaction, order.tenant(), order.asset());
    Amount amount = given.amount("amount", asset, order.amount());
    if (amount.isZero()) {
      throw GivenText.refused("amount", "0", "more than 0");
    }
    long id =
        CodeTable.insert(
            transaction,
            new CodeTable.NewBatch(
                order.tenant(),
                name,
                amount,
                order.codes(),
                order.expiresAt(),
                GivenOnce.days(order.lastsDays()),
                admin),
            now);
    return require(transaction, id);
  }

  @Override
  public List<String> export(Transaction transaction, long id) {
    CodeBatch batch = require(transaction, id);
    if (!CodeTable.exported(transaction, id, clock.instant())) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the codes of batch " + id + " were shown (expected: once)");
    }
    List<String> codes = new ArrayList<>();
    List<byte[]> hashes = new ArrayList<>();
    for (int i = 0; i < batch.codes(); i++) {
      String code = CodeText.create(random);
      codes.add(code);
      hashes.add(CodeText.hash(code).orElseThrow());
    }
    CodeTable.insert(transaction, id, hashes);
    return codes;
  }

  @Override
  public CodeBatch activate(Transaction transaction, long id, boolean active) {
    CodeBatch _ = require(transaction, id);
    CodeTable.activate(transaction, id, active);
    return require(transaction, id);
  }

  @Override
  public Optional<FoundCode> find(Transaction transaction, String code) {
    return CodeText.hash(code).flatMap(hash -> CodeTable.look(transaction, hash));
  }

  @Override
  public GrantReceipt redeem(Transaction transaction, TenantId tenant, UserId user, String typed) {
    byte[] hash = CodeText.hash(typed).orElseThrow(StoredCodes::unknown);
    CodeTable.Code code = CodeTable.lock(transaction, hash).orElseThrow(StoredCodes::unknown);
    CodeBatch batch = require(transaction, code.batch());
    if (!batch.tenant().equals(tenant)) {
      throw unknown();
    }
    String key = HexFormat.of().formatHex(hash);
    if (code.user().isPresent()) {
      return again(transaction, tenant, user, code.user().get(), key);
    }
    Instant now = clock.instant();
    if (!batch.active()) {
      throw new Refusal(ErrorCode.CONFLICT, "the code is switched off (expected: another one)");
    }
    if (batch.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the code is out of date since " + batch.expiresAt().get());
    }
    GrantReceipt receipt =
        given.give(
            transaction, given.user(transaction, user), batch.amount(), batch.lastsDays(), key);
    CodeTable.use(transaction, hash, user, receipt.transfer(), now);
    return receipt;
  }

  private GrantReceipt again(
      Transaction transaction, TenantId tenant, UserId user, UserId usedBy, String key) {
    if (!usedBy.equals(user)) {
      throw new Refusal(ErrorCode.CONFLICT, "the code was used (expected: another one)");
    }
    GivenGrants.Given first =
        grants
            .find(transaction, tenant, GivenGrants.Source.CODE, key)
            .orElseThrow(() -> new IllegalStateException("a used code has no grant"));
    return new GrantReceipt(
        first.transfer(),
        first.account(),
        first.amount(),
        first.owedPaid(),
        first.balance(),
        first.expiresAt());
  }

  private static CodeBatch require(Transaction transaction, long id) {
    return CodeTable.find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no batch of codes " + id));
  }

  private static Refusal unknown() {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no such code");
  }
}
