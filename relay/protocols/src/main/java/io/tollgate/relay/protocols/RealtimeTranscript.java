package io.tollgate.relay.protocols;

import io.tollgate.relay.protocols.usage.ChargedUsage;

/** What was said to a session, written down: what is charged for that. Confined to one thread. */
public interface RealtimeTranscript {
  /**
   * The provider's report where it can be true, else what we counted.
   *
   * @param bySeconds whether the model is paid by the second of sound, for our own count
   */
  ChargedUsage charged(boolean bySeconds);
}
