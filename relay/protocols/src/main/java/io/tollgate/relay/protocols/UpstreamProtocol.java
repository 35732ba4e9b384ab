package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import java.util.List;

/** The providers' side of one protocol: how they are called and what they answer. Thread-safe. */
public interface UpstreamProtocol {
  Protocol protocol();

  /** Headers that every call to an account carries, its authorisation among them. */
  List<Header> accountHeaders(String key);

  /**
   * The call that a request becomes, whatever protocol its caller speaks. A request in the
   * upstream's own protocol is passed on byte by byte where nothing must change.
   *
   * @param upstreamModel the model as the upstream names it
   * @throws RequestFault when the upstream cannot be told what the request asks for
   */
  UpstreamCall call(CallerRequest request, String upstreamModel);

  /**
   * An answer with an error's status, cleaned of what tells whose account it was.
   *
   * @param status the upstream's, 400 to 599
   * @param body what came of it, maybe not of the protocol, maybe nothing
   * @param traces of the account that was called
   */
  UpstreamFault fault(int status, byte[] body, AccountTraces traces);
}
