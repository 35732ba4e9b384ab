package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Codes that give quota or credit, each once. Runs in the caller's transaction. */
public interface RedemptionCodes {
  /** Batches by id, the oldest first; of one tenant where one is given. */
  ListPage<CodeBatch> list(Transaction transaction, Optional<TenantId> tenant, ListRequest page);

  /**
   * Makes a batch; its codes are made when they are exported.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code
   *     UNKNOWN_ASSET}, {@code CURRENCY_MISMATCH}, {@code SERVICE_NOT_FOUND}; {@code NOT_FOUND}
   *     when there is no such tenant
   */
  CodeBatch create(Transaction transaction, CodeBatchOrder order, AdminId admin);

  /**
   * Makes the codes and shows them, this once: only their hashes are kept.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when they were shown
   */
  List<String> export(Transaction transaction, long batch);

  /**
   * Lets codes be redeemed, or not.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  CodeBatch activate(Transaction transaction, long batch, boolean active);

  /**
   * What has become of a code; of whichever tenant.
   *
   * @param code as it was typed
   */
  Optional<FoundCode> find(Transaction transaction, String code);

  /**
   * A code that is somebody's question.
   *
   * @param user who used it
   * @param usedAt when
   */
  record FoundCode(
      long batch, TenantId tenant, String name, Optional<UserId> user, Optional<Instant> usedAt) {
    public FoundCode {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(name, "name is null");
      requireNonNull(user, "user is null");
      requireNonNull(usedAt, "usedAt is null");
    }
  }

  /**
   * Gives the user what a code gives. The same user again gets the same answer, and nothing more.
   *
   * @param code as it was typed: small letters, spaces and dashes do not matter
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such code; {@code
   *     CONFLICT} when it was used, is out of date or switched off
   */
  GrantReceipt redeem(Transaction transaction, TenantId tenant, UserId user, String code);
}
