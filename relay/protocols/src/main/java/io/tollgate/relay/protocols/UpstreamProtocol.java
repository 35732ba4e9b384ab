package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import java.util.List;
import java.util.Map;

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
   * Addresses in a request that the upstream does not read itself: what is found there must be
   * given to {@link #call(CallerRequest, String, Map)}.
   */
  default List<String> toFetch(CallerRequest request) {
    return List.of();
  }

  /**
   * The same as {@link #call(CallerRequest, String)} with what was fetched.
   *
   * @param fetched by address; one that is missing is refused
   */
  default UpstreamCall call(
      CallerRequest request, String upstreamModel, Map<String, FetchedMedia> fetched) {
    return call(request, upstreamModel);
  }

  /**
   * Reads how an answer stands that the upstream makes in the background.
   *
   * @param body all that came when it was made or asked for; not to be changed
   * @throws UnsupportedOperationException of protocols that know no such answers
   */
  default KeptAnswer keptAnswer(byte[] body, AnswerTerms terms) {
    throw new UnsupportedOperationException(protocol().code() + " keeps no answers");
  }

  /**
   * What a caller is shown of something that the upstream keeps, without what tells of the account.
   *
   * @param body all that came; not to be changed
   */
  default byte[] keptBody(byte[] body, AccountTraces traces) {
    return body;
  }

  /**
   * Passes on the events of an answer that the upstream keeps, cleaned.
   *
   * @throws UnsupportedOperationException of protocols that know no such answers
   */
  default StreamTap keptStream(AnswerTerms terms) {
    throw new UnsupportedOperationException(protocol().code() + " keeps no answers");
  }

  /**
   * An answer with an error's status, cleaned of what tells whose account it was.
   *
   * @param status the upstream's, 400 to 599
   * @param body what came of it, maybe not of the protocol, maybe nothing
   * @param traces of the account that was called
   */
  UpstreamFault fault(int status, byte[] body, AccountTraces traces);
}
