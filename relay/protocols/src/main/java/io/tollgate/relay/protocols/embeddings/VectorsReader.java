package io.tollgate.relay.protocols.embeddings;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.usage.ReportedUsage;

/** Reads answers of providers of one protocol. Thread-safe. */
public interface VectorsReader {
  /**
   * Reads one.
   *
   * @param body all that came
   * @param vectors takes what is found
   * @param usage takes what is reported
   * @throws io.tollgate.relay.protocols.internal.json.JsonFault where it is not JSON
   */
  AnswerVerdict read(
      byte[] body, AccountTraces traces, EmbeddedVectors vectors, ReportedUsage usage);
}
