package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that a provider keeps for a caller: a file, a batch, a response. Only the account that
 * has it knows it, and only its owner is told of it.
 *
 * @param id the provider's, 1 to {@value #MAX_ID} characters
 * @param keyId the account's key that it was made with
 * @param model that it is of; empty where it is of none
 * @param charge the request that made it
 * @param purpose of a file, as its caller named it; of a batch, the path of its requests; else
 *     empty
 * @param document JSON of a file or batch as its provider told it last; else empty
 */
public record KeptObject(
    KeptKind kind,
    String id,
    ProviderAccountId account,
    long keyId,
    TenantId tenant,
    UserId user,
    ApiKeyId apiKey,
    String model,
    ChargeId charge,
    State state,
    String purpose,
    String document,
    Instant createdAt) {
  /** Longest id. */
  public static final int MAX_ID = 256;

  public KeptObject {
    requireNonNull(kind, "kind is null");
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "id: " + id.length() + " characters (expected: 1 to " + MAX_ID + ")");
    }
    requireNonNull(account, "account is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(model, "model is null");
    requireNonNull(charge, "charge is null");
    requireNonNull(state, "state is null");
    requireNonNull(purpose, "purpose is null");
    requireNonNull(document, "document is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** Where it stands. */
  public enum State {
    /** There to be asked for. */
    KEPT,
    /** The provider works on it; it is charged when it has ended. */
    RUNNING,
    /** It has ended, and is charged. */
    ENDED,
    /** It is there no more. */
    DELETED;

    /** As stored, and as interfaces show it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static State ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
