package io.tollgate.relay.gateway.internal.exchange;

import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A passage that its request has opened: its result is recorded once, at the latest when the
 * request is over.
 */
final class OpenPassage implements RequestResources.Held {
  private final Passage passage;
  private final Supplier<PassageResult> otherwise;
  private boolean recorded;

  /**
   * @param otherwise how it ends when the request ended without saying so
   */
  OpenPassage(Passage passage, Supplier<PassageResult> otherwise) {
    this.passage = passage;
    this.otherwise = otherwise;
  }

  Passage passage() {
    return passage;
  }

  CompletionStage<Charge> record(PassageResult result) {
    recorded = true;
    return passage.record(result);
  }

  @Override
  public void giveBack() {
    if (!recorded) {
      var unused = record(otherwise.get());
    }
  }
}
