package io.tollgate.relay.protocols;

import java.util.Optional;

/** Reads the events of one realtime session in passing, both ways. Confined to one thread. */
public interface RealtimeReader {
  /**
   * What a caller sends.
   *
   * @param message text of one message; not to be changed
   * @throws RequestFault where it is no event, or one that cannot be let through
   */
  RealtimeCallerEvent fromCaller(byte[] message);

  /** It is let through, and counts as input from now on. */
  void passed(RealtimeCallerEvent event);

  /**
   * What the provider sends; whatever it is, nothing is thrown.
   *
   * @param message text of one message; not to be changed
   */
  RealtimeUpstreamEvent fromUpstream(byte[] message);

  /** What the session is set to, as far as is known. */
  RealtimeTerms terms();

  /** What a response is estimated to take that the provider begins by itself. */
  RealtimeNeed need();

  /** The caller's name of the event that was read last, also where it was refused. */
  Optional<String> lastEventId();
}
