package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.util.Optional;

/** A document that came whole; it passes as it is. */
final class DocumentAnswer implements WholeAnswer {
  private static final ChargedUsage FREE =
      new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.LIST, "data", "results")
          .add(Member.USAGE, "usage")
          .add(Member.ERROR, "error")
          .add(Member.COMPLAINT, "message", "msg", "code", "detail")
          .build();

  private final DocumentKind kind;
  private final byte[] body;
  private final AnswerTerms terms;
  private final ReportedUsage usage = new ReportedUsage();
  private final AnswerVerdict verdict;

  DocumentAnswer(DocumentKind kind, byte[] body, AnswerTerms terms) {
    this.kind = requireNonNull(kind, "kind is null");
    this.body = requireNonNull(body, "body is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.verdict = judged();
  }

  private enum Member {
    LIST,
    USAGE,
    ERROR,
    COMPLAINT
  }

  @Override
  public AnswerVerdict verdict() {
    return verdict;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return Optional.empty();
  }

  @Override
  public boolean contentSeen() {
    return verdict instanceof AnswerVerdict.Answer;
  }

  @Override
  public long countedOutput() {
    return 0;
  }

  @Override
  public long roughOutput() {
    return 0;
  }

  @Override
  public ChargedUsage charged() {
    return contentSeen() && !kind.free()
        ? usage.charged(DeliveredOutput.WITHOUT_TOKENS, terms.bounds())
        : FREE;
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return charged();
  }

  private AnswerVerdict judged() {
    if (body.length == 0) {
      return new AnswerVerdict.NoAnswer("no body");
    }
    try {
      return read(new JsonScanner(body, 0, body.length));
    } catch (JsonFault e) {
      return new AnswerVerdict.NoAnswer("not JSON, or cut off");
    }
  }

  private AnswerVerdict read(JsonScanner scanner) {
    if (scanner.next() != JsonToken.OBJECT_START) {
      return new AnswerVerdict.NoAnswer("not a JSON object");
    }
    boolean any = false;
    boolean error = false;
    boolean complaint = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      if (member == null) {
        scanner.skipValue();
        continue;
      }
      boolean own = member == Member.LIST && scanner.text().equals(kind.list());
      JsonToken first = scanner.next();
      int begin = scanner.end();
      switch (member) {
        case LIST -> {
          scanner.skipRest(first);
          any |= own && first == JsonToken.ARRAY_START && !empty(begin, scanner.end());
        }
        case USAGE -> readUsage(scanner, first);
        case ERROR -> {
          boolean empty = first == JsonToken.STRING && scanner.start() == scanner.end();
          boolean nothing = empty || first == JsonToken.NULL || first == JsonToken.FALSE;
          scanner.skipRest(first);
          error |= !nothing;
        }
        case COMPLAINT -> {
          scanner.skipRest(first);
          complaint |= first != JsonToken.NULL;
        }
      }
    }
    scanner.next();
    if (error || (complaint && !any)) {
      return new AnswerVerdict.Failed(OpenAiFaults.inAnswer(body, terms.traces()));
    }
    return any
        ? new AnswerVerdict.Answer()
        : new AnswerVerdict.NoAnswer("no " + kind.list() + " in it");
  }

  private void readUsage(JsonScanner scanner, JsonToken first) {
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    UsageReport report = usage.next();
    UsageReader.read(scanner, body, report);
    if (report.isReport()) {
      // no tokens are made, whether it says so or not
      report.set(ReportedCount.OUTPUT, 0);
    }
    usage.filled();
  }

  /** Whether nothing but space stands between the brackets of an array. */
  private boolean empty(int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (body[i] > ' ') {
        return false;
      }
    }
    return true;
  }
}
