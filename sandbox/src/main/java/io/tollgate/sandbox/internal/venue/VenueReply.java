package io.tollgate.sandbox.internal.venue;

import tools.jackson.databind.JsonNode;

/** What a call is answered with. */
public record VenueReply(int status, JsonNode body) {}
