package io.tollgate.ground.module;

/** How many event loops this process serves requests on. */
public record EventLoops(int count) {
  public EventLoops {
    if (count < 1) {
      throw new IllegalArgumentException("loops: " + count + " (expected: >= 1)");
    }
  }
}
