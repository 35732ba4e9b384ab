package io.tollgate.web;

/** A route of plain blocking code, run on a virtual thread with the whole body at hand. */
@FunctionalInterface
public interface BlockingRoute {
  /**
   * @throws io.tollgate.ground.Refusal to answer with an error of the catalogue; any other
   *     exception is a fault of ours: logged, and answered {@code INTERNAL} without its text
   */
  Response handle(Request request) throws Exception;
}
