package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A kind of request that is answered here and costs nothing, such as counting tokens. Safe on any
 * thread.
 */
public interface FreeRoute {
  /** Where it is posted to, below the protocol's prefixes. */
  List<String> paths();

  /**
   * Reads a request and answers it.
   *
   * @param body not to be changed afterwards
   * @throws RequestFault saying what was given and what was expected
   */
  Answer answer(RequestHead head, byte[] body, TokenCounter counter);

  /**
   * An answer.
   *
   * @param model that was asked about; it must be known and allowed
   * @param json not to be changed
   */
  record Answer(String model, byte[] json) {
    public Answer {
      requireNonNull(model, "model is null");
      requireNonNull(json, "json is null");
    }
  }
}
