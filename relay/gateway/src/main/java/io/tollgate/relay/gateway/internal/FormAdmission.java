package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.caller.BodyDecoding;
import io.tollgate.relay.protocols.forms.FormReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Tells by a request's head whether its body is a form, and one that can be read. */
final class FormAdmission {
  private FormAdmission() {}

  static boolean isForm(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && FormReader.isForm(type);
  }

  /**
   * @throws Refusal {@code UNSUPPORTED_MEDIA_TYPE} where it is compressed
   */
  static void requirePlain(HttpServerRequest request) {
    BodyDecoding.of(request)
        .ifPresent(
            encoding -> {
              throw new Refusal(
                  ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                  "content-encoding: " + encoding + " (expected: none for a form)");
            });
  }
}
