package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * With which an exchange lets somebody trade, held as bytes of its own while it is in use and wiped
 * when it is closed. Neither its text form nor a message shows any of it. Safe for use by many.
 */
public final class TradingKey implements AutoCloseable {
  private final byte[] apiKey;
  private final byte[] secret;
  private final byte @Nullable [] passphrase;
  private boolean wiped;

  private TradingKey(byte[] apiKey, byte[] secret, byte @Nullable [] passphrase) {
    this.apiKey = apiKey;
    this.secret = secret;
    this.passphrase = passphrase;
  }

  /** Takes copies: what is given stays with the caller, to be wiped there. */
  public static TradingKey of(char[] apiKey, char[] secret, Optional<char[]> passphrase) {
    requireNonNull(passphrase, "passphrase is null");
    return new TradingKey(
        bytes(apiKey), bytes(secret), passphrase.map(TradingKey::bytes).orElse(null));
  }

  /** What the exchange knows the key by, as a request's head must carry it. */
  public synchronized String apiKey() {
    requireUsable();
    return new String(apiKey, StandardCharsets.UTF_8);
  }

  /** The passphrase, as a request's head must carry it; empty when there is none. */
  public synchronized String passphrase() {
    requireUsable();
    return passphrase == null ? "" : new String(passphrase, StandardCharsets.UTF_8);
  }

  /** Works with the secret's bytes, which are not to be kept. */
  public synchronized <T> T withSecret(Function<byte[], T> work) {
    requireUsable();
    return work.apply(secret);
  }

  /** Wipes everything; what is asked of it later fails. */
  @Override
  public synchronized void close() {
    wiped = true;
    Arrays.fill(apiKey, (byte) 0);
    Arrays.fill(secret, (byte) 0);
    if (passphrase != null) {
      Arrays.fill(passphrase, (byte) 0);
    }
  }

  private void requireUsable() {
    if (wiped) {
      throw new IllegalStateException("this key is closed");
    }
  }

  private static byte[] bytes(char[] text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }

  @Override
  public String toString() {
    return "TradingKey[****]";
  }
}
