package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.KeptAnswer;
import io.tollgate.relay.protocols.KeptAnswer.State;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.internal.answers.AnswerTally;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.nio.charset.StandardCharsets;

/** Reads how a response stands that is made in the background. Never throws for what came. */
public final class KeptResponse {
  /** Errors within a stream have no status. */
  private static final OpenAiErrors ERRORS = new OpenAiErrors(402);

  /** A longer error says more than it is worth. */
  private static final int MAX_ERROR = 2000;

  private KeptResponse() {}

  public static KeptAnswer read(byte[] body, AnswerTerms terms) {
    ResponsesAnswerReader reader = new ResponsesAnswerReader(terms.traces(), true);
    AnswerTally tally = new AnswerTally(terms, reader.usage());
    AnswerReader.Kind kind = reader.document(body, 0, body.length, event -> take(tally, event));
    tally.eventEnded();
    return new KeptAnswer(reader.keptId(), state(kind, body), tally.charged(), reader.tier());
  }

  /** The same without what its error tells of the account. */
  public static byte[] cleaned(byte[] body, AccountTraces traces) {
    ReadResponse response;
    try {
      response = ReadResponse.of(body, 0, body.length, new ReportedUsage());
    } catch (JsonFault e) {
      return body;
    }
    if (!response.error.given()) {
      return body;
    }
    int from = response.error.from;
    int to = response.error.to;
    String error = new String(body, from, to - from, StandardCharsets.UTF_8);
    String cleaned = error.length() > MAX_ERROR ? "{}" : traces.removed(error);
    if (cleaned.equals(error)) {
      return body;
    }
    ByteSink whole = new ByteSink();
    whole.add(body, 0, from);
    byte[] instead = cleaned.getBytes(StandardCharsets.UTF_8);
    whole.add(instead, 0, instead.length);
    whole.add(body, to, body.length);
    return whole.take();
  }

  /** Writes what we must say ourselves in the stream of a response that is asked for again. */
  public static ResponsesAnswerWriter writer(AnswerTerms terms, UpstreamNames names) {
    return ResponsesAnswerWriter.goingOn(
        new AnswerHead(terms.requestId(), terms.at().getEpochSecond(), terms.model(), new byte[0]),
        ERRORS,
        true,
        names);
  }

  private static void take(AnswerTally tally, AnswerEvent event) {
    if (!(event instanceof AnswerEvent.Failed)) {
      tally.take(event);
    }
  }

  private static State state(AnswerReader.Kind kind, byte[] body) {
    return switch (kind) {
      case END -> running(body) ? State.RUNNING : State.ENDED;
      case ERROR -> State.FAILED;
      case ANSWER, OURS, NOTHING, UNREADABLE -> State.UNREADABLE;
    };
  }

  private static boolean running(byte[] body) {
    try {
      JsonScanner scanner = new JsonScanner(body, 0, body.length);
      if (scanner.next() != JsonToken.OBJECT_START) {
        return false;
      }
      return ReadResponse.statusOf(scanner) == ReadResponse.Status.RUNNING;
    } catch (JsonFault e) {
      return false;
    }
  }
}
