package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Requests whose process died before their result was written, of tenants that decide by hand. What
 * they have reserved stays held until somebody does. Safe for several threads.
 */
public interface InDoubt {
  /**
   * A request that waits for a decision.
   *
   * @param since when it was found
   * @param estimate what it had reserved for
   * @param progress what it had used by the last that is known
   */
  record Waiting(
      ChargeId charge,
      TenantId tenant,
      UserId user,
      ApiKeyId apiKey,
      Protocol protocol,
      String model,
      boolean stream,
      Optional<String> clientRequestId,
      Instant openedAt,
      Instant since,
      String priceVersion,
      TokenUsage estimate,
      TokenUsage progress) {
    public Waiting {
      requireNonNull(charge, "charge is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(apiKey, "apiKey is null");
      requireNonNull(protocol, "protocol is null");
      requireNonNull(model, "model is null");
      requireNonNull(clientRequestId, "clientRequestId is null");
      requireNonNull(openedAt, "openedAt is null");
      requireNonNull(since, "since is null");
      requireNonNull(priceVersion, "priceVersion is null");
      requireNonNull(estimate, "estimate is null");
      requireNonNull(progress, "progress is null");
    }
  }

  /**
   * A request that was charged by a decision, and whose result was found later: the charge was
   * given back and the result is charged instead.
   *
   * @param decided as it was in the books until then
   * @param correctedAt when that happened
   * @param result as it is in the books
   */
  record Corrected(UsageRecord decided, Instant correctedAt, UsageRecord result) {
    public Corrected {
      requireNonNull(decided, "decided is null");
      requireNonNull(correctedAt, "correctedAt is null");
      requireNonNull(result, "result is null");
    }
  }

  /** What is charged for it. */
  sealed interface Decision {
    /** The estimate's input part, and at least what progress showed. */
    record Input() implements Decision {}

    /** Nothing. */
    record Free() implements Decision {}

    /** What is known from elsewhere; each kind of it has a price, or it is refused. */
    record Used(TokenUsage usage) implements Decision {
      public Used {
        requireNonNull(usage, "usage is null");
      }
    }
  }

  /**
   * Requests that wait, oldest first.
   *
   * @param limit 1 to 10,000
   * @param after only those behind this place
   */
  List<Waiting> list(
      Transaction transaction,
      Optional<TenantId> tenant,
      int limit,
      Optional<UsageQueries.Position> after);

  /** How many wait. */
  long count(Transaction transaction, Optional<TenantId> tenant);

  /**
   * Requests whose decision was corrected by their result, newest first.
   *
   * @param limit 1 to 10,000
   * @param after only those behind this place
   */
  List<Corrected> corrected(
      Transaction transaction,
      Optional<TenantId> tenant,
      int limit,
      Optional<UsageQueries.Position> after);

  /** How many there are of those. */
  long countCorrected(Transaction transaction, Optional<TenantId> tenant);

  /**
   * Decides, once: what it has reserved is given back, what it is charged is booked. A request that
   * is in the books already is answered as it is there. A result that is found later supersedes the
   * decision.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} while the request is
   *     under way
   */
  UsageRecord resolve(Transaction transaction, ChargeId charge, Decision decision);
}
