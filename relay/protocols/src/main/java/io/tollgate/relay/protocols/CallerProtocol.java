package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * The callers' side of one protocol: which requests they make, and how they are told of errors and
 * models. Safe on any thread.
 */
public interface CallerProtocol {
  Protocol protocol();

  /** Beginnings of paths under which every route of the protocol is served, such as {@code /v1}. */
  List<String> prefixes();

  /**
   * Whether a request to a path that several protocols share, such as the list of models, is in
   * this one, by marks in its head. What nobody claims is the first protocol's.
   */
  boolean claims(RequestHead head);

  /** The requests that are charged by what they use. */
  List<CallerRoute> routes();

  /** The requests that are answered here, free. */
  default List<FreeRoute> freeRoutes() {
    return List.of();
  }

  /** The protocol's sessions over WebSocket, where it has them. */
  default Optional<RealtimeProtocol> realtime() {
    return Optional.empty();
  }

  /** What can be asked of what providers keep. */
  default List<KeptRoute> keptRoutes() {
    return List.of();
  }

  /**
   * Whether its callers send files, and batches of requests in them: {@code /files}, {@code
   * /batches}.
   */
  default boolean keepsFiles() {
    return false;
  }

  /** Headers that every answer carries, beside those of its content. */
  default List<Header> answerHeaders(String requestId) {
    return List.of();
  }

  /** Our own refusal. */
  ErrorAnswer error(Refusal refusal, String requestId);

  /** A request that the protocol does not allow. */
  ErrorAnswer error(RequestFault fault, String requestId);

  /** An upstream's error, already cleaned of whose account it was. */
  ErrorAnswer error(UpstreamFault fault, String requestId);

  /**
   * The JSON of the list of models, in the order given.
   *
   * @param head may ask for a page of it
   */
  byte[] models(List<ListedModel> models, RequestHead head);

  /**
   * Where its callers look for what is left of their limits, besides {@link RateHeaders#COMMON},
   * which they all get.
   */
  default Optional<RateHeaders> rateHeaders() {
    return Optional.empty();
  }

  /** The JSON of one model. */
  byte[] model(ListedModel model);
}
