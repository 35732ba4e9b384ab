package io.tollgate.relay.gateway.internal.loop.planted;

import io.tollgate.relay.gateway.internal.relay.AnswerRelay;

/** An arrow from a room up to one that stands on it. */
record LoopKnowsRelay(AnswerRelay relay) {}
