package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountQuery;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which account served a conversation. A table of fixed size, in which a conversation
 * takes the place of another: what is lost is an upstream's cached prompt. Safe for use by many
 * threads; none waits.
 */
final class StickySessions {
  private static final int ACCOUNT_BITS = 32;
  private static final long ACCOUNT_MASK = (1L << ACCOUNT_BITS) - 1;

  private final AtomicLongArray table;

  /**
   * @param size at least 1; rounded up to a power of two
   */
  StickySessions(int size) {
    table = new AtomicLongArray(Math.max(1, Integer.highestOneBit(size - 1 | 1) << 1));
  }

  /**
   * What a conversation is remembered by: its own number and its model's, as no prompt is cached
   * for two models. 0 where there is no conversation.
   */
  static long conversation(AccountQuery query) {
    return query.session() == 0 ? 0 : query.session() ^ mix(query.model().hashCode());
  }

  /** Number of the account; 0 where none is known. */
  long account(long session) {
    if (session == 0) {
      return 0;
    }
    long mixed = mix(session);
    long entry = table.get(index(mixed));
    return (entry ^ mixed) >>> ACCOUNT_BITS == 0 ? entry & ACCOUNT_MASK : 0;
  }

  void remember(long session, long account) {
    if (session != 0 && account <= ACCOUNT_MASK) {
      long mixed = mix(session);
      table.set(index(mixed), mixed & ~ACCOUNT_MASK | account);
    }
  }

  private int index(long mixed) {
    return (int) mixed & table.length() - 1;
  }

  /** Spreads numbers that are near each other (the finalizer of SplittableRandom). */
  static long mix(long number) {
    long z = number;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
