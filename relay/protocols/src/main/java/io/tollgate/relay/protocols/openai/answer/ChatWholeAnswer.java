package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A chat completion that came whole: one JSON document, or a stream that was collected. */
public final class ChatWholeAnswer implements WholeAnswer {
  private static final ChargedUsage FREE =
      new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  private final AnswerTerms terms;
  private final CompletionReader reader;
  private final byte[] body;
  private final boolean streamWanted;
  private final boolean includeUsage;
  private final AnswerVerdict verdict;
  private boolean stream;
  private boolean ended;

  /**
   * @param body all that came; not to be changed
   * @param streamWanted whether the caller asked for a stream
   * @param includeUsage whether they asked for the usage chunk in it
   */
  public ChatWholeAnswer(
      AnswerTerms terms, byte[] body, boolean streamWanted, boolean includeUsage) {
    this.terms = requireNonNull(terms, "terms is null");
    this.reader = new CompletionReader(terms, false);
    this.body = requireNonNull(body, "body is null");
    this.streamWanted = streamWanted;
    this.includeUsage = includeUsage;
    this.verdict = judged();
  }

  /** The provider has searched the web for this answer, whether or not it says so. */
  public void presumeSearch() {
    reader.usage.tools().presumed(UsageKind.WEB_SEARCHES);
  }

  @Override
  public AnswerVerdict verdict() {
    return verdict;
  }

  @Override
  public byte[] body() {
    if (stream == streamWanted) {
      return body;
    }
    if (stream) {
      ChunkJoin join = new ChunkJoin();
      forEachEvent(
          (bytes, from, to) -> {
            if (tree(bytes, from, to) instanceof JsonTree.Members chunk) {
              join.add(chunk);
            }
          });
      return join.joined();
    }
    return tree(body, 0, body.length) instanceof JsonTree.Members document
        ? DocumentSplit.events(document, includeUsage)
        : body;
  }

  @Override
  public String contentType() {
    return streamWanted ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return reader.tier();
  }

  @Override
  public ChargedUsage charged() {
    return answered() ? reader.usage.charged(reader.delivered(), terms.bounds()) : FREE;
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return answered() ? reader.usage.chargedSoFar(reader.delivered(), terms.bounds()) : FREE;
  }

  @Override
  public boolean filtered() {
    return answered() && reader.filtered;
  }

  @Override
  public boolean contentSeen() {
    return answered() && reader.contentSeen();
  }

  @Override
  public long countedOutput() {
    return answered() ? reader.tokens() : 0;
  }

  @Override
  public long roughOutput() {
    return answered() ? reader.roughly() : 0;
  }

  private boolean answered() {
    return verdict instanceof AnswerVerdict.Answer || verdict instanceof AnswerVerdict.Empty;
  }

  private AnswerVerdict judged() {
    if (body.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    switch (reader.read(body, 0, body.length)) {
      case ERROR -> {
        return failed(body);
      }
      case ANSWER, ONLY_USAGE, NOTHING -> ended = true;
      case UNREADABLE -> {
        byte @Nullable [] error = readStream();
        if (error != null) {
          return failed(error);
        }
        if (!stream) {
          return new AnswerVerdict.NoAnswer("not JSON, or cut off");
        }
      }
    }
    if (!reader.answered) {
      return new AnswerVerdict.NoAnswer("no choice in it");
    }
    if (!ended && !reader.finished.equals(reader.begun)) {
      return new AnswerVerdict.NoAnswer("a stream that broke off");
    }
    return reader.producedNothing(terms.bounds())
        ? new AnswerVerdict.Empty()
        : new AnswerVerdict.Answer();
  }

  private AnswerVerdict failed(byte[] error) {
    return new AnswerVerdict.Failed(OpenAiFaults.inAnswer(error, terms.traces()));
  }

  /** Reads a stream that came where one document was asked for; the first error in it, if any. */
  private byte @Nullable [] readStream() {
    FirstError first = new FirstError();
    forEachEvent(
        (bytes, from, to) -> {
          CompletionReader.Kind kind = reader.read(bytes, from, to);
          stream |= kind != CompletionReader.Kind.UNREADABLE;
          if (kind == CompletionReader.Kind.ERROR && first.data == null) {
            first.data = Arrays.copyOfRange(bytes, from, to);
          }
        });
    return first.data;
  }

  private void forEachEvent(EventReader each) {
    EventBounds ends = new EventBounds();
    EventData data = new EventData();
    int from = 0;
    while (from < body.length) {
      int end = ends.endOfEvent(body, from, body.length);
      int to = end < 0 ? body.length : end;
      if (data.read(body, from, to)) {
        if (data.is("[DONE]")) {
          ended = true;
          return;
        }
        each.read(data.bytes(), data.from(), data.to());
      }
      from = to;
    }
  }

  private static @Nullable JsonTree tree(byte[] bytes, int from, int to) {
    try {
      return JsonTree.read(bytes, from, to);
    } catch (JsonFault e) {
      return null;
    }
  }

  /** Takes the data of one event. */
  private interface EventReader {
    void read(byte[] bytes, int from, int to);
  }

  private static final class FirstError {
    byte @Nullable [] data;
  }
}
