package io.tollgate.sandbox.internal.trading.rest;

import tools.jackson.databind.JsonNode;

/** Answers one kind of call, or refuses it. */
@FunctionalInterface
interface Endpoint {
  JsonNode answer(Call call);
}
