package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.openai.errors.OpenAiErrors;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed chat completion as it passes. Events pass as soon as they are whole; the chunk
 * that carries nothing but usage is taken out when the caller did not ask for it; {@code [DONE]} is
 * held back until {@link #finish}, and what follows it is left out.
 */
public final class ChatStreamTap implements StreamTap {
  /** Largest event that is read; one larger passes unread. */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final int MAX_HELD_BYTES = 64 * 1024;
  private static final int MAX_WAITING_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};
  private static final AnswerVerdict ANSWER = new AnswerVerdict.Answer();
  private static final AnswerVerdict EMPTY = new AnswerVerdict.Empty();

  private enum Fate {
    PASS,
    DROP,
    HOLD,
    /** What goes instead is in {@link #instead}. */
    REPLACE
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
  // what comes before it is known whether this is an answer, such as comments
  private final ByteSink waiting = new ByteSink();
  private byte[] instead = NOTHING;
  private @Nullable UpstreamFault failure;
  private boolean decided;
  private boolean over;
  private Fate lastFate = Fate.PASS;
  private final UnreadText unread = new UnreadText();
  private boolean tooLarge;
  private boolean first = true;
  private boolean done;

  /**
   * @param includeUsage whether the caller asked for the usage chunk
   */
  public ChatStreamTap(AnswerTerms terms, String model, boolean includeUsage, OpenAiErrors errors) {
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
      passing.put(0, 1, lastFate);
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
    over = true;
    if (begun.length() > 0) {
      // some upstreams forget the empty line at the end
      Fate fate = read(begun.array(), 0, begun.length());
      ByteSink rest = done ? held : waiting;
      if (fate == Fate.REPLACE) {
        rest.add(instead, 0, instead.length);
      } else if (fate != Fate.DROP) {
        rest.add(begun.array(), 0, begun.length());
      }
      begun.clear();
    }
    waiting.add(held.array(), 0, held.length());
    held.clear();
    return waiting.take();
  }

  @Override
  public byte[] finishComplete() {
    byte[] last = finish();
    if (done) {
      return last;
    }
    ByteSink complete = new ByteSink();
    byte[] end = ChatStreamWriter.end();
    complete.add(last, 0, last.length);
    complete.add(end, 0, end.length);
    return complete.take();
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    if (failure != null) {
      return Optional.of(new AnswerVerdict.Failed(failure));
    }
    if (!decided) {
      return over
          ? Optional.of(new AnswerVerdict.NoAnswer("a stream without an answer"))
          : Optional.empty();
    }
    return Optional.of(over && reader.producedNothing(terms.bounds()) ? EMPTY : ANSWER);
  }

  @Override
  public boolean allCome() {
    return finished() && reader.usage.any();
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
      pass(piece, from, to, passing);
    } else if (begun.length() + (long) to - from > MAX_EVENT_BYTES) {
      beginUnread();
      countUnread(piece, from, to);
      lastFate = done ? Fate.DROP : Fate.PASS;
      if (begun.length() > 0) {
        begun.add(piece, from, to);
        passing.putBegun(from, to, lastFate);
      } else {
        passing.put(from, to, lastFate);
      }
      begun.clear();
    } else if (begun.length() == 0) {
      lastFate = read(piece, from, to);
      passing.put(from, to, lastFate);
      lastFate = afterEvent(lastFate);
    } else {
      begun.add(piece, from, to);
      lastFate = read(begun.array(), 0, begun.length());
      passing.putBegun(from, to, lastFate);
      lastFate = afterEvent(lastFate);
      begun.clear();
    }
  }

  /** What becomes of a line feed that still belongs to the event. */
  private static Fate afterEvent(Fate fate) {
    return fate == Fate.REPLACE ? Fate.DROP : fate;
  }

  private void begin(byte[] piece, int from, Passing passing) {
    if (tooLarge) {
      pass(piece, from, piece.length, passing);
      return;
    }
    begun.add(piece, from, piece.length);
    if (begun.length() > MAX_EVENT_BYTES) {
      tooLarge = true;
      lastFate = done ? Fate.DROP : Fate.PASS;
      beginUnread();
      passing.putBegun(from, piece.length, lastFate);
      begun.clear();
    } else {
      passing.put(from, piece.length, Fate.DROP);
    }
  }

  /** A further part of an event that is too large to be read: it counts by its bytes. */
  private void pass(byte[] piece, int from, int to, Passing passing) {
    countUnread(piece, from, to);
    passing.put(from, to, lastFate);
  }

  /** What has begun is too large to be read: it is taken for an answer. */
  private void beginUnread() {
    first = false;
    decided = true;
    unread.begin();
    countUnread(begun.array(), 0, begun.length());
  }

  private void countUnread(byte[] bytes, int from, int to) {
    if (!done) {
      reader.unread(unread.count(bytes, from, to));
    }
  }

  private Fate read(byte[] event, int from, int to) {
    int start = first ? afterByteOrderMark(event, from, to) : from;
    first = false;
    if (done) {
      return Fate.DROP;
    }
    if (!data.read(event, start, to)) {
      return Fate.PASS;
    }
    if (data.is("[DONE]")) {
      done = true;
      return Fate.HOLD;
    }
    AnswerReader.Kind kind = reader.read(data.bytes(), data.from(), data.to());
    decided |= reader.answered && kind != AnswerReader.Kind.ERROR;
    return switch (kind) {
      case ANSWER -> Fate.PASS;
      case ONLY_USAGE -> includeUsage ? Fate.PASS : Fate.DROP;
      case ERROR -> cleaned();
      case NOTHING, UNREADABLE -> unknown();
    };
  }

  /** An error is passed on without what tells of the account; before an answer it is one itself. */
  private Fate cleaned() {
    UpstreamFault fault =
        OpenAiFaults.inAnswer(
            Arrays.copyOfRange(data.bytes(), data.from(), data.to()), terms.traces());
    if (!decided && failure == null) {
      failure = fault;
    }
    instead = ChatStreamWriter.error(errors.of(fault));
    return Fate.REPLACE;
  }

  /** What is no JSON, or none that we know, passes too, but for what tells of the account. */
  private Fate unknown() {
    String words =
        new String(data.bytes(), data.from(), data.to() - data.from(), StandardCharsets.UTF_8);
    String cleaned = terms.traces().removed(words);
    if (cleaned.equals(words)) {
      return Fate.PASS;
    }
    instead =
        ("data: " + cleaned.replace('\n', ' ').replace('\r', ' ') + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    return Fate.REPLACE;
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
    // bytes of the piece before this one have been seen to; all of them pass while untouched
    private int seenTo;
    private boolean untouched = true;

    Passing(byte[] piece) {
      this.piece = piece;
    }

    void put(int from, int to, Fate fate) {
      if (untouched && fate == Fate.PASS && decided && waiting.length() == 0) {
        seenTo = to;
        return;
      }
      touch(from);
      put(piece, from, to, fate);
    }

    /** The same for an event that began in an earlier piece and is whole in {@link #begun}. */
    void putBegun(int from, int to, Fate fate) {
      touch(from);
      put(begun.array(), 0, begun.length(), fate);
      seenTo = to;
    }

    private void touch(int from) {
      if (untouched) {
        untouched = false;
        out.add(piece, 0, Math.min(seenTo, from));
      }
    }

    private void put(byte[] source, int from, int to, Fate fate) {
      switch (fate) {
        case PASS -> pass(source, from, to);
        case REPLACE -> pass(instead, 0, instead.length);
        case HOLD -> hold(source, from, to);
        case DROP -> {}
      }
    }

    private void pass(byte[] source, int from, int to) {
      if (!decided) {
        waiting.add(source, from, to);
        // so much before an answer is none that we know; the caller may know it
        decided = waiting.length() > MAX_WAITING_BYTES;
        if (!decided) {
          return;
        }
        out.add(waiting.array(), 0, waiting.length());
      } else {
        out.add(waiting.array(), 0, waiting.length());
        out.add(source, from, to);
      }
      waiting.clear();
    }

    private void hold(byte[] source, int from, int to) {
      // more than this is no protocol; the caller does without
      held.add(source, from, Math.min(to, from + MAX_HELD_BYTES - held.length()));
    }

    byte[] bytes() {
      if (untouched) {
        return seenTo == piece.length ? piece : Arrays.copyOf(piece, seenTo);
      }
      return out.length() == 0 ? NOTHING : out.take();
    }
  }
}
