package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrive piece by piece and are kept in one array. It grows with what has come, never by
 * what was announced, and every array is taken from the memory of all requests before it is
 * allocated, copies made for growing included.
 */
public final class BudgetedBytes {
  private static final int LEAST_CAPACITY = 4096;
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;
  private static final byte[] NOTHING = {};

  private final RequestResources resources;
  private final long announced;
  private byte @Nullable [] only;
  private byte[] array = NOTHING;
  private int length;
  private long taken;

  /**
   * @param announced how many are said to come, which bounds the growth while it proves true;
   *     negative when nothing was said
   */
  public BudgetedBytes(RequestResources resources, long announced) {
    this.resources = resources;
    this.announced = announced;
  }

  public int length() {
    return length;
  }

  /**
   * Adds a piece, which is not to be changed afterwards.
   *
   * @return false when there is no memory for it: nothing was added
   */
  public boolean add(byte[] piece) {
    int added = piece.length;
    if (added == 0) {
      return true;
    }
    if (length == 0) {
      // most come in one piece, which needs no copy
      if (!take(added)) {
        return false;
      }
      only = piece;
      length = added;
      return true;
    }
    if (!makeRoom(Math.addExact(length, added))) {
      return false;
    }
    System.arraycopy(piece, 0, array, length, added);
    length += added;
    return true;
  }

  /**
   * All of them, in an array of their own that is not to be changed.
   *
   * @throws Refusal {@code UNAVAILABLE} when there is no memory for that
   */
  public byte[] whole() {
    byte[] piece = only;
    if (piece != null) {
      return piece;
    }
    if (array.length != length) {
      if (!take(length)) {
        throw MemoryBudget.exhausted();
      }
      int before = array.length;
      array = Arrays.copyOf(array, length);
      give(before);
    }
    return array;
  }

  /** Forgets them and gives their memory back. */
  public void clear() {
    only = null;
    array = NOTHING;
    length = 0;
    give(taken);
  }

  private boolean makeRoom(int needed) {
    if (needed <= array.length) {
      return true;
    }
    long wanted = Math.max(LEAST_CAPACITY, 2L * needed);
    int capacity =
        (int) Math.min(announced >= needed ? Math.min(wanted, announced) : wanted, MAX_CAPACITY);
    if (!take(capacity)) {
      return false;
    }
    byte[] grown = new byte[capacity];
    byte[] piece = only;
    long before;
    if (piece == null) {
      System.arraycopy(array, 0, grown, 0, length);
      before = array.length;
    } else {
      System.arraycopy(piece, 0, grown, 0, length);
      before = length;
      only = null;
    }
    array = grown;
    give(before);
    return true;
  }

  private boolean take(long bytes) {
    if (!resources.tryTakeMemory(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private void give(long bytes) {
    taken -= bytes;
    resources.giveMemory(bytes);
  }
}
