package io.tollgate.tests.contract;

/**
 * An operation of the description.
 *
 * @param method of HTTP, upper case
 * @param path with its parameters in braces
 */
record Operation(String method, String path) {
  @Override
  public String toString() {
    return method + " " + path;
  }
}
