package io.tollgate.web;

/**
 * Tells events one after the other while an answer is streamed. Runs on a thread that may block.
 */
@FunctionalInterface
public interface EventBody {
  /**
   * @param events where they go
   */
  void write(Events events) throws Exception;

  /** Takes events ({@code text/event-stream}). For one thread. */
  @FunctionalInterface
  interface Events {
    /**
     * Sends one, and waits until it is on its way.
     *
     * @param name lower case letters and underscores
     * @param data written as {@link Json} does
     * @throws java.io.UncheckedIOException when nobody listens any more
     */
    void tell(String name, Object data);
  }
}
