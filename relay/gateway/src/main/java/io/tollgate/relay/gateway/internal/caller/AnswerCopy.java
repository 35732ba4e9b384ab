package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import java.util.Arrays;
import java.util.Optional;

/**
 * A copy of what a caller gets as an answer, up to a bound, within the memory of all requests.
 * Confined to one event loop.
 */
public final class AnswerCopy {
  private final int maxBytes;
  private final BudgetedBytes bytes;
  private String contentType = "";
  private boolean cut;

  public AnswerCopy(RequestResources resources, int maxBytes) {
    this.maxBytes = maxBytes;
    bytes = new BudgetedBytes(resources, -1);
  }

  void type(String type) {
    contentType = type;
  }

  void add(byte[] piece) {
    if (cut) {
      return;
    }
    int room = maxBytes - bytes.length();
    if (piece.length > room) {
      cut = true;
      boolean _ = bytes.add(Arrays.copyOf(piece, Math.max(0, room)));
    } else {
      cut = !bytes.add(piece);
    }
  }

  /** Its first bytes, as many as there are up to a bound; not to be changed. */
  public byte[] beginning(int max) {
    byte[] all;
    try {
      all = bytes.whole();
    } catch (Refusal _) {
      return new byte[0];
    }
    return all.length <= max ? all : Arrays.copyOf(all, max);
  }

  /** Whether there was more than was copied. */
  public boolean isCut() {
    return cut;
  }

  /** Whether it has more bytes than these. */
  public boolean isMoreThan(int length) {
    return cut || bytes.length() > length;
  }

  /** Bytes of it so far. */
  int length() {
    return bytes.length();
  }

  public String contentType() {
    return contentType;
  }

  /** All of it with a last piece, which is not added; nothing where that is too much. */
  public Optional<byte[]> with(byte[] last) {
    return whole()
        .map(
            all -> {
              byte[] both = Arrays.copyOf(all, all.length + last.length);
              System.arraycopy(last, 0, both, all.length, last.length);
              return both;
            });
  }

  /** All of it; nothing where it is too much to be kept. Not to be changed. */
  public Optional<byte[]> whole() {
    if (cut) {
      return Optional.empty();
    }
    try {
      return Optional.of(bytes.whole());
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}
