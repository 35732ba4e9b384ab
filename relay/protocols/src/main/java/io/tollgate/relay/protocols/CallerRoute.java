package io.tollgate.relay.protocols;

import java.util.List;
import java.util.Optional;

/** A kind of request that callers of one protocol make. Safe on any thread. */
public interface CallerRoute {
  /**
   * Where it is posted to, below the protocol's prefixes, such as {@code /chat/completions}; parts
   * in braces are path parameters.
   */
  List<String> paths();

  /**
   * The smallest request of the kind, where it may be in a batch: it stands for one whose answer is
   * read when nobody has the request itself any more.
   */
  default Optional<String> blank(String model) {
    return Optional.empty();
  }

  /**
   * Reads a request.
   *
   * @param body not to be changed afterwards
   * @throws RequestFault saying what was given and what was expected
   */
  CallerRequest read(RequestHead head, byte[] body);
}
