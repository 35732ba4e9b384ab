package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account of a user at an exchange; its secret is not in it.
 *
 * @param sandbox whether it is at the exchange's test site, or at the simulator
 * @param keyHead first characters of the key, eight at most, and never most of it
 * @param keyTail last characters of the key, four at most
 * @param balance in USDT, as of the last sync; 0 before
 * @param executionNode that trades for it; empty: the centre
 */
public record ExchangeAccount(
    long id,
    TenantId tenant,
    UserId user,
    Exchange exchange,
    AccountType type,
    boolean sandbox,
    String keyHead,
    String keyTail,
    BigDecimal balance,
    BigDecimal futuresBalance,
    BigDecimal futuresAvailable,
    OptionalLong executionNode,
    boolean active,
    Optional<Instant> lastSyncAt,
    Optional<String> lastSyncError,
    Instant createdAt) {
  private static final int SHOWN = 4;

  public ExchangeAccount {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(exchange, "exchange is null");
    requireNonNull(type, "type is null");
    requireNonNull(keyHead, "keyHead is null");
    requireNonNull(keyTail, "keyTail is null");
    requireNonNull(balance, "balance is null");
    requireNonNull(futuresBalance, "futuresBalance is null");
    requireNonNull(futuresAvailable, "futuresAvailable is null");
    requireNonNull(executionNode, "executionNode is null");
    requireNonNull(lastSyncAt, "lastSyncAt is null");
    requireNonNull(lastSyncError, "lastSyncError is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** The key's first four characters and its last. */
  public String maskedKey() {
    return maskedKey(keyHead, keyTail);
  }

  /** By which its owner knows it again among others: where it is, and its key, masked. */
  public String label() {
    return label(exchange, type, keyHead, keyTail);
  }

  /** The same of its parts. */
  public static String label(Exchange exchange, AccountType type, String keyHead, String keyTail) {
    return exchange.code() + " " + type.code() + " " + maskedKey(keyHead, keyTail);
  }

  private static String maskedKey(String head, String tail) {
    return head.substring(0, Math.min(SHOWN, head.length())) + "****" + tail;
  }
}
