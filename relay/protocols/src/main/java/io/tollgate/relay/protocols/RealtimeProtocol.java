package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Sessions over WebSocket as one protocol has them: where they are opened, how their events are
 * read and written. Safe on any thread.
 */
public interface RealtimeProtocol {
  /** Below each prefix of the protocol's callers. */
  String path();

  /** Spoken by the accounts that can serve it. */
  Protocol protocol();

  /** The subprotocol that is spoken where it is offered. */
  String subprotocol();

  /** The caller's key among the subprotocols offered, as browsers can send no header. */
  Optional<String> key(List<String> offered);

  /** Path and query of the provider's. */
  String upstreamPath(String model);

  /**
   * What the provider is told of the caller's head.
   *
   * @param head the caller's
   * @param offered the caller's subprotocols
   */
  List<Header> headers(RequestHead head, List<String> offered);

  /**
   * A reader for one session.
   *
   * @param model of the session, as accounts list it
   * @param traces of the account that serves it
   */
  RealtimeReader reader(TokenCounter counter, String model, AccountTraces traces);

  /**
   * An event that tells of an error.
   *
   * @param about the caller's name of the event that it is about
   */
  byte[] error(Refusal refusal, Optional<String> about);

  /** The same of an event that is not allowed. */
  byte[] error(RequestFault fault, Optional<String> about);

  /** An event that ends a response. */
  byte[] cancel(String response);

  /**
   * A caller's event with models as the provider names them.
   *
   * @param model the session's
   * @param transcription that of what is written down
   */
  byte[] renamed(byte[] message, String model, Optional<String> transcription);
}
