package io.tollgate.web;

import io.vertx.core.http.RequestOptions;

/**
 * Options of a request that is to be sent on a new connection: for another try after a kept
 * connection turned out to be closed on the other side.
 */
public final class FreshRequestOptions extends RequestOptions {
  public FreshRequestOptions(RequestOptions options) {
    super(options);
  }
}
