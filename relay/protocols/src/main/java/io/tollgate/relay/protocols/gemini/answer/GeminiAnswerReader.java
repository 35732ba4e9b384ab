package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of Gemini: chunks of a stream, a document, or an array of chunks. The stream has
 * no end of its own; an answer has ended when each of its candidates says why.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#GenerateContentResponse">the answer</a>
 */
public final class GeminiAnswerReader implements AnswerReader {
  private static final int MAX_INDEX = 127;

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.CANDIDATES, "candidates")
          .add(Member.PROMPT_FEEDBACK, "promptFeedback")
          .add(Member.USAGE, "usageMetadata")
          .add(Member.ERROR, "error")
          .add(Member.COMPLAINT, "code", "message", "msg", "detail")
          .build();

  private static final JsonNames<CandidateMember> CANDIDATE =
      new JsonNames.Builder<CandidateMember>()
          .add(CandidateMember.CONTENT, "content")
          .add(CandidateMember.FINISH_REASON, "finishReason")
          .add(CandidateMember.INDEX, "index")
          .add(CandidateMember.GROUNDING, "groundingMetadata")
          .build();

  private static final JsonNames<Boolean> PARTS =
      new JsonNames.Builder<Boolean>().add(true, "parts").build();
  private static final JsonNames<Boolean> BLOCK_REASON =
      new JsonNames.Builder<Boolean>().add(true, "blockReason").build();

  private final AnswerTerms terms;
  private final PartEvents parts;
  private final ReportedUsage usage = new ReportedUsage();
  private final BitSet begun = new BitSet();
  private final BitSet finished = new BitSet();
  private @Nullable Grounding grounding;
  private @Nullable ServiceTier tier;
  // the word of the candidate that finished last
  private String finishWord = "";
  private boolean finishedNow;
  private String blockWord = "";
  private boolean blocked;

  public GeminiAnswerReader(AnswerTerms terms) {
    this.terms = requireNonNull(terms, "terms is null");
    this.parts = new PartEvents(terms.requestId());
  }

  /** Members of an answer or a chunk. */
  private enum Member {
    CANDIDATES,
    PROMPT_FEEDBACK,
    USAGE,
    ERROR,
    /** An answer does not have it, and an error does. */
    COMPLAINT
  }

  /** Members of a candidate. */
  private enum CandidateMember {
    CONTENT,
    FINISH_REASON,
    INDEX,
    /** What it was looked up in. */
    GROUNDING
  }

  @Override
  public Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    parts.begin();
    Kind kind;
    try {
      JsonToken first = scanner.next();
      kind =
          switch (first) {
            case OBJECT_START -> chunk(scanner, bytes);
            case ARRAY_START -> chunks(scanner, bytes);
            case OBJECT_END, ARRAY_END, NAME, STRING, NUMBER, TRUE, FALSE, NULL, END ->
                Kind.UNREADABLE;
          };
      scanner.next();
    } catch (JsonFault e) {
      kind = Kind.UNREADABLE;
    }
    if (kind == Kind.UNREADABLE) {
      parts.forget();
      return kind;
    }
    parts.tell(out);
    if (kind == Kind.ERROR) {
      out.accept(new AnswerEvent.Failed(GeminiFaults.inAnswer(bytes, from, to, terms.traces())));
      return kind;
    }
    return ended(out) ? Kind.ANSWER : kind;
  }

  @Override
  public Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    Kind kind = event(bytes, from, to, out);
    if (kind == Kind.ANSWER && finished.isEmpty() && parts.any() && blockWord.isEmpty()) {
      parts.close(out);
      out.accept(new AnswerEvent.Ended(FinishReason.OTHER, Optional.empty()));
    }
    return kind;
  }

  @Override
  public ReportedUsage usage() {
    return usage;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.ofNullable(tier);
  }

  private Kind chunks(JsonScanner scanner, byte[] bytes) {
    Kind kind = Kind.NOTHING;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      Kind one = Kind.NOTHING;
      if (next == JsonToken.OBJECT_START) {
        one = chunk(scanner, bytes);
      } else {
        scanner.skipRest(next);
      }
      kind = kind == Kind.ERROR || one == Kind.NOTHING ? kind : one;
    }
    return kind;
  }

  private Kind chunk(JsonScanner scanner, byte[] bytes) {
    boolean error = false;
    boolean complaint = false;
    boolean answer = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (MEMBERS.find(scanner)) {
        case CANDIDATES -> answer |= candidates(scanner, bytes);
        case PROMPT_FEEDBACK -> answer |= promptFeedback(scanner);
        case USAGE -> answer |= usage(scanner, bytes);
        case ERROR -> error |= isError(scanner);
        case COMPLAINT -> complaint |= isError(scanner);
        case null -> scanner.skipValue();
      }
    }
    if (error || (complaint && !answer)) {
      return Kind.ERROR;
    }
    return answer ? Kind.ANSWER : Kind.NOTHING;
  }

  /** Whether the value that follows is anything: some write {@code null}, false or "" for none. */
  private static boolean isError(JsonScanner scanner) {
    JsonToken first = scanner.next();
    boolean empty = first == JsonToken.STRING && scanner.start() == scanner.end();
    scanner.skipRest(first);
    return first != JsonToken.NULL && first != JsonToken.FALSE && !empty;
  }

  private boolean candidates(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      return false;
    }
    int position = 0;
    boolean any = false;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next == JsonToken.OBJECT_START) {
        any |= candidate(scanner, bytes, position);
      } else {
        scanner.skipRest(next);
      }
      position++;
    }
    return any;
  }

  /** Reads to the end of the object whose start was just returned; whether it says anything. */
  private boolean candidate(JsonScanner scanner, byte[] bytes, int position) {
    int index = position;
    String word = "";
    boolean content = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (CANDIDATE.find(scanner)) {
        case CONTENT -> content |= content(scanner, bytes);
        case FINISH_REASON -> word = word(scanner);
        case INDEX -> index = index(scanner, bytes, position);
        case GROUNDING -> grounding().read(scanner);
        case null -> scanner.skipValue();
      }
    }
    boolean ends = FinishReasons.of(word, parts.called()).isPresent();
    if (content || ends) {
      begun.set(index);
    }
    if (ends) {
      finished.set(index);
      finishWord = word;
      finishedNow = true;
    }
    return content || ends;
  }

  private boolean content(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return false;
    }
    boolean any = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      boolean list = PARTS.find(scanner) != null;
      JsonToken value = scanner.next();
      if (!list || value != JsonToken.ARRAY_START) {
        scanner.skipRest(value);
        continue;
      }
      for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
        if (next == JsonToken.OBJECT_START) {
          any = true;
          parts.read(scanner, bytes);
        } else {
          scanner.skipRest(next);
        }
      }
    }
    return any;
  }

  private boolean promptFeedback(JsonScanner scanner) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return false;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (BLOCK_REASON.find(scanner) != null) {
        String word = word(scanner);
        blockWord = word.equals("BLOCK_REASON_UNSPECIFIED") ? blockWord : word;
      } else {
        scanner.skipValue();
      }
    }
    return true;
  }

  private boolean usage(JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return false;
    }
    ServiceTier served = UsageMetadata.read(scanner, bytes, usage.next());
    usage.filled();
    tier = served == null ? tier : served;
    return true;
  }

  /** Tells of the end where all that has begun has finished; whether it has. */
  private boolean ended(Consumer<AnswerEvent> out) {
    if (!blockWord.isEmpty() && begun.isEmpty() && !blocked) {
      blocked = true;
      out.accept(new AnswerEvent.Ended(FinishReason.FILTERED, Optional.empty()));
      return true;
    }
    if (!finishedNow || !begun.equals(finished)) {
      return false;
    }
    finishedNow = false;
    FinishReason reason = FinishReasons.of(finishWord, parts.called()).orElse(FinishReason.OTHER);
    if (reason == FinishReason.OTHER && !parts.any()) {
      // it produced nothing and does not say why: no answer
      return false;
    }
    parts.close(out);
    out.accept(new AnswerEvent.Ended(reason, Optional.empty()));
    return true;
  }

  private Grounding grounding() {
    Grounding known = grounding;
    if (known == null) {
      known = new Grounding(terms.model(), usage);
      grounding = known;
    }
    return known;
  }

  private static String word(JsonScanner scanner) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    boolean word = first == JsonToken.STRING && scanner.end() - scanner.start() <= 128;
    return word ? scanner.text() : "";
  }

  private static int index(JsonScanner scanner, byte[] bytes, int otherwise) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    if (first != JsonToken.NUMBER) {
      return otherwise;
    }
    int value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return Math.min(otherwise, MAX_INDEX);
      }
      value = Math.min(value * 10 + digit, MAX_INDEX);
    }
    return value;
  }
}
