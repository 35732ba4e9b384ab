package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.function.Function;

/**
 * One request of an operation, and the status it is to be answered with.
 *
 * @param what what is peculiar to it, for people
 * @param request made right before it is sent
 */
record Call(Operation operation, String what, int status, Function<Requests, HttpRequest> request) {
  boolean good() {
    return status < 400;
  }

  @Override
  public String toString() {
    return operation + ", " + what + ": " + status;
  }
}
