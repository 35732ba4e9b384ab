package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.internal.ByteSink;
import io.tollgate.relay.protocols.internal.EventBounds;
import io.tollgate.relay.protocols.internal.EventData;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The tap of a streamed answer. Events pass as soon as they are whole; the chunk that carries
 * nothing but usage is taken out when the caller did not ask for it; {@code [DONE]} and what
 * follows it are held back until {@link #finish}.
 */
final class ChatStreamTap implements StreamTap {
  /** Largest event that is read; one larger passes unread. */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final int MAX_HELD_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};

  private enum Fate {
    PASS,
    DROP,
    HOLD
  }

  private final String model;
  private final boolean includeUsage;
  private final OpenAiErrors errors;
  private final AnswerTerms terms;
  private final AnswerReader reader;
  private final EventBounds bounds = new EventBounds();
  private final EventData data = new EventData();
  // the beginning of an event that is not whole yet
  private final ByteSink begun = new ByteSink();
  private final ByteSink held = new ByteSink();
  private Fate lastFate = Fate.PASS;
  private boolean tooLarge;
  private boolean first = true;
  private boolean done;

  /**
   * @param includeUsage whether the caller asked for the usage chunk
   */
  ChatStreamTap(AnswerTerms terms, String model, boolean includeUsage, OpenAiErrors errors) {
    this.terms = terms;
    this.reader = new AnswerReader(terms);
    this.model = model;
    this.includeUsage = includeUsage;
    this.errors = errors;
  }

  @Override
  public byte[] accept(byte[] piece) {
    requireNonNull(piece, "piece is null");
    Passing passing = new Passing(piece);
    int at = 0;
    if (bounds.lineFeedMayFollow() && piece.length > 0 && piece[0] == '\n') {
      bounds.endOfEvent(piece, 0, 1);
      passing.decide(0, 1, lastFate);
      at = 1;
    }
    int end = piece.length == 0 ? -1 : bounds.endOfEvent(piece, at, piece.length);
    while (end >= 0) {
      conclude(piece, at, end, passing);
      at = end;
      end = at < piece.length ? bounds.endOfEvent(piece, at, piece.length) : -1;
    }
    if (at < piece.length) {
      begin(piece, at, passing);
    }
    return passing.bytes();
  }

  @Override
  public byte[] finish() {
    if (begun.length() > 0) {
      // some upstreams forget the empty line at the end
      Fate fate = read(begun.array(), 0, begun.length());
      if (fate != Fate.DROP) {
        held.add(begun.array(), 0, begun.length());
      }
      begun.clear();
    }
    return held.take();
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public boolean errorSeen() {
    return reader.errorSeen;
  }

  @Override
  public boolean finished() {
    return !reader.begun.isEmpty() && reader.finished.equals(reader.begun);
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    StreamIdentity identity =
        reader.identity == null
            ? new StreamIdentity("chatcmpl-" + why.requestId(), why.at().getEpochSecond(), model)
            : reader.identity;
    byte[] cut = ChatStreamWriter.cutShort(identity, openChoices(), why.code(), why.message());
    byte[] end =
        ChatStreamWriter.end(identity, includeUsage ? Optional.of(usage) : Optional.empty());
    byte[] both = Arrays.copyOf(cut, cut.length + end.length);
    System.arraycopy(end, 0, both, cut.length, end.length);
    return both;
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return ChatStreamWriter.error(errors.of(refusal));
  }

  /** The choices without {@code finish_reason}; choice 0 when none has begun. */
  private BitSet openChoices() {
    BitSet open = (BitSet) reader.begun.clone();
    open.andNot(reader.finished);
    if (reader.begun.isEmpty()) {
      open.set(0);
    }
    return open;
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public ChargedUsage charged() {
    return reader.usage.charged(reader.delivered(), terms.bounds());
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return reader.usage.chargedSoFar(reader.delivered(), terms.bounds());
  }

  @Override
  public boolean contentSeen() {
    return reader.contentSeen();
  }

  @Override
  public long countedOutput() {
    return reader.tokens();
  }

  @Override
  public long roughOutput() {
    return reader.roughly();
  }

  /** An event is whole: its last bytes are from {@code from} to {@code to} of the piece. */
  private void conclude(byte[] piece, int from, int to, Passing passing) {
    if (tooLarge) {
      tooLarge = false;
      passing.decide(from, to, lastFate);
    } else if (begun.length() == 0) {
      lastFate = read(piece, from, to);
      passing.decide(from, to, lastFate);
    } else {
      begun.add(piece, from, to);
      lastFate = read(begun.array(), 0, begun.length());
      passing.decideBegun(from, to, lastFate);
      begun.clear();
    }
  }

  private void begin(byte[] piece, int from, Passing passing) {
    if (tooLarge) {
      passing.decide(from, piece.length, lastFate);
      return;
    }
    begun.add(piece, from, piece.length);
    if (begun.length() > MAX_EVENT_BYTES) {
      tooLarge = true;
      lastFate = done ? Fate.HOLD : Fate.PASS;
      passing.decideBegun(from, piece.length, lastFate);
      begun.clear();
    } else {
      passing.decide(from, piece.length, Fate.DROP);
    }
  }

  private Fate read(byte[] event, int from, int to) {
    int start = first ? afterByteOrderMark(event, from, to) : from;
    first = false;
    if (done) {
      return Fate.HOLD;
    }
    if (!data.read(event, start, to)) {
      return Fate.PASS;
    }
    if (data.is("[DONE]")) {
      done = true;
      return Fate.HOLD;
    }
    return switch (reader.read(data.bytes(), data.from(), data.to())) {
      case ANSWER, ERROR, UNREADABLE -> Fate.PASS;
      case ONLY_USAGE -> includeUsage ? Fate.PASS : Fate.DROP;
    };
  }

  private static int afterByteOrderMark(byte[] event, int from, int to) {
    boolean mark =
        to - from >= 3
            && (event[from] & 0xFF) == 0xEF
            && (event[from + 1] & 0xFF) == 0xBB
            && (event[from + 2] & 0xFF) == 0xBF;
    return mark ? from + 3 : from;
  }

  /** What of a piece goes on now. Copies nothing as long as everything does. */
  private final class Passing {
    private final byte[] piece;
    private final ByteSink out = new ByteSink();
    // bytes of the piece before this one have been decided; all of them pass while untouched
    private int decided;
    private boolean untouched = true;

    Passing(byte[] piece) {
      this.piece = piece;
    }

    void decide(int from, int to, Fate fate) {
      if (untouched && fate == Fate.PASS) {
        decided = to;
        return;
      }
      touch(from);
      put(piece, from, to, fate);
    }

    /** The same for an event that began in an earlier piece and is whole in {@link #begun}. */
    void decideBegun(int from, int to, Fate fate) {
      touch(from);
      put(begun.array(), 0, begun.length(), fate);
      decided = to;
    }

    private void touch(int from) {
      if (untouched) {
        untouched = false;
        out.add(piece, 0, Math.min(decided, from));
      }
    }

    private void put(byte[] source, int from, int to, Fate fate) {
      switch (fate) {
        case PASS -> out.add(source, from, to);
        case HOLD -> hold(source, from, to);
        case DROP -> {}
      }
    }

    private void hold(byte[] source, int from, int to) {
      // more than this after [DONE] is no protocol; the caller does without
      held.add(source, from, Math.min(to, from + MAX_HELD_BYTES - held.length()));
    }

    byte[] bytes() {
      if (untouched) {
        return decided == piece.length ? piece : Arrays.copyOf(piece, decided);
      }
      return out.length() == 0 ? NOTHING : out.take();
    }
  }
}
