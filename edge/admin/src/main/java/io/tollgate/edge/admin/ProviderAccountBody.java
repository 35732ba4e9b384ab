package io.tollgate.edge.admin;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountSettingsBuilder;
import io.tollgate.relay.accounts.ExtraHeader;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.web.JsonFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an administrator says of an account. A field that is left out, or null, stays as it is; an
 * empty text, an empty list or 0 takes away what is there, where that may be missing.
 */
final class ProviderAccountBody {
  private static final String PROTOCOLS = "a list of openai, responses, anthropic, gemini";
  private static final String KEYS =
      "a list of API keys, each a text, or an object with the id of one that is to stay";
  private static final String HEADERS = "a list of objects with name, value and secret";
  private static final String NAMES = "a list of names";
  private static final String MAPPING = "an object of our names to the provider's";

  private final JsonFields body;

  private ProviderAccountBody(JsonFields body) {
    this.body = body;
  }

  /** A new account. */
  static AccountSettings create(JsonFields body) {
    AccountSettingsBuilder settings =
        AccountSettings.builder(
            body.requireText("provider", "name of a provider"),
            body.requireText("name", "1 to 128 characters"));
    if (body.find("keys").isEmpty()) {
      throw JsonFields.missing("keys", KEYS);
    }
    return new ProviderAccountBody(body)
        .apply(settings, List.of(), List.of(), ModelNames.ALL, AccountLimits.NONE);
  }

  /** An account as it is to be from now on. */
  static AccountSettings change(JsonFields body, AccountSettings before) {
    body.text("provider", "its name")
        .filter(provider -> !provider.equals(before.provider()))
        .ifPresent(
            provider -> {
              throw GivenText.refused("provider", provider, before.provider() + ", which stays");
            });
    AccountSettingsBuilder settings = before.toBuilder();
    body.text("name", "1 to 128 characters").ifPresent(settings::name);
    return new ProviderAccountBody(body)
        .apply(settings, before.keys(), before.headers(), before.models(), before.limits());
  }

  /** A list of protocols. */
  static Optional<List<Protocol>> protocols(JsonFields body) {
    return JsonLists.texts(body, "protocols", PROTOCOLS)
        .map(codes -> codes.stream().map(ProviderAccountBody::protocol).toList());
  }

  private AccountSettings apply(
      AccountSettingsBuilder settings,
      List<AccountKey> keys,
      List<ExtraHeader> headers,
      ModelNames models,
      AccountLimits limits) {
    protocols(body).ifPresent(settings::protocols);
    body.text("base_url", "a URL")
        .ifPresent(
            url -> {
              var _ = url.isBlank() ? settings.providersBaseUrl() : settings.baseUrl(url.strip());
            });
    JsonLists.elements(body, "keys", KEYS)
        .ifPresent(given -> settings.keys(given.stream().map(key -> key(key, keys)).toList()));
    JsonLists.elements(body, "headers", HEADERS)
        .ifPresent(
            given -> settings.headers(given.stream().map(one -> header(one, headers)).toList()));
    body.text("proxy_url", "a URL")
        .ifPresent(
            url -> {
              var _ =
                  url.isBlank()
                      ? settings.withoutProxy()
                      : settings.proxy(OutboundProxy.parse(url));
            });
    settings.models(models(models));
    JsonLists.texts(body, "groups", NAMES)
        .ifPresent(groups -> settings.groups(set("groups", groups)));
    body.wholeNumber("priority", -1_000_000, 1_000_000)
        .ifPresent(priority -> settings.priority(Math.toIntExact(priority)));
    body.wholeNumber("weight", 1, 1000)
        .ifPresent(weight -> settings.weight(Math.toIntExact(weight)));
    settings.limits(limits(limits));
    body.decimal("cost_factor", "a number from 0 to 10000").ifPresent(settings::costFactor);
    JsonLists.flag(body, "enabled").ifPresent(settings::enabled);
    return settings.build();
  }

  private ModelNames models(ModelNames before) {
    Optional<Set<String>> listed =
        JsonLists.texts(body, "models", NAMES)
            .map(
                names ->
                    names.isEmpty()
                        ? Optional.<Set<String>>empty()
                        : Optional.of(set("models", names)))
            .orElse(before.listed());
    return new ModelNames(
        listed, JsonLists.textMap(body, "model_mapping", MAPPING).orElse(before.mapping()));
  }

  private AccountLimits limits(AccountLimits before) {
    return new AccountLimits(
        body.wholeNumber("requests_per_minute", 0, AccountLimits.MAX_REQUESTS)
            .map(given -> given == 0 ? OptionalInt.empty() : OptionalInt.of(given.intValue()))
            .orElse(before.requestsPerMinute()),
        body.wholeNumber("tokens_per_minute", 0, AccountLimits.MAX_TOKENS)
            .map(given -> given == 0 ? OptionalLong.empty() : OptionalLong.of(given))
            .orElse(before.tokensPerMinute()),
        body.wholeNumber("max_concurrency", 0, AccountLimits.MAX_CONCURRENCY)
            .map(given -> given == 0 ? OptionalInt.empty() : OptionalInt.of(given.intValue()))
            .orElse(before.concurrency()));
  }

  /** A secret is never repeated in a refusal. */
  private static AccountKey key(JsonNode given, List<AccountKey> before) {
    if (given.isString()) {
      return AccountKey.fresh(given.stringValue());
    }
    if (given.isObject() && given.path("id").isIntegralNumber()) {
      long id = given.path("id").longValue();
      return before.stream()
          .filter(key -> key.id() == id)
          .findFirst()
          .orElseThrow(
              () -> GivenText.refused("keys", "id " + id, "the id of a key that the account has"));
    }
    if (given.isObject() && given.path("key").isString()) {
      return AccountKey.fresh(given.path("key").stringValue());
    }
    throw new Refusal(
        ErrorCode.INVALID_REQUEST, "keys: something else in it (expected: " + KEYS + ")");
  }

  /** One that is secret may be left without its value: then the value stays. */
  private static ExtraHeader header(JsonNode given, List<ExtraHeader> before) {
    if (!given.isObject() || !given.path("name").isString()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "headers: something else in it (expected: " + HEADERS + ")");
    }
    String name = given.path("name").stringValue();
    boolean secret = given.path("secret").asBoolean(false);
    if (given.path("value").isString()) {
      return new ExtraHeader(name, given.path("value").stringValue(), secret);
    }
    return before.stream()
        .filter(each -> each.name().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(each -> new ExtraHeader(each.name(), each.value(), each.secret() || secret))
        .orElseThrow(
            () -> JsonFields.missing("headers: value of " + GivenText.shown(name), "a text"));
  }

  private static Set<String> set(String field, List<String> names) {
    List<String> stripped = new ArrayList<>();
    names.forEach(name -> stripped.add(name.strip()));
    Set<String> set = new HashSet<>(stripped);
    if (set.size() < stripped.size()) {
      throw GivenText.refused(field, "one of them twice", "each once");
    }
    return set;
  }

  private static Protocol protocol(String code) {
    try {
      return Protocol.ofCode(code);
    } catch (IllegalArgumentException _) {
      throw GivenText.refused("protocols", code, PROTOCOLS);
    }
  }
}
