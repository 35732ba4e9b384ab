package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.UsageTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Arrays;

/**
 * The tap of an answer that is one JSON document. Holds the last piece back until {@link #finish}.
 * Keeps the document to read it when it is whole; of one larger than {@link #MOST_BYTES} only the
 * length is known, and its output counts as bytes ÷ 3.
 */
public final class JsonTap implements UsageTap {
  /** Largest document that is read. */
  public static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final byte[] NOTHING = {};

  private final AnswerReader reader;
  private byte[] document = NOTHING;
  private int length;
  private long passed;
  private byte[] held = NOTHING;
  private boolean unreadable;

  /**
   * @param model whose tokenizer counts
   */
  public JsonTap(TokenCounter counter, String model) {
    this.reader = new AnswerReader(counter, model);
  }

  @Override
  public byte[] accept(byte[] piece) {
    requireNonNull(piece, "piece is null");
    if (piece.length == 0) {
      return piece;
    }
    keep(piece);
    byte[] before = held;
    held = piece;
    return before;
  }

  @Override
  public byte[] finish() {
    AnswerReader.Kind kind = reader.read(document, 0, length);
    unreadable = kind == AnswerReader.Kind.UNREADABLE;
    byte[] last = held;
    held = NOTHING;
    document = NOTHING;
    return last;
  }

  /** Whether the document, read by {@link #finish}, is an error and no answer. */
  public boolean errorSeen() {
    return reader.errorSeen;
  }

  @Override
  public ChargedUsage charged(UsageBounds bounds) {
    return reader.usage.charged(delivered(), bounds);
  }

  @Override
  public boolean contentSeen() {
    return reader.contentSeen() || (unreadable && passed > 0);
  }

  @Override
  public long countedOutput() {
    return unreadable ? (passed + 2) / 3 : reader.tokens();
  }

  @Override
  public long roughOutput() {
    return unreadable ? (passed + 2) / 3 : reader.roughly();
  }

  private DeliveredOutput delivered() {
    return unreadable && passed > 0
        ? new DeliveredOutput(true, passed, countedOutput())
        : reader.delivered();
  }

  private void keep(byte[] piece) {
    passed += piece.length;
    if (passed > MOST_BYTES) {
      document = NOTHING;
      length = 0;
      return;
    }
    if (length == 0) {
      document = piece;
    } else {
      if (length + piece.length > document.length) {
        document = Arrays.copyOf(document, Math.max(length + piece.length, length * 2));
      }
      System.arraycopy(piece, 0, document, length, piece.length);
    }
    length += piece.length;
  }
}
