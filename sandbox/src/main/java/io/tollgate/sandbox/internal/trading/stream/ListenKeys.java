package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.trading.rest.ListenKeyStore;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Keys by which an account's futures stream is opened: one at a time, for an hour of real time from
 * the last time it was asked for. Confined to the event loop.
 */
public final class ListenKeys implements ListenKeyStore {
  private static final long LIFE = 3_600_000;
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Key> byAccount = new HashMap<>();
  private final Map<String, String> accounts = new HashMap<>();

  private long taken;
  private long extended;

  private record Key(String text, long until) {}

  @Override
  public String take(String account, long now) {
    taken++;
    return good(account, now);
  }

  private String good(String account, long now) {
    Key before = byAccount.get(account);
    String text = before != null && before.until > now ? before.text : made();
    byAccount.put(account, new Key(text, now + LIFE));
    accounts.put(text, account);
    return text;
  }

  @Override
  public Optional<String> extend(String account, long now) {
    Key before = byAccount.get(account);
    if (before == null || before.until <= now) {
      return Optional.empty();
    }
    extended++;
    return Optional.of(good(account, now));
  }

  @Override
  public void expireAll() {
    byAccount.replaceAll((account, key) -> new Key(key.text, 0));
  }

  @Override
  public Taken taken() {
    return new Taken(taken, extended);
  }

  @Override
  public Optional<String> remove(String account) {
    Optional<Key> before = Optional.ofNullable(byAccount.remove(account));
    before.ifPresent(key -> accounts.remove(key.text));
    return before.map(Key::text);
  }

  /** Whose a key is, while it is good. */
  Optional<String> account(String key, long now) {
    return Optional.ofNullable(accounts.get(key)).filter(account -> good(account, key, now));
  }

  private boolean good(String account, String key, long now) {
    Key held = byAccount.get(account);
    return held != null && held.text.equals(key) && held.until > now;
  }

  /** Takes those away that are too old, and tells which: account by key. */
  Map<String, String> expire(long now) {
    Map<String, String> expired = new HashMap<>();
    Iterator<Map.Entry<String, Key>> all = byAccount.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Key> one = all.next();
      if (one.getValue().until <= now) {
        expired.put(one.getValue().text, one.getKey());
        accounts.remove(one.getValue().text);
        all.remove();
      }
    }
    return expired;
  }

  private String made() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
