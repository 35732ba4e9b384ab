package io.tollgate.sandbox.internal.trading.rest;

import tools.jackson.databind.JsonNode;

/** Answers from what never changes; asked on a worker thread. */
@FunctionalInterface
interface SlowEndpoint {
  JsonNode answer(Params params, long now);
}
