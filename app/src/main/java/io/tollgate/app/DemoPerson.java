package io.tollgate.app;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.identity.User;

/** A user of the demo tenant who lives in it. */
record DemoPerson(User user, ApiKeyId key, String secret) {}
