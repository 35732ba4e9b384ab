package io.tollgate.relay.protocols;

import java.util.List;

/** A kind of request that callers of one protocol make. Safe on any thread. */
public interface CallerRoute {
  /**
   * Where it is posted to, below the protocol's prefixes, such as {@code /chat/completions}; parts
   * in braces are path parameters.
   */
  List<String> paths();

  /**
   * Reads a request.
   *
   * @param body not to be changed afterwards
   * @throws RequestFault saying what was given and what was expected
   */
  CallerRequest read(RequestHead head, byte[] body);
}
