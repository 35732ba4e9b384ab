package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events as lines that can be compared. */
final class Told implements Consumer<AnswerEvent> {
  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  @Override
  public void accept(AnswerEvent event) {
    lines.add(
        switch (event) {
          case AnswerEvent.PartBegun(int part, PartBegin what) -> part + " " + begun(what);
          case AnswerEvent.More(int part, JsonString text) -> part + " + " + text.text();
          case AnswerEvent.Signed(int part, Signature signature) ->
              part + " signed " + signature.protocol().code() + " " + signature.text().text();
          case AnswerEvent.PartEnded(int part) -> part + " ended";
          case AnswerEvent.Ended ended -> ended.reason().name();
          case AnswerEvent.Failed failed ->
              failed.fault().status()
                  + " "
                  + failed.fault().code().orElse("-")
                  + " "
                  + failed.fault().message();
        });
  }

  private static String begun(PartBegin what) {
    return switch (what) {
      case PartBegin.Text _ -> "text";
      case PartBegin.Refusal _ -> "refusal";
      case PartBegin.Thinking _ -> "thinking";
      case PartBegin.RedactedThinking _ -> "redacted";
      case PartBegin.Produced produced ->
          "produced " + produced.media().type() + " " + produced.media().base64().text();
      case PartBegin.ToolCall call -> "call " + call.id().text() + " " + call.name().text();
    };
  }
}
