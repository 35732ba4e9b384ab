package io.tollgate.edge.portal;

import io.tollgate.identity.AllowedAddresses;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.web.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Reads the terms of a key that its own user sets. A field that is left out stays as it is; one
 * that is null goes back to what a new key has. Groups of provider accounts are not the user's to
 * choose.
 */
final class MyKeyBody {
  private static final String NAME = "1 to 64 characters";
  private static final int TEXTS_MAX = 200;

  private final JsonNode body;
  private final JsonFields fields;

  MyKeyBody(JsonNode body) {
    this.fields = JsonFields.of(body);
    this.body = body;
  }

  /** The terms of a new key. */
  KeyTerms terms() {
    return over(KeyTerms.named(fields.requireText("name", NAME)));
  }

  /** These terms with what the body says instead. */
  KeyTerms over(KeyTerms before) {
    return new KeyTerms(
        body.has("name") ? fields.requireText("name", NAME) : before.name(),
        given("expires_at", this::time, before::expiresAt),
        given("models", this::models, before::models),
        given("addresses", this::addresses, before::addresses),
        new KeyRates(
            given("requests_per_minute", this::requests, before.rates()::requestsPerMinute),
            given("tokens_per_minute", this::tokens, before.rates()::tokensPerMinute),
            given("concurrent_max", this::requests, before.rates()::concurrent)),
        before.groups());
  }

  private <T> T given(String name, Function<String, T> read, Supplier<T> before) {
    return body.has(name) ? read.apply(name) : before.get();
  }

  private Optional<Instant> time(String name) {
    return fields.time(name, "a time (RFC 3339)");
  }

  private OptionalInt requests(String name) {
    return fields.small(name, KeyRates.MAX_REQUESTS);
  }

  private OptionalLong tokens(String name) {
    return fields.large(name, KeyRates.MAX_TOKENS);
  }

  private AllowedModels models(String name) {
    return texts(name, "a list of models, or null for all")
        .map(AllowedModels::of)
        .orElse(AllowedModels.ALL);
  }

  private AllowedAddresses addresses(String name) {
    return texts(name, "a list of addresses and blocks of them, or null for all")
        .map(AllowedAddresses::of)
        .orElse(AllowedAddresses.ALL);
  }

  private Optional<List<String>> texts(String name, String expected) {
    return fields.texts(name, TEXTS_MAX, expected);
  }
}
