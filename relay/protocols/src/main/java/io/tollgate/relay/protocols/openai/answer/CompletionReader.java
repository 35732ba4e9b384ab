package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers, whole or as chunks of a stream: usage, how each choice ended, and the text that
 * was produced. Confined to one thread.
 */
final class CompletionReader {
  private static final int MAX_INDEX = ChatRequest.MAX_CHOICES - 1;

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.CHOICES, "choices")
          .add(Member.USAGE, "usage")
          .add(Member.ERROR, "error")
          .add(Member.KIND, "object", "type")
          .add(Member.COMPLAINT, "message", "msg", "code", "detail")
          .add(Member.SERVICE_TIER, "service_tier")
          .add(Member.ID, "id")
          .add(Member.MODEL, "model")
          .add(Member.CREATED, "created")
          .build();

  private static final JsonNames<ChoiceMember> CHOICE_MEMBERS =
      new JsonNames.Builder<ChoiceMember>()
          .add(ChoiceMember.INDEX, "index")
          .add(ChoiceMember.FINISH_REASON, "finish_reason")
          .add(ChoiceMember.MESSAGE, "delta", "message")
          .add(ChoiceMember.ERROR, "error")
          .add(ChoiceMember.USAGE, "usage")
          .build();

  private final AnswerTerms terms;
  private final boolean identifying;
  final ReportedUsage usage = new ReportedUsage();
  final BitSet begun = new BitSet();
  final BitSet finished = new BitSet();
  private @Nullable TextTally[] tallies = new TextTally[1];
  @Nullable StreamIdentity identity;
  boolean errorSeen;

  /** Whether a choice has come that says anything: a message, or how it ended. */
  boolean answered;

  /** Whether a choice was ended by a filter. */
  boolean filtered;

  private @Nullable ServiceTier tier;
  private boolean otherContent;
  private boolean choiceError;
  private long unreadBytes;

  /**
   * @param identifying whether {@link #identity} is wanted, as by whoever adds chunks to a stream
   */
  CompletionReader(AnswerTerms terms, boolean identifying) {
    this.terms = requireNonNull(terms, "terms is null");
    this.identifying = identifying;
  }

  /** Members of an answer or a chunk. */
  private enum Member {
    CHOICES,
    USAGE,
    ERROR,
    /** Says what the document is; of an error, sometimes that it is one. */
    KIND,
    /** An answer does not have it, and an error does. */
    COMPLAINT,
    SERVICE_TIER,
    ID,
    MODEL,
    CREATED
  }

  /** Members of a choice. */
  private enum ChoiceMember {
    INDEX,
    FINISH_REASON,
    MESSAGE,
    ERROR,
    USAGE
  }

  /** What one chunk or answer was. */
  enum Kind {
    /** To be passed on. */
    ANSWER,
    /** A stream's chunk that carries usage and nothing else. */
    ONLY_USAGE,
    /** An error instead of an answer. */
    ERROR,
    /** JSON that holds neither an answer nor an error that is known. */
    NOTHING,
    /** Not JSON; nothing was read. */
    UNREADABLE
  }

  Kind read(byte[] bytes, int from, int to) {
    try {
      return readObject(new JsonScanner(bytes, from, to), bytes);
    } catch (JsonFault e) {
      return Kind.UNREADABLE;
    } finally {
      if (usage.fresh()) {
        usage.eventEnded(textBytes());
      }
    }
  }

  Optional<ServiceTier> tier() {
    return Optional.ofNullable(tier);
  }

  boolean contentSeen() {
    for (TextTally tally : tallies) {
      if (tally != null && tally.bytes() > 0) {
        return true;
      }
    }
    return otherContent || unreadBytes > 0;
  }

  /** Whether nothing came but a role and an end; what a filter stopped is told, and something. */
  boolean producedNothing(UsageBounds bounds) {
    return !contentSeen()
        && !filtered
        && usage.charged(DeliveredOutput.NOTHING, bounds).usage().output() == 0;
  }

  /** So much passed without being read; counts by its bytes. */
  void unread(long bytes) {
    unreadBytes += bytes;
  }

  /** What was delivered so far, by our own count. */
  DeliveredOutput delivered() {
    return contentSeen()
        ? new DeliveredOutput(true, textBytes(), this::tokens)
        : DeliveredOutput.NOTHING;
  }

  private long textBytes() {
    long bytes = unreadBytes;
    for (TextTally tally : tallies) {
      bytes += tally == null ? 0 : tally.bytes();
    }
    return bytes;
  }

  long tokens() {
    long tokens = (unreadBytes + 2) / 3;
    for (TextTally tally : tallies) {
      tokens += tally == null ? 0 : tally.tokens();
    }
    return tokens;
  }

  long roughly() {
    long tokens = (unreadBytes + 2) / 3;
    for (TextTally tally : tallies) {
      tokens += tally == null ? 0 : tally.roughly();
    }
    return tokens;
  }

  private Kind readObject(JsonScanner scanner, byte[] bytes) {
    if (scanner.next() != JsonToken.OBJECT_START) {
      return Kind.UNREADABLE;
    }
    boolean choices = false;
    boolean usageRead = false;
    choiceError = false;
    boolean choicesNamed = false;
    boolean error = false;
    boolean complaint = false;
    String id = "";
    String named = "";
    long created = 0;
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (MEMBERS.find(scanner)) {
        case CHOICES -> {
          choicesNamed = true;
          choices |= readChoices(scanner, bytes);
        }
        case USAGE -> usageRead |= readUsage(scanner, bytes);
        case ERROR -> error |= isError(scanner);
        case KIND -> error |= namesError(scanner);
        case COMPLAINT -> complaint |= isError(scanner);
        case SERVICE_TIER -> readTier(scanner);
        case ID -> id = identifying(scanner, id);
        case MODEL -> named = identifying(scanner, named);
        case CREATED -> created = numberOr0(scanner, bytes);
        case null -> scanner.skipValue();
      }
    }
    scanner.next();
    if (error || choiceError || (complaint && !choicesNamed && !usageRead)) {
      errorSeen = true;
      return Kind.ERROR;
    }
    if (identity == null && !id.isEmpty()) {
      identity = new StreamIdentity(id, created, named);
    }
    if (usageRead && !choices) {
      return Kind.ONLY_USAGE;
    }
    return choicesNamed ? Kind.ANSWER : Kind.NOTHING;
  }

  private static boolean namesError(JsonScanner scanner) {
    JsonToken first = scanner.next();
    boolean named = first == JsonToken.STRING && scanner.is(ChatNames.ERROR);
    scanner.skipRest(first);
    return named;
  }

  /** Whether the value that follows is anything: some write {@code null}, false or "" for none. */
  private static boolean isError(JsonScanner scanner) {
    JsonToken first = scanner.next();
    boolean empty = first == JsonToken.STRING && scanner.start() == scanner.end();
    scanner.skipRest(first);
    return first != JsonToken.NULL && first != JsonToken.FALSE && !empty;
  }

  private void readTier(JsonScanner scanner) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    // most answers name the usual one in every chunk
    if (first == JsonToken.STRING && !scanner.is(ChatNames.DEFAULT)) {
      tier = ServiceTier.of(scanner.text());
    } else if (first == JsonToken.STRING) {
      tier = ServiceTier.STANDARD;
    }
  }

  private boolean readUsage(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return false;
    }
    UsageReader.read(scanner, bytes, usage.next());
    usage.filled();
    return true;
  }

  /** Whether there is any. */
  private boolean readChoices(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      return false;
    }
    boolean any = false;
    int position = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      any = true;
      if (token == JsonToken.OBJECT_START) {
        readChoice(scanner, bytes, position);
      } else {
        scanner.skipRest(token);
      }
      position++;
    }
    return any;
  }

  private void readChoice(JsonScanner scanner, byte[] bytes, int position) {
    // index comes first in every known upstream; where it does not, the position will do
    int index = position;
    boolean finish = false;
    boolean said = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (CHOICE_MEMBERS.find(scanner)) {
        case INDEX -> index = (int) numberOr0(scanner, bytes);
        case FINISH_REASON -> finish = readFinish(scanner, bytes);
        case MESSAGE -> said |= readText(scanner, bytes, index);
        case ERROR -> choiceError |= isError(scanner);
        // some makers put it into the last choice
        case USAGE -> readUsage(scanner, bytes);
        case null -> scanner.skipValue();
      }
    }
    begun.set(within(index));
    answered |= said || finish;
    if (finish) {
      finished.set(within(index));
    }
  }

  /**
   * Whether it names how the choice ended; an empty or blank text, as some send in every chunk,
   * does not.
   */
  private boolean readFinish(JsonScanner scanner, byte[] bytes) {
    JsonToken value = scanner.next();
    boolean named =
        value == JsonToken.STRING
            && !blank(bytes, scanner.start(), scanner.end())
            && !scanner.is(ChatNames.NULL_WORD);
    filtered |= named && scanner.is(ChatNames.CONTENT_FILTER);
    scanner.skipRest(value);
    return named;
  }

  private static boolean blank(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at == to;
  }

  /** Adds all text of a message or delta; whether there is one. */
  private boolean readText(JsonScanner scanner, byte[] bytes, int index) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return false;
    }
    otherContent |= MessageText.add(scanner, bytes, tally(within(index)));
    return true;
  }

  private static int within(int index) {
    return Math.clamp(index, 0, MAX_INDEX);
  }

  private TextTally tally(int index) {
    if (index >= tallies.length) {
      tallies = Arrays.copyOf(tallies, Math.min(MAX_INDEX + 1, 2 * index + 1));
    }
    TextTally tally = tallies[index];
    if (tally == null) {
      tally = terms.counter().tally(terms.model());
      tallies[index] = tally;
    }
    return tally;
  }

  /** A text of the answer's identity, where it is wanted and not known yet. */
  private String identifying(JsonScanner scanner, String otherwise) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    return identifying && identity == null && first == JsonToken.STRING
        ? scanner.text()
        : otherwise;
  }

  private static long numberOr0(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    if (first != JsonToken.NUMBER) {
      return 0;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > 1_000_000_000_000L) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
