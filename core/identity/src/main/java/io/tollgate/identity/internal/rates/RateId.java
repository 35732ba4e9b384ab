package io.tollgate.identity.internal.rates;

import io.tollgate.ground.ApiKeyId;

/** One limit of one key. */
record RateId(ApiKeyId key, RateKind kind) {}
