package io.tollgate.relay.protocols.anthropic;

import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Counts the input of a message: {@code POST /messages/count_tokens}. */
final class CountRoute implements FreeRoute {
  private static final List<String> PATHS = List.of("/messages/count_tokens");

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public Answer answer(RequestHead head, byte[] body, TokenCounter counter) {
    MessagesRequest.Counted counted = MessagesRequest.count(body, counter);
    String json = "{\"input_tokens\":" + counted.tokens() + "}";
    return new Answer(counted.model(), json.getBytes(StandardCharsets.UTF_8));
  }
}
