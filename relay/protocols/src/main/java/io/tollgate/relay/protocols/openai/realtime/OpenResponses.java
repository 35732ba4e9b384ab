package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.RealtimeNeed;
import io.tollgate.relay.protocols.RealtimeTerms;
import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.openai.realtime.EventHead.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The responses of a session that have begun and not ended. Not thread-safe. */
final class OpenResponses {
  private final Map<String, ResponseTap> open = new LinkedHashMap<>();
  private final ResponseTap nobodys;

  OpenResponses(TokenCounter counter, String model) {
    TextTally words = counter.tally(model);
    nobodys =
        new ResponseTap(
            new RealtimeNeed(TokenUsage.NONE, true, OptionalLong.empty()),
            words,
            RealtimeTerms.LINEAR_SOUND);
  }

  void open(String id, ResponseTap tap) {
    open.put(id, tap);
  }

  /** The response that an event is about; where it names none, the one there is. */
  String id(EventHead head) {
    return known(head.text(Member.RESPONSE_ID).orElse(""));
  }

  /** The same for one whose end is told. */
  String known(String id) {
    return open.containsKey(id) || open.size() != 1 ? id : open.keySet().iterator().next();
  }

  ResponseTap of(String id) {
    return open.getOrDefault(id, nobodys);
  }

  /** It has ended; of one that never began, what it says is nobody's. */
  ResponseTap close(String id) {
    ResponseTap closed = open.remove(id);
    return closed == null ? nobodys : closed;
  }
}
