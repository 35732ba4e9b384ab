package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.Step;
import java.io.IOException;
import java.io.OutputStream;

/** Plays a script on a connection. For one thread. */
final class ScriptRun {
  private static final int MAX_RUN_SECONDS = 3600;
  private static final int HANG_SLICE_MS = 60_000;

  private final Wire wire;
  private final NextRequest next;
  private final long ends = System.nanoTime() + MAX_RUN_SECONDS * 1_000_000_000L;

  ScriptRun(Wire wire, NextRequest next) {
    this.wire = wire;
    this.next = next;
  }

  /** Reads and notes the next request of the connection; false when none came. */
  @FunctionalInterface
  interface NextRequest {
    boolean read() throws IOException;
  }

  /** Plays it; whether the connection goes on after it. */
  boolean play(Script script) throws IOException {
    for (Step step : script.steps()) {
      if (!play(step) || System.nanoTime() - ends > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean play(Step step) throws IOException {
    OutputStream out = wire.out();
    return switch (step) {
      case Step.Send(var octets) -> {
        octets.writeTo(out);
        yield true;
      }
      case Step.Drip(var octets, int everyMs) -> {
        boolean open = true;
        for (int index = 0; index < octets.size() && open; index++) {
          octets.writeTo(out, index);
          open = wire.staysOpen(everyMs) && System.nanoTime() - ends < 0;
        }
        yield open;
      }
      case Step.Repeat(var octets, int everyMs, int times) -> {
        boolean open = true;
        for (int time = 0; time < times && open; time++) {
          octets.writeTo(out);
          open = wire.staysOpen(everyMs) && System.nanoTime() - ends < 0;
        }
        yield open;
      }
      case Step.Pause(int ms) -> wire.staysOpen(ms);
      case Step.NextRequest() -> next.read();
      case Step.Hang() -> {
        while (wire.staysOpen(HANG_SLICE_MS) && System.nanoTime() - ends < 0) {
          // until the caller has gone
        }
        yield false;
      }
      case Step.Close() -> false;
      case Step.Reset() -> {
        wire.reset();
        yield false;
      }
    };
  }
}
